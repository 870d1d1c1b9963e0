import type { Column, FloatColumn, IntColumn, Nulls } from '../stream/column.ts';
import { EXACT_LIMIT, isNull, nullBitmap, setNull } from '../stream/column.ts';
import { asked, askedRow, eitherNull, outputFor } from './column-kernels.ts';
import type { Compiled } from './compiled.ts';
import type { Frame } from './frame.ts';
import type { ArithmeticOperator } from './syntax.ts';

export const DIVISION_BY_ZERO = 'division by zero';

export type Kernel = (frame: Frame) => Column;

/** INT: wraps at 32 bits, `/` truncates, as in Java. */
export function intArithmetic(operator: ArithmeticOperator, left: Compiled, right: Compiled): Kernel {
  const k = right.constant;
  if (operator === '/' || operator === '%') return intDivision(operator, left, right);
  if (typeof k === 'number') return (frame) => intByConstant(operator, left.run(frame) as IntColumn, k, frame.length);
  return (frame) => {
    const a = left.run(frame) as IntColumn;
    const b = right.run(frame) as IntColumn;
    const n = frame.length;
    const [x, y, out] = [a.values, b.values, new Int32Array(n)];
    if (operator === '+') for (let i = 0; i < n; i++) out[i] = x[i]! + y[i]!;
    else if (operator === '-') for (let i = 0; i < n; i++) out[i] = x[i]! - y[i]!;
    else for (let i = 0; i < n; i++) out[i] = Math.imul(x[i]!, y[i]!);
    return { kind: 'int', values: out, nulls: eitherNull(a.nulls, b.nulls, n) };
  };
}

function intByConstant(operator: '+' | '-' | '*', a: IntColumn, k: number, n: number): Column {
  const [x, out] = [a.values, new Int32Array(n)];
  if (operator === '*') for (let i = 0; i < n; i++) out[i] = Math.imul(x[i]!, k);
  else {
    const added = operator === '+' ? k : -k;
    for (let i = 0; i < n; i++) out[i] = x[i]! + added;
  }
  return { kind: 'int', values: out, nulls: a.nulls };
}

function intDivision(operator: '/' | '%', left: Compiled, right: Compiled): Kernel {
  return (frame) => {
    const a = left.run(frame) as IntColumn;
    const b = right.run(frame) as IntColumn;
    const n = frame.length;
    const out = new Int32Array(n);
    const zero = new ZeroDivisors(frame, eitherNull(a.nulls, b.nulls, n));
    for (let i = 0, count = asked(frame); i < count; i++) {
      const row = askedRow(frame, i);
      const divisor = b.values[row]!;
      if (divisor === 0) zero.found(row);
      else out[row] = operator === '/' ? a.values[row]! / divisor : a.values[row]! % divisor;
    }
    return { kind: 'int', values: out, nulls: zero.nulls };
  };
}

/** Rows whose divisor is 0: they fail and become NULL, unless they are NULL anyway. */
class ZeroDivisors {
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
export function floatArithmetic(operator: ArithmeticOperator, left: Compiled, right: Compiled): Kernel {
  const k = right.constant;
  if (typeof k === 'number') {
    return (frame) => {
      const a = left.run(frame) as FloatColumn;
      return { kind: 'float', values: floatByConstant(operator, a.values, k, frame.length), nulls: a.nulls };
    };
  }
  return (frame) => {
    const a = left.run(frame) as FloatColumn;
    const b = right.run(frame) as FloatColumn;
    return {
      kind: 'float',
      values: floats(operator, a.values, b.values, frame.length),
      nulls: eitherNull(a.nulls, b.nulls, frame.length),
    };
  };
}

function floatByConstant(operator: ArithmeticOperator, x: Float64Array, k: number, n: number): Float64Array {
  const out = new Float64Array(n);
  if (operator === '+') for (let i = 0; i < n; i++) out[i] = x[i]! + k;
  else if (operator === '-') for (let i = 0; i < n; i++) out[i] = x[i]! - k;
  else if (operator === '*') for (let i = 0; i < n; i++) out[i] = x[i]! * k;
  else for (let i = 0; i < n; i++) out[i] = x[i]! / k;
  return out;
}

function floats(operator: ArithmeticOperator, x: Float64Array, y: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n);
  if (operator === '+') for (let i = 0; i < n; i++) out[i] = x[i]! + y[i]!;
  else if (operator === '-') for (let i = 0; i < n; i++) out[i] = x[i]! - y[i]!;
  else if (operator === '*') for (let i = 0; i < n; i++) out[i] = x[i]! * y[i]!;
  else for (let i = 0; i < n; i++) out[i] = x[i]! / y[i]!;
  return out;
}

/** Whether every value is within the range in which doubles are exact whole numbers. NaN is not. */
function allExact(values: Float64Array, n: number): boolean {
  let beyond = 0;
  for (let i = 0; i < n; i++) beyond |= Math.abs(values[i]!) < EXACT_LIMIT ? 0 : 1;
  return beyond === 0;
}

/**
 * BIGINT: in doubles as long as all operands and results are within ±2^53, then in 64 bits, where it wraps as in Java.
 * A sum or product that rounds to less than 2^53 is below it, so checking the rounded result is enough.
 */
export function bigintArithmetic(operator: ArithmeticOperator, left: Compiled, right: Compiled): Kernel {
  if (operator === '/' || operator === '%')
    return (frame) => exactBigint(operator, left.run(frame), right.run(frame), frame);
  const k = right.constant;
  return (frame) => {
    const a = left.run(frame);
    const n = frame.length;
    if (a.kind === 'float' && typeof k === 'number') {
      const out = floatByConstant(operator, a.values, k, n);
      // Only a factor that is not positive can make -0 of whole numbers.
      const values = k > 0 ? out : positiveZero(operator, out);
      if (allExact(values, n)) return { kind: 'float', values, nulls: a.nulls };
    }
    const b = right.run(frame);
    if (a.kind === 'float' && b.kind === 'float' && typeof k !== 'number') {
      const out = floats(operator, a.values, b.values, n);
      if (allExact(out, n))
        return { kind: 'float', values: positiveZero(operator, out), nulls: eitherNull(a.nulls, b.nulls, n) };
    }
    return exactBigint(operator, a, b, frame);
  };
}

/** -0 would be told apart from 0 by its bytes; whole numbers have only one zero. */
function positiveZero(operator: ArithmeticOperator, values: Float64Array): Float64Array {
  if (operator === '*') for (let i = 0; i < values.length; i++) values[i]! += 0;
  return values;
}

function exactBigint(operator: ArithmeticOperator, a: Column, b: Column, frame: Frame): Column {
  const output = outputFor({ kind: 'BIGINT' }, frame);
  if ((a.kind !== 'float' && a.kind !== 'long') || (b.kind !== 'float' && b.kind !== 'long')) return output.finish();
  const doubles = a.kind === 'float' && b.kind === 'float';
  const zero = new ZeroDivisors(frame, eitherNull(a.nulls, b.nulls, frame.length));
  for (let i = 0, count = asked(frame); i < count; i++) {
    const row = askedRow(frame, i);
    if (isNull(zero.nulls, row)) {
      output.set(row, null);
      continue;
    }
    const [x, y] = [a.values[row]!, b.values[row]!];
    const division = operator === '/' || operator === '%';
    if (division && Number(y) === 0) {
      zero.found(row);
      output.set(row, null);
    } else if (division && doubles) {
      // Exact: with |x| and |y| up to 2^53 the quotient is never so close below a whole number that it rounds up to it.
      output.set(row, (operator === '/' ? Math.trunc(Number(x) / Number(y)) : Number(x) % Number(y)) + 0);
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

/** TIMESTAMP plus or minus milliseconds; a time of 2^53 ms or more fails its row. */
export function timestampArithmetic(operator: '+' | '-', left: Compiled, right: Compiled): Kernel {
  const k = right.constant;
  return (frame) => {
    const a = left.run(frame) as FloatColumn;
    const n = frame.length;
    const b = typeof k === 'number' ? null : right.run(frame);
    const shift =
      b === null ? null : b.kind === 'long' ? Float64Array.from(b.values, Number) : (b as FloatColumn).values;
    const out =
      shift === null ? floatByConstant(operator, a.values, Number(k), n) : floats(operator, a.values, shift, n);
    const nulls = eitherNull(a.nulls, b === null ? null : b.nulls, n);
    if (allExact(out, n)) return { kind: 'float', values: out, nulls };
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
