import type { RowColumn } from '../stream/column.ts';
import type { Value } from '../stream/value.ts';
import type { Kernel } from './arithmetic-kernels.ts';
import { castValue } from './cast-value.ts';
import { asked, askedRow, constantColumn, eitherNull, nullsAmong, outputFor, readValue } from './column-kernels.ts';
import type { Compiled } from './compiled.ts';
import { perEntry } from './entry-results-kernels.ts';
import type { Space } from './space.ts';
import { RowFailure, type Scalar } from './functions/definition.ts';
import type { ExprType } from './expr-type.ts';

export interface Lifted {
  readonly scalar: Scalar;
  /** The same for one number that is not NULL, where the function is of the kind. */
  readonly numeric?: ((value: number) => number) | undefined;
  readonly args: readonly Compiled[];
  readonly type: ExprType;
  /** NULL in any argument gives NULL without a call. */
  readonly strict: boolean;
}

/** A function of values, over columns: once a row, or once a dictionary entry where only one text column varies. */
export function lift(call: Lifted, space: Space): Kernel {
  const varying = call.args.flatMap((arg, i) => (arg.constant === undefined ? [i] : []));
  if (call.strict && call.args.some((arg) => arg.constant === null)) return alwaysNull(call);
  const [only] = varying;
  const rowwise = liftRows(call);
  if (only === undefined || varying.length > 1 || !call.strict) return rowwise;
  const operand = call.args[only]!;
  if (call.numeric !== undefined) return liftNumber(call.numeric, operand, { call, space });
  if (operand.type.kind !== 'STRING') return rowwise;
  const args: Value[] = call.args.map((arg) => arg.constant ?? null);
  const byEntry = perEntry(
    (text) => {
      args[only] = text;
      return call.scalar(args);
    },
    call.type,
    space,
  );
  return (frame) => {
    const column = operand.run(frame);
    return column.kind === 'text' ? byEntry(column, frame) : rowwise(frame);
  };
}

interface NumericCall {
  readonly call: Lifted;
  readonly space: Space;
}

/** A function of one number: no value is put into an object of its own. */
function liftNumber(f: (value: number) => number, operand: Compiled, { call, space }: NumericCall): Kernel {
  const rowwise = liftRows(call);
  const { kind } = call.type;
  const isInt = kind === 'INT' || kind === 'DATE' || kind === 'TIME';
  return (frame) => {
    const a = operand.run(frame);
    if (a.kind !== 'float' && a.kind !== 'int') return rowwise(frame);
    const count = asked(frame);
    if (isInt) {
      const out = space.ints(frame);
      for (let i = 0; i < count; i++) out[askedRow(frame, i)] = f(a.values[askedRow(frame, i)]!);
      return { kind: 'int', values: out, nulls: a.nulls };
    }
    const out = space.floats(frame);
    for (let i = 0; i < count; i++) out[askedRow(frame, i)] = f(a.values[askedRow(frame, i)]!);
    return { kind: 'float', values: out, nulls: a.nulls };
  };
}

/** The other arguments are still run, because they may fail. */
function alwaysNull({ args, type }: Lifted): Kernel {
  return (frame) => {
    for (const arg of args) if (arg.canFail) arg.run(frame);
    return constantColumn(type, null, frame);
  };
}

function liftRows({ scalar, args, type, strict }: Lifted): Kernel {
  const values: Value[] = args.map((arg) => arg.constant ?? null);
  const varying = args.flatMap((arg, i) => (arg.constant === undefined ? [{ arg, i }] : []));
  return (frame) => {
    const columns = varying.map(({ arg, i }) => ({ column: arg.run(frame), type: arg.type, i }));
    const output = outputFor(type, frame);
    for (let k = 0, count = asked(frame); k < count; k++) {
      const row = askedRow(frame, k);
      let anyNull = false;
      for (const { column, type: argType, i } of columns) {
        const value = readValue(column, argType, row);
        values[i] = value;
        anyNull ||= value === null;
      }
      // A row that failed in an argument is NULL there, but must not reach a function that takes NULLs.
      if ((strict && anyNull) || (anyNull && frame.errors.has(row))) output.set(row, null);
      else output.set(row, scalar(values));
    }
    return output.finish();
  };
}

/** CAST and TRY_CAST. Numbers that only widen are copied, the rest goes value by value. */
export function castKernel(operand: Compiled, type: ExprType, safe: boolean, space: Space): Kernel {
  const from = operand.type;
  if (from.kind === 'INT' && (type.kind === 'BIGINT' || type.kind === 'DOUBLE')) return widen(operand, 1, space);
  if (from.kind === 'DATE' && type.kind === 'TIMESTAMP') return widen(operand, 86_400_000, space);
  const scalar: Scalar = ([value]) => {
    if (value === null || value === undefined) return null;
    const result = castValue(value, from, type);
    return safe && result instanceof RowFailure ? null : result;
  };
  const slow = lift({ scalar, args: [operand], type, strict: true }, space);
  if (from.kind !== 'BIGINT' || type.kind !== 'DOUBLE') return slow;
  return (frame) => {
    const column = operand.run(frame);
    if (column.kind !== 'long') return column;
    return { kind: 'float', values: Float64Array.from(column.values, Number), nulls: column.nulls };
  };
}

function widen(operand: Compiled, factor: number, space: Space): Kernel {
  return (frame) => {
    const column = operand.run(frame);
    if (column.kind !== 'int') return column;
    const n = frame.length;
    const [x, values] = [column.values, space.floats(frame)];
    for (let i = 0; i < n; i++) values[i] = x[i]! * factor;
    return { kind: 'float', values, nulls: column.nulls };
  };
}

/** A field of a ROW: the child column itself, with the rows in which the whole ROW is NULL. */
export function fieldKernel(base: Compiled, index: number): Kernel {
  return (frame) => {
    const row = base.run(frame) as RowColumn;
    const child = row.children[index]!;
    const nulls = nullsAmong(eitherNull(row.nulls, child.nulls, frame.length), frame);
    return nulls === child.nulls ? child : { ...child, nulls };
  };
}
