import type { Column, FloatColumn } from '../stream/column.ts';
import { EXACT_LIMIT, isNull } from '../stream/column.ts';
import type { Kernel } from './arithmetic-kernels.ts';
import { ZeroDivisors, allExact, floats, floatsByConstant } from './arithmetic-kernels.ts';
import { asked, askedRow, eitherNull, outputFor } from './column-kernels.ts';
import type { Compiled } from './compiled.ts';
import type { Frame } from './frame.ts';
import type { Space } from './space.ts';
import type { ArithmeticOperator } from './syntax.ts';

/**
 * BIGINT: in doubles as long as all operands and results are within ±2^53, then in 64 bits, where it wraps as in Java.
 * A sum or product that rounds to less than 2^53 is below it, so checking the rounded result is enough.
 */
export function bigintArithmetic(operator: ArithmeticOperator, left: Compiled, right: Compiled, space: Space): Kernel {
  if (operator === '/' || operator === '%') return bigintDivision(operator, left, right, space);
  const k = right.constant;
  return (frame) => {
    const a = left.run(frame);
    if (a.kind === 'float' && typeof k === 'number') {
      const out = floatsByConstant(operator, a.values, k, space.floats(frame));
      // Only a factor that is not positive can make -0 of whole numbers.
      const values = k > 0 ? out : positiveZero(operator, out);
      if (allExact(values, a.nulls, frame)) return { kind: 'float', values, nulls: a.nulls };
    }
    const b = right.run(frame);
    if (a.kind === 'float' && b.kind === 'float' && typeof k !== 'number') {
      const out = floats(operator, a.values, b.values, space.floats(frame));
      const nulls = eitherNull(a.nulls, b.nulls, frame.length);
      if (allExact(out, nulls, frame)) return { kind: 'float', values: positiveZero(operator, out), nulls };
    }
    return exactBigint(operator, a, b, frame);
  };
}

/** -0 would be told apart from 0 by its bytes; whole numbers have only one zero. */
function positiveZero(operator: ArithmeticOperator, values: Float64Array): Float64Array {
  if (operator === '*') for (let i = 0; i < values.length; i++) values[i]! += 0;
  return values;
}

/**
 * In doubles it is exact: with |x| and |y| up to 2^53 the quotient is never so close below a whole number that it rounds up
 * to it. Adding 0 makes 0 of -0.
 */
function bigintDivision(operator: '/' | '%', left: Compiled, right: Compiled, space: Space): Kernel {
  const k = right.constant;
  const byConstant = typeof k === 'number' && k !== 0;
  return (frame) => {
    const a = left.run(frame);
    if (a.kind === 'float' && byConstant) {
      const out = space.floats(frame);
      if (operator === '/') for (let i = 0; i < out.length; i++) out[i] = Math.trunc(a.values[i]! / k) + 0;
      else remainders(a.values, k, out);
      return { kind: 'float', values: out, nulls: a.nulls };
    }
    const b = right.run(frame);
    if (a.kind === 'float' && b.kind === 'float') return divideFloats(operator, a, b, { frame, space });
    return exactBigint(operator, a, b, frame);
  };
}

/** The remainder of doubles takes several times as long as that of 32-bit numbers, which most are. */
function remainders(x: Float64Array, k: number, out: Float64Array): void {
  const divisor = k | 0;
  const isSmall = divisor === k;
  for (let i = 0; i < out.length; i++) {
    const value = x[i]!;
    const small = value | 0;
    out[i] = isSmall && small === value ? (small % divisor) + 0 : (value % k) + 0;
  }
}

interface Target {
  readonly frame: Frame;
  readonly space: Space;
}

function divideFloats(operator: '/' | '%', a: FloatColumn, b: FloatColumn, { frame, space }: Target): Column {
  const [x, y, out] = [a.values, b.values, space.floats(frame)];
  const zero = new ZeroDivisors(frame, eitherNull(a.nulls, b.nulls, frame.length));
  for (let i = 0, count = asked(frame); i < count; i++) {
    const row = askedRow(frame, i);
    const divisor = y[row]!;
    if (divisor === 0) zero.found(row);
    else out[row] = (operator === '/' ? Math.trunc(x[row]! / divisor) : x[row]! % divisor) + 0;
  }
  return { kind: 'float', values: out, nulls: zero.nulls };
}

/** Value by value, in 64 bits where a double does not hold it. */
function exactBigint(operator: ArithmeticOperator, a: Column, b: Column, frame: Frame): Column {
  const output = outputFor({ kind: 'BIGINT' }, frame);
  if ((a.kind !== 'float' && a.kind !== 'long') || (b.kind !== 'float' && b.kind !== 'long')) return output.finish();
  const zero = new ZeroDivisors(frame, eitherNull(a.nulls, b.nulls, frame.length));
  for (let i = 0, count = asked(frame); i < count; i++) {
    const row = askedRow(frame, i);
    if (isNull(zero.nulls, row)) {
      output.set(row, null);
      continue;
    }
    const [x, y] = [a.values[row]!, b.values[row]!];
    if ((operator === '/' || operator === '%') && Number(y) === 0) {
      zero.found(row);
      output.set(row, null);
    } else output.set(row, narrow(wide(operator, BigInt(x), BigInt(y))));
  }
  return output.finish();
}

function wide(operator: ArithmeticOperator, x: bigint, y: bigint): bigint {
  switch (operator) {
    case '+':
      return x + y;
    case '-':
      return x - y;
    case '*':
      return x * y;
    case '/':
      return x / y;
    case '%':
      return x % y;
  }
}

function narrow(value: bigint): number | bigint {
  const wrapped = BigInt.asIntN(64, value);
  const near = Number(wrapped);
  return Math.abs(near) < EXACT_LIMIT ? near : wrapped;
}
