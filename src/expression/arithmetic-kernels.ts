import type { Column, FloatColumn, IntColumn, Nulls } from '../stream/column.ts';
import { EXACT_LIMIT, isNull, nullBitmap, setNull } from '../stream/column.ts';
import { asked, askedRow, eitherNull, outputFor } from './column-kernels.ts';
import type { Compiled } from './compiled.ts';
import type { Frame } from './frame.ts';
import type { Space } from './space.ts';
import type { ArithmeticOperator } from './syntax.ts';

export const DIVISION_BY_ZERO = 'division by zero';

export type Kernel = (frame: Frame) => Column;

/** INT: wraps at 32 bits, `/` truncates, as in Java. */
export function intArithmetic(operator: ArithmeticOperator, left: Compiled, right: Compiled, space: Space): Kernel {
  const k = right.constant;
  if (typeof k === 'number' && !(k === 0 && isDivision(operator))) {
    return (frame) => {
      const { values, nulls } = left.run(frame) as IntColumn;
      return { kind: 'int', values: intsByConstant(operator, values, k, space.ints(frame)), nulls };
    };
  }
  if (isDivision(operator)) return intDivision(operator, left, right, space);
  return (frame) => {
    const a = left.run(frame) as IntColumn;
    const b = right.run(frame) as IntColumn;
    const n = frame.length;
    const [x, y, out] = [a.values, b.values, space.ints(frame)];
    if (operator === '+') for (let i = 0; i < n; i++) out[i] = x[i]! + y[i]!;
    else if (operator === '-') for (let i = 0; i < n; i++) out[i] = x[i]! - y[i]!;
    else for (let i = 0; i < n; i++) out[i] = Math.imul(x[i]!, y[i]!);
    return { kind: 'int', values: out, nulls: eitherNull(a.nulls, b.nulls, n) };
  };
}

function isDivision(operator: ArithmeticOperator): operator is '/' | '%' {
  return operator === '/' || operator === '%';
}

/** `k` is not 0 where it divides. */
function intsByConstant(operator: ArithmeticOperator, x: Int32Array, k: number, out: Int32Array): Int32Array {
  const n = out.length;
  if (operator === '+') for (let i = 0; i < n; i++) out[i] = x[i]! + k;
  else if (operator === '-') for (let i = 0; i < n; i++) out[i] = x[i]! - k;
  else if (operator === '*') for (let i = 0; i < n; i++) out[i] = Math.imul(x[i]!, k);
  else if (operator === '/') for (let i = 0; i < n; i++) out[i] = x[i]! / k;
  else for (let i = 0; i < n; i++) out[i] = x[i]! % k;
  return out;
}

function intDivision(operator: '/' | '%', left: Compiled, right: Compiled, space: Space): Kernel {
  return (frame) => {
    const a = left.run(frame) as IntColumn;
    const b = right.run(frame) as IntColumn;
    const [x, y, out] = [a.values, b.values, space.ints(frame)];
    const zero = new ZeroDivisors(frame, eitherNull(a.nulls, b.nulls, frame.length));
    for (let i = 0, count = asked(frame); i < count; i++) {
      const row = askedRow(frame, i);
      const divisor = y[row]!;
      if (divisor === 0) zero.found(row);
      else out[row] = operator === '/' ? x[row]! / divisor : x[row]! % divisor;
    }
    return { kind: 'int', values: out, nulls: zero.nulls };
  };
}

/** Rows whose divisor is 0: they fail and become NULL, unless they are NULL anyway. */
export class ZeroDivisors {
  nulls: Nulls;
  private readonly frame: Frame;
  private owned = false;
  constructor(frame: Frame, nulls: Nulls) {
    this.frame = frame;
    this.nulls = nulls;
  }
  found(row: number): void {
    if (isNull(this.nulls, row)) return;
    this.frame.errors.fail(row, DIVISION_BY_ZERO);
    if (!this.owned || this.nulls === null)
      this.nulls = this.nulls === null ? nullBitmap(this.frame.length) : this.nulls.slice();
    this.owned = true;
    setNull(this.nulls, row);
  }
}

/** DOUBLE and intervals: IEEE 754; dividing by 0 gives an infinity or NaN. */
export function floatArithmetic(operator: ArithmeticOperator, left: Compiled, right: Compiled, space: Space): Kernel {
  const k = right.constant;
  // The order of the operands of a sum or product does not matter, -0 and NaN included.
  if (typeof left.constant === 'number' && k === undefined && (operator === '+' || operator === '*'))
    return floatArithmetic(operator, right, left, space);
  if (typeof k === 'number') {
    if (left.product !== undefined && (operator === '+' || operator === '-'))
      return scaledAndShifted(left.product, operator === '+' ? k : -k, space);
    return (frame) => {
      const { values, nulls } = left.run(frame) as FloatColumn;
      return { kind: 'float', values: floatsByConstant(operator, values, k, space.floats(frame)), nulls };
    };
  }
  return (frame) => {
    const a = left.run(frame) as FloatColumn;
    const b = right.run(frame) as FloatColumn;
    return {
      kind: 'float',
      values: floats(operator, a.values, b.values, space.floats(frame)),
      nulls: eitherNull(a.nulls, b.nulls, frame.length),
    };
  };
}

/** What is multiplied by which number, where `operator` makes a DOUBLE a product of the kind. */
export function productOf(operator: ArithmeticOperator, left: Compiled, right: Compiled): Compiled['product'] {
  if (operator !== '*') return undefined;
  if (typeof right.constant === 'number') return { of: left, factor: right.constant };
  return typeof left.constant === 'number' ? { of: right, factor: left.constant } : undefined;
}

/** x * factor + shift in one pass: two roundings, as if done one after the other. */
function scaledAndShifted({ of, factor }: NonNullable<Compiled['product']>, shift: number, space: Space): Kernel {
  return (frame) => {
    const { values: x, nulls } = of.run(frame) as FloatColumn;
    const out = space.floats(frame);
    for (let i = 0; i < out.length; i++) out[i] = x[i]! * factor + shift;
    return { kind: 'float', values: out, nulls };
  };
}

export function floatsByConstant(
  operator: ArithmeticOperator,
  x: Float64Array,
  k: number,
  out: Float64Array,
): Float64Array {
  const n = out.length;
  if (operator === '+') for (let i = 0; i < n; i++) out[i] = x[i]! + k;
  else if (operator === '-') for (let i = 0; i < n; i++) out[i] = x[i]! - k;
  else if (operator === '*') for (let i = 0; i < n; i++) out[i] = x[i]! * k;
  else for (let i = 0; i < n; i++) out[i] = x[i]! / k;
  return out;
}

export function floats(
  operator: ArithmeticOperator,
  x: Float64Array,
  y: Float64Array,
  out: Float64Array,
): Float64Array {
  const n = out.length;
  if (operator === '+') for (let i = 0; i < n; i++) out[i] = x[i]! + y[i]!;
  else if (operator === '-') for (let i = 0; i < n; i++) out[i] = x[i]! - y[i]!;
  else if (operator === '*') for (let i = 0; i < n; i++) out[i] = x[i]! * y[i]!;
  else for (let i = 0; i < n; i++) out[i] = x[i]! / y[i]!;
  return out;
}

/** Whether every row that counts is within the range in which doubles are exact whole numbers. NaN is not. */
export function allExact(values: Float64Array, nulls: Nulls, frame: Frame): boolean {
  return allWithin(EXACT_LIMIT, { values, nulls }, frame);
}

/** Whether the size of every row that counts is below the limit. NaN is not. */
export function allWithin(
  limit: number,
  { values, nulls }: Pick<FloatColumn, 'values' | 'nulls'>,
  frame: Frame,
): boolean {
  let beyond = 0;
  for (let i = 0; i < frame.length; i++) beyond |= +!(Math.abs(values[i]!) < limit);
  if (beyond === 0) return true;
  // Rows that nobody asked for, and those under a NULL, may hold anything.
  if (frame.rows === null && nulls === null) return false;
  for (let i = 0, count = asked(frame); i < count; i++) {
    const row = askedRow(frame, i);
    if (!(Math.abs(values[row]!) < limit) && !isNull(nulls, row)) return false;
  }
  return true;
}

/** TIMESTAMP plus or minus milliseconds; a time of 2^53 ms or more fails its row. */
export function timestampArithmetic(operator: '+' | '-', left: Compiled, right: Compiled, space: Space): Kernel {
  const k = right.constant;
  return (frame) => {
    const a = left.run(frame) as FloatColumn;
    const b = typeof k === 'number' ? null : right.run(frame);
    const shift =
      b === null ? null : b.kind === 'long' ? Float64Array.from(b.values, Number) : (b as FloatColumn).values;
    const out =
      shift === null
        ? floatsByConstant(operator, a.values, Number(k), space.floats(frame))
        : floats(operator, a.values, shift, space.floats(frame));
    const nulls = eitherNull(a.nulls, b === null ? null : b.nulls, frame.length);
    if (allExact(out, nulls, frame)) return { kind: 'float', values: out, nulls };
    const output = outputFor({ kind: 'TIMESTAMP' }, frame);
    for (let i = 0, count = asked(frame); i < count; i++) {
      const row = askedRow(frame, i);
      const time = out[row]!;
      const usable = isNull(nulls, row) || Math.abs(time) < EXACT_LIMIT;
      if (!usable) frame.errors.fail(row, TIME_TOO_LARGE);
      output.set(row, usable && !isNull(nulls, row) ? time : null);
    }
    return output.finish();
  };
}

export const TIME_TOO_LARGE = 'the time is beyond ±2^53 ms';
