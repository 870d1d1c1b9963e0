import type { ColumnBuilder } from '../../../stream/column-builder.ts';
import type { StateReader, StateWriter } from '../../../stream/state-codec.ts';
import type { Value } from '../../../stream/value.ts';
import type { Accumulator, AggregateInput, RowRange } from './accumulator.ts';
import { mergeCells, readCells, resetCells, writeCells } from './many-cells.ts';
import type { SumOfRows } from './sum-of-rows.ts';
import type { DecimalSum, FloatSum, WholeSum } from './sum.ts';

/** AVG by way of a sum, divided once when it is asked for. */
abstract class Quotient<Sum extends FloatSum | SumOfRows | WholeSum | DecimalSum> implements Accumulator {
  protected readonly sum: Sum;
  private readonly empty: Value;

  /** `empty` is the average over no value. */
  constructor(sum: Sum, empty: Value) {
    this.sum = sum;
    this.empty = empty;
  }

  get bytesPerCell(): number {
    return this.sum.bytesPerCell;
  }

  get textBytes(): number {
    return 0;
  }

  grow(capacity: number): void {
    this.sum.grow(capacity);
  }

  reset(cell: number): void {
    this.sum.reset(cell);
  }

  add(cells: Int32Array, rows: Int32Array, range: RowRange, input: AggregateInput): void {
    this.sum.add(cells, rows, range, input);
  }

  retract(cell: number, row: number, input: AggregateInput): void {
    this.sum.retract(cell, row, input);
  }

  merge(into: number, from: number): void {
    this.sum.merge(into, from);
  }

  appendTo(builder: ColumnBuilder, cell: number): void {
    builder.append(this.sum.count(cell) === 0 ? this.empty : this.quotient(cell));
  }

  resetCells(cells: Int32Array, count: number): void {
    resetCells(this.sum, cells, count);
  }

  mergeCells(into: Int32Array, from: Int32Array, count: number): void {
    mergeCells(this.sum, into, from, count);
  }

  writeCells(writer: StateWriter, cells: Int32Array, count: number): void {
    writeCells(this.sum, writer, cells, count);
  }

  readCells(reader: StateReader, cells: Int32Array, count: number): void {
    readCells(this.sum, reader, cells, count);
  }

  /** Sum over count, which is not 0. */
  protected abstract quotient(cell: number): Value;

  write(writer: StateWriter, cell: number): void {
    this.sum.write(writer, cell);
  }

  read(reader: StateReader, cell: number): void {
    this.sum.read(reader, cell);
  }
}

/** AVG as DOUBLE. */
export class Average extends Quotient<FloatSum | SumOfRows | WholeSum | DecimalSum> {
  private readonly divisor: number;

  /** `scale` is that of a DECIMAL argument, 0 for others. */
  constructor(sum: FloatSum | SumOfRows | WholeSum | DecimalSum, scale: number, empty: null | 0) {
    super(sum, empty);
    this.divisor = Number(`1e${scale}`);
  }

  protected quotient(cell: number): Value {
    return this.sum.mean(cell) / this.divisor;
  }
}

/** AVG of INT and BIGINT in their own type, cut off towards zero (Flink `IntAvgAggFunction`: a division of longs). */
export class WholeAverage extends Quotient<WholeSum> {
  protected quotient(cell: number): Value {
    return BigInt.asIntN(64, this.sum.total(cell)) / BigInt(this.sum.count(cell));
  }
}

/** AVG of DECIMAL as a DECIMAL, rounded half up. */
export class DecimalAverage extends Quotient<DecimalSum> {
  private readonly widening: bigint;

  /** `digits` is how many more digits the result has behind the point than the argument. */
  constructor(sum: DecimalSum, digits: number, empty: null | 0) {
    super(sum, empty === null ? null : 0n);
    this.widening = 10n ** BigInt(digits);
  }

  protected quotient(cell: number): Value {
    return roundedQuotient(this.sum.total(cell) * this.widening, BigInt(this.sum.count(cell)));
  }
}

/** The nearest whole number to a quotient; halves away from zero, as `RoundingMode.HALF_UP`. */
export function roundedQuotient(dividend: bigint, divisor: bigint): bigint {
  const isNegative = dividend < 0n !== divisor < 0n;
  const a = dividend < 0n ? -dividend : dividend;
  const b = divisor < 0n ? -divisor : divisor;
  const quotient = (2n * a + b) / (2n * b);
  return isNegative ? -quotient : quotient;
}
