import { assert } from '../../../stream/assert.ts';
import { isNull } from '../../../stream/column.ts';
import type { ColumnBuilder } from '../../../stream/column-builder.ts';
import type { StateReader, StateWriter } from '../../../stream/state-codec.ts';
import type { Accumulator, AggregateInput, RowRange } from './accumulator.ts';
import { grownFloats } from './grow.ts';
import { valueAt } from './stored-value.ts';

/** Which of the four functions. */
export interface VarianceKind {
  /** Of a sample: divided by one less than the number of values. */
  readonly sample: boolean;
  /** The standard deviation: its root. */
  readonly root: boolean;
  /** The result over too few values. */
  readonly empty: null | 0;
}

/** Three doubles a cell, values as doubles, NULL left out. */
abstract class Moments implements Accumulator {
  readonly bytesPerCell = 24;
  readonly textBytes = 0;
  protected counts = new Float64Array(0);
  protected sums = new Float64Array(0);
  /** Of the squares, of the values or of their deviations. */
  protected squares = new Float64Array(0);
  protected readonly kind: VarianceKind;
  private readonly divisor: number;

  /** `scale` is that of a DECIMAL argument, 0 for others. */
  constructor(kind: VarianceKind, scale: number) {
    this.kind = kind;
    this.divisor = Number(`1e${scale}`);
  }

  grow(capacity: number): void {
    this.counts = grownFloats(this.counts, capacity) as Float64Array<ArrayBuffer>;
    this.sums = grownFloats(this.sums, capacity) as Float64Array<ArrayBuffer>;
    this.squares = grownFloats(this.squares, capacity) as Float64Array<ArrayBuffer>;
  }

  reset(cell: number): void {
    this.counts[cell] = 0;
    this.sums[cell] = 0;
    this.squares[cell] = 0;
  }

  add(cells: Int32Array, rows: Int32Array, { from, to }: RowRange, { column }: AggregateInput): void {
    assert(column !== null, 'a variance has an argument');
    for (let i = from; i < to; i++) {
      const row = rows[i]!;
      if (!isNull(column.nulls, row)) this.take(cells[i]!, Number(valueAt(column, row)) / this.divisor);
    }
  }

  retract(cell: number, row: number, { column }: AggregateInput): void {
    assert(column !== null, 'a variance has an argument');
    if (!isNull(column.nulls, row)) this.takeBack(cell, Number(valueAt(column, row)) / this.divisor);
  }

  protected abstract take(cell: number, value: number): void;
  protected abstract takeBack(cell: number, value: number): void;
  abstract merge(into: number, from: number): void;
  /** Sum of the squared deviations from the mean; the count is not 0. */
  protected abstract deviations(cell: number): number;

  appendTo(builder: ColumnBuilder, cell: number): void {
    const count = this.counts[cell]!;
    const { sample, root, empty } = this.kind;
    if (count === 0 || (count === 1 && sample)) {
      builder.append(empty);
      return;
    }
    const variance = this.deviations(cell) / (sample ? count - 1 : count);
    builder.append(root ? Math.sqrt(variance) : variance);
  }

  write(writer: StateWriter, cell: number): void {
    writer.f64(this.counts[cell]!);
    writer.f64(this.sums[cell]!);
    writer.f64(this.squares[cell]!);
  }

  read(reader: StateReader, cell: number): void {
    this.counts[cell] = reader.f64();
    this.sums[cell] = reader.f64();
    this.squares[cell] = reader.f64();
  }
}

/**
 * Variance by deviations from the running mean, after Youngs and Cramer; a merge after Chan (ksqlDB
 * `StandardDeviationSampleUdaf`). Values that were not added must not be taken back.
 */
export class VarianceOfDeviations extends Moments {
  protected take(cell: number, value: number): void {
    const count = ++this.counts[cell]!;
    if (count > 1) this.squares[cell]! += squaredStep(value, this.sums[cell]!, count);
    this.sums[cell]! += value;
  }

  protected takeBack(cell: number, value: number): void {
    const count = this.counts[cell]!--;
    if (count > 1) this.squares[cell]! -= squaredStep(value, this.sums[cell]! - value, count);
    else this.squares[cell] = 0;
    this.sums[cell]! -= value;
  }

  merge(into: number, from: number): void {
    const { counts, sums, squares } = this;
    const a = counts[into]!;
    const b = counts[from]!;
    const apart = a === 0 || b === 0 ? 0 : sums[into]! / a - sums[from]! / b;
    squares[into]! += squares[from]! + (a === 0 || b === 0 ? 0 : (a * b * apart * apart) / (a + b));
    sums[into]! += sums[from]!;
    counts[into] = a + b;
  }

  protected deviations(cell: number): number {
    return this.squares[cell]!;
  }
}

/** By how much the squared deviations grow when `value` joins others of sum `others` as the `count`-th. */
function squaredStep(value: number, others: number, count: number): number {
  const delta = value * count - (others + value);
  return (delta * delta) / (count * (count - 1));
}

/** Variance of DOUBLE by the sums of values and squares (Flink SQL, `AggregateReduceFunctionsRule`). */
export class VarianceOfSums extends Moments {
  protected take(cell: number, value: number): void {
    this.counts[cell]!++;
    this.sums[cell]! += value;
    this.squares[cell]! += value * value;
  }

  protected takeBack(cell: number, value: number): void {
    this.counts[cell]!--;
    this.sums[cell]! -= value;
    this.squares[cell]! -= value * value;
  }

  merge(into: number, from: number): void {
    this.counts[into]! += this.counts[from]!;
    this.sums[into]! += this.sums[from]!;
    this.squares[into]! += this.squares[from]!;
  }

  protected deviations(cell: number): number {
    const sum = this.sums[cell]!;
    return this.squares[cell]! - (sum * sum) / this.counts[cell]!;
  }
}
