import { assert } from '../../../stream/assert.ts';
import { isNull } from '../../../stream/column.ts';
import type { ColumnBuilder } from '../../../stream/column-builder.ts';
import type { StateReader, StateWriter } from '../../../stream/state-codec.ts';
import type { Accumulator, AggregateInput, RowRange } from './accumulator.ts';
import { roundedQuotient } from './average.ts';
import { valueAt } from './stored-value.ts';
import type { VarianceKind } from './variance.ts';

/** Digits behind the point of a DECIMAL argument and of its result; null for whole types. */
export interface DecimalScales {
  readonly argument: number;
  readonly result: number;
}

/**
 * Variance of INT, BIGINT and DECIMAL in a type like the argument's, by the sums of values and squares (Flink SQL,
 * `AggregateReduceFunctionsRule` and `FlinkTypeSystem.deriveAvgAggType`). Divisions of whole numbers are cut off, each by
 * itself, those of decimals rounded half up once. Sums are exact: where the engine's own overflow, this does not.
 */
export class ExactVariance implements Accumulator {
  readonly bytesPerCell = 40;
  readonly textBytes = 0;
  private readonly counts: number[] = [];
  private readonly sums: bigint[] = [];
  private readonly squares: bigint[] = [];
  private readonly kind: VarianceKind;
  private readonly scales: DecimalScales | null;

  constructor(kind: VarianceKind, scales: DecimalScales | null) {
    this.kind = kind;
    this.scales = scales;
  }

  grow(): void {
    // Plain arrays grow as they are written.
  }

  reset(cell: number): void {
    this.counts[cell] = 0;
    this.sums[cell] = 0n;
    this.squares[cell] = 0n;
  }

  add(cells: Int32Array, rows: Int32Array, { from, to }: RowRange, input: AggregateInput): void {
    for (let i = from; i < to; i++) this.change(cells[i]!, rows[i]!, input, 1);
  }

  retract(cell: number, row: number, input: AggregateInput): void {
    this.change(cell, row, input, -1);
  }

  private change(cell: number, row: number, { column }: AggregateInput, by: 1 | -1): void {
    assert(column !== null, 'a variance has an argument');
    if (isNull(column.nulls, row)) return;
    const value = BigInt(valueAt(column, row) as number | bigint);
    this.counts[cell]! += by;
    this.sums[cell]! += BigInt(by) * value;
    this.squares[cell]! += BigInt(by) * value * value;
  }

  merge(into: number, from: number): void {
    this.counts[into]! += this.counts[from]!;
    this.sums[into]! += this.sums[from]!;
    this.squares[into]! += this.squares[from]!;
  }

  appendTo(builder: ColumnBuilder, cell: number): void {
    const count = this.counts[cell]!;
    const { sample, empty } = this.kind;
    const isEmpty = count === 0 || (count === 1 && sample);
    if (isEmpty) builder.append(empty === null || this.scales === null ? empty : 0n);
    else builder.append(this.scales === null ? this.whole(cell) : this.decimal(cell, this.scales));
  }

  private whole(cell: number): bigint {
    const count = BigInt(this.counts[cell]!);
    const sum = this.sums[cell]!;
    const divisor = this.kind.sample ? count - 1n : count;
    const variance = (this.squares[cell]! - (sum * sum) / count) / divisor;
    if (!this.kind.root) return variance;
    // Below 0 only while values are owed: the root is NaN, which Java casts to 0.
    return variance < 0n ? 0n : BigInt(Math.trunc(Math.sqrt(Number(variance))));
  }

  private decimal(cell: number, { argument, result }: DecimalScales): bigint | null {
    const count = BigInt(this.counts[cell]!);
    const sum = this.sums[cell]!;
    // (squares - sum² / count) / divisor, over one denominator
    const numerator = this.squares[cell]! * count - sum * sum;
    const denominator = count * (this.kind.sample ? count - 1n : count) * 10n ** BigInt(2 * argument);
    if (!this.kind.root) return roundedQuotient(numerator * 10n ** BigInt(result), denominator);
    const variance = Number(numerator) / Number(denominator);
    return variance < 0 ? null : BigInt(Math.round(Math.sqrt(variance) * Number(`1e${result}`)));
  }

  write(writer: StateWriter, cell: number): void {
    writer.f64(this.counts[cell]!);
    writer.bigint(this.sums[cell]!);
    writer.bigint(this.squares[cell]!);
  }

  read(reader: StateReader, cell: number): void {
    this.counts[cell] = reader.f64();
    this.sums[cell] = reader.bigint();
    this.squares[cell] = reader.bigint();
  }
}
