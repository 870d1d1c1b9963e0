import type { Column, DecimalColumn, FloatColumn } from '../stream/column.ts';
import { EXACT_LIMIT } from '../stream/column.ts';
import type { DataType } from '../stream/types.ts';
import type { Kernel } from './arithmetic-kernels.ts';
import { allWithin, floats, floatsByConstant } from './arithmetic-kernels.ts';
import { asked, askedRow, eitherNull } from './column-kernels.ts';
import type { Compiled, Scaled } from './compiled.ts';
import { floatsAgainst, floatsThat, twoFloats } from './comparison-loop-kernels.ts';
import type { Comparing } from './compare-kernels.ts';
import type { Frame } from './frame.ts';
import { trueRows, withoutNulls } from './selection-kernels.ts';
import type { Space } from './space.ts';
import { spaceFor } from './space.ts';
import type { ArithmeticOperator, ComparisonOperator } from './syntax.ts';

/**
 * DECIMALs in doubles that count units of 10^-scale, as long as every one of them is a whole number below 2^53: a sum or
 * product that rounds to less is exact. Where one is not, the values go through big integers, one by one.
 */

type Decimal = DataType & { kind: 'DECIMAL' };

/** Below this all doubles that occur are exact and have as many digits as the type may have. */
function limitOf({ precision }: Decimal): number {
  return Math.min(EXACT_LIMIT, 10 ** precision);
}

/** A whole number as DECIMAL. */
export function scaledFromWhole(operand: Compiled, type: Decimal): Scaled | undefined {
  if (operand.type.kind !== 'INT' && operand.type.kind !== 'BIGINT') return undefined;
  const [space, factor, limit] = [spaceFor(false), 10 ** type.scale, limitOf(type)];
  return (frame) => {
    const a = operand.run(frame);
    if (a.kind !== 'int' && a.kind !== 'float') return null;
    const out = space.floats(frame);
    if (a.kind === 'int') for (let i = 0; i < out.length; i++) out[i] = a.values[i]! * factor;
    else for (let i = 0; i < out.length; i++) out[i] = a.values[i]! * factor;
    return allWithin(limit, { values: out, nulls: a.nulls }, frame)
      ? { kind: 'float', values: out, nulls: a.nulls }
      : null;
  };
}

/** Sums, differences and products whose result has all their digits. */
export function scaledArithmetic(
  operator: ArithmeticOperator,
  type: Decimal,
  left: Compiled,
  right: Compiled,
): Scaled | undefined {
  const [s1, s2] = [scaleOf(left), scaleOf(right)];
  if (operator === '*')
    return s1 + s2 === type.scale ? combined(operator, type, scaledOf(left, 0), scaledOf(right, 0)) : undefined;
  if (operator !== '+' && operator !== '-') return undefined;
  if (Math.max(s1, s2) !== type.scale) return undefined;
  return combined(operator, type, scaledOf(left, type.scale - s1), scaledOf(right, type.scale - s2));
}

/** Doubles of an operand, or the one that all rows have. */
type Operand = { readonly of: Scaled; readonly constant: undefined } | { readonly constant: number };

/** An operand with so many digits more behind the point; null where it is not known in doubles. */
function scaledOf({ constant, scaled }: Compiled, shift: number): Operand | null {
  const factor = 10 ** shift;
  if (typeof constant === 'bigint') {
    const number = Number(constant) * factor;
    return Math.abs(number) < EXACT_LIMIT ? { constant: number } : null;
  }
  if (constant !== undefined || scaled === undefined) return null;
  if (shift === 0) return { of: scaled, constant: undefined };
  const space = spaceFor(false);
  const of: Scaled = (frame) => {
    const a = scaled(frame);
    if (a === null) return null;
    const values = floatsByConstant('*', a.values, factor, space.floats(frame));
    return allWithin(EXACT_LIMIT, { values, nulls: a.nulls }, frame) ? { ...a, values } : null;
  };
  return { of, constant: undefined };
}

function combined(
  operator: '+' | '-' | '*',
  type: Decimal,
  left: Operand | null,
  right: Operand | null,
): Scaled | undefined {
  if (left === null || right === null) return undefined;
  const [space, limit] = [spaceFor(false), limitOf(type)];
  const checked = (column: FloatColumn, frame: Frame): FloatColumn | null =>
    allWithin(limit, column, frame) ? column : null;
  if (left.constant !== undefined) {
    if (right.constant !== undefined) return undefined;
    // k - x is -x + k.
    const [sign, k] = [operator === '-' ? -1 : 1, left.constant];
    return (frame) => {
      const b = right.of(frame);
      if (b === null) return null;
      const [x, values] = [b.values, space.floats(frame)];
      if (operator === '*') floatsByConstant('*', x, k, values);
      else for (let i = 0; i < values.length; i++) values[i] = sign * x[i]! + k;
      return checked({ kind: 'float', values, nulls: b.nulls }, frame);
    };
  }
  return (frame) => {
    const a = left.of(frame);
    if (a === null) return null;
    if (right.constant !== undefined) {
      const values = floatsByConstant(operator, a.values, right.constant, space.floats(frame));
      return checked({ kind: 'float', values, nulls: a.nulls }, frame);
    }
    const b = right.of(frame);
    if (b === null) return null;
    const values = floats(operator, a.values, b.values, space.floats(frame));
    return checked({ kind: 'float', values, nulls: eitherNull(a.nulls, b.nulls, frame.length) }, frame);
  };
}

/** In doubles where that goes, else by `slow`. */
export function scaledFirst(scaled: Scaled | undefined, slow: Kernel): Kernel {
  if (scaled === undefined) return slow;
  return (frame) => {
    const column = scaled(frame);
    return column === null ? slow(frame) : decimalsOf(column, frame);
  };
}

function decimalsOf({ values, nulls }: FloatColumn, frame: Frame): DecimalColumn {
  const decimals = new Array<bigint>(frame.length).fill(0n);
  for (let i = 0, count = asked(frame); i < count; i++) {
    const row = askedRow(frame, i);
    const value = values[row]!;
    // What stands under a NULL may be no whole number.
    if (Number.isSafeInteger(value)) decimals[row] = BigInt(value);
  }
  return { kind: 'decimal', values: decimals, nulls };
}

/** A comparison of two DECIMALs in doubles where that goes, else by `slow`. */
export function scaledComparison(
  operator: ComparisonOperator,
  [left, right]: readonly [Compiled, Compiled],
  slow: Comparing,
  space: Space,
): Comparing {
  const scale = Math.max(scaleOf(left), scaleOf(right));
  const [a, b] = [scaledOf(left, scale - scaleOf(left)), scaledOf(right, scale - scaleOf(right))];
  if (a === null || b === null || a.constant !== undefined) return slow;
  const flags = (x: FloatColumn, frame: Frame): Column | null => {
    if (b.constant !== undefined) {
      return {
        kind: 'bool',
        values: floatsAgainst(operator, x.values, b.constant, space.bytes(frame)),
        nulls: x.nulls,
      };
    }
    const y = b.of(frame);
    if (y === null) return null;
    const values = twoFloats(operator, x.values, y.values, space.bytes(frame));
    return { kind: 'bool', values, nulls: eitherNull(x.nulls, y.nulls, frame.length) };
  };
  const run = (frame: Frame): Column => {
    const x = a.of(frame);
    return (x === null ? null : flags(x, frame)) ?? slow.run(frame);
  };
  const select = (frame: Frame, into: Int32Array): number => {
    const { constant: k } = b;
    const x = frame.rows === null && k !== undefined ? a.of(frame) : null;
    if (x !== null && k !== undefined)
      return withoutNulls(x.nulls, into, floatsThat(operator, x.values, k, { count: frame.length, into }));
    const column = run(frame);
    return column.kind === 'bool' ? trueRows(column, frame, into) : 0;
  };
  return { run, select };
}

function scaleOf({ type }: Compiled): number {
  return type.kind === 'DECIMAL' ? type.scale : 0;
}
