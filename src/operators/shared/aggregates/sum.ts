import { assert } from '../../../stream/assert.ts';
import { EXACT_LIMIT, isNull } from '../../../stream/column.ts';
import type { ColumnBuilder } from '../../../stream/column-builder.ts';
import type { StateReader, StateWriter } from '../../../stream/state-codec.ts';
import type { Accumulator, AggregateInput, RowRange } from './accumulator.ts';
import { grownFloats } from './grow.ts';

/**
 * Whether a sum is that of no value. Where more values were taken back than came, a sum that may be NULL is, as in the
 * recorded case flink.sql.tvf.session.changelog; one that begins at 0 goes below it.
 */
function isOfNothing(count: number, empty: null | 0 | 0n): boolean {
  return empty === null ? count <= 0 : count === 0;
}

/** SUM of DOUBLE, in order of arrival. */
export class FloatSum implements Accumulator {
  readonly bytesPerCell = 16;
  readonly textBytes = 0;
  private sums = new Float64Array(0);
  private counts = new Float64Array(0);
  private readonly empty: null | 0;

  /** `empty` is the sum over no value. */
  constructor(empty: null | 0) {
    this.empty = empty;
  }

  grow(capacity: number): void {
    this.sums = grownFloats(this.sums, capacity) as Float64Array<ArrayBuffer>;
    this.counts = grownFloats(this.counts, capacity) as Float64Array<ArrayBuffer>;
  }

  reset(cell: number): void {
    this.sums[cell] = 0;
    this.counts[cell] = 0;
  }

  add(cells: Int32Array, rows: Int32Array, { from, to }: RowRange, { column }: AggregateInput): void {
    assert(column !== null && column.kind === 'float', 'a DOUBLE column');
    const { sums, counts } = this;
    const { values, nulls } = column;
    for (let i = from; i < to; i++) {
      const row = rows[i]!;
      if (nulls !== null && isNull(nulls, row)) continue;
      const cell = cells[i]!;
      sums[cell]! += values[row]!;
      counts[cell]!++;
    }
  }

  retract(cell: number, row: number, { column }: AggregateInput): void {
    assert(column !== null && column.kind === 'float', 'a DOUBLE column');
    if (isNull(column.nulls, row)) return;
    this.sums[cell]! -= column.values[row]!;
    this.counts[cell]!--;
  }

  merge(into: number, from: number): void {
    this.sums[into]! += this.sums[from]!;
    this.counts[into]! += this.counts[from]!;
  }

  appendTo(builder: ColumnBuilder, cell: number): void {
    builder.append(isOfNothing(this.counts[cell]!, this.empty) ? this.empty : this.sums[cell]!);
  }

  count(cell: number): number {
    return this.counts[cell]!;
  }

  /** Sum over count; NaN over no value. */
  mean(cell: number): number {
    return this.sums[cell]! / this.counts[cell]!;
  }

  write(writer: StateWriter, cell: number): void {
    writer.f64(this.sums[cell]!);
    writer.f64(this.counts[cell]!);
  }

  read(reader: StateReader, cell: number): void {
    this.sums[cell] = reader.f64();
    this.counts[cell] = reader.f64();
  }
}

/** SUM of INT and BIGINT: exact at any size, then wrapped into the bits of the result as Java's int or long wraps. */
export class WholeSum implements Accumulator {
  readonly bytesPerCell = 16;
  readonly textBytes = 0;
  private sums = new Float64Array(0);
  private counts = new Float64Array(0);
  /** Sums that a double cannot hold; such a cell's double is NaN. */
  private readonly wide = new Map<number, bigint>();
  private readonly bits: 32 | 64;
  private readonly empty: null | 0;

  /** `empty` is the sum over no value. */
  constructor(bits: 32 | 64, empty: null | 0) {
    this.bits = bits;
    this.empty = empty;
  }

  grow(capacity: number): void {
    this.sums = grownFloats(this.sums, capacity) as Float64Array<ArrayBuffer>;
    this.counts = grownFloats(this.counts, capacity) as Float64Array<ArrayBuffer>;
  }

  reset(cell: number): void {
    this.sums[cell] = 0;
    this.counts[cell] = 0;
    this.wide.delete(cell);
  }

  add(cells: Int32Array, rows: Int32Array, { from, to }: RowRange, { column }: AggregateInput): void {
    assert(column !== null, 'a sum has an argument');
    const { counts, sums } = this;
    const nulls = column.nulls;
    if (column.kind === 'long') {
      for (let i = from; i < to; i++) {
        if (isNull(nulls, rows[i]!)) continue;
        counts[cells[i]!]!++;
        this.addWide(cells[i]!, column.values[rows[i]!]!);
      }
      return;
    }
    assert(column.kind === 'int' || column.kind === 'float', 'a column of whole numbers');
    const values = column.values;
    for (let i = from; i < to; i++) {
      const row = rows[i]!;
      if (nulls !== null && isNull(nulls, row)) continue;
      const cell = cells[i]!;
      counts[cell]!++;
      const sum = sums[cell]! + values[row]!;
      if (sum < EXACT_LIMIT && sum > -EXACT_LIMIT) sums[cell] = sum;
      else this.addWide(cell, BigInt(values[row]!));
    }
  }

  private addWide(cell: number, value: bigint): void {
    const sum = this.total(cell) + value;
    const near = Number(sum);
    if (Math.abs(near) < EXACT_LIMIT) {
      this.sums[cell] = near;
      this.wide.delete(cell);
    } else {
      this.sums[cell] = Number.NaN;
      this.wide.set(cell, sum);
    }
  }

  total(cell: number): bigint {
    return this.wide.get(cell) ?? BigInt(this.sums[cell]!);
  }

  retract(cell: number, row: number, { column }: AggregateInput): void {
    assert(column !== null && 'values' in column, 'a column of whole numbers');
    if (isNull(column.nulls, row)) return;
    this.counts[cell]!--;
    this.addWide(cell, -BigInt(column.values[row]!));
  }

  merge(into: number, from: number): void {
    this.counts[into]! += this.counts[from]!;
    this.addWide(into, this.total(from));
  }

  appendTo(builder: ColumnBuilder, cell: number): void {
    const wide = this.wide.get(cell);
    if (isOfNothing(this.counts[cell]!, this.empty)) builder.append(this.empty);
    else if (this.bits === 32) builder.append(Number(BigInt.asIntN(32, this.total(cell))));
    else builder.append(wide === undefined ? this.sums[cell]! : BigInt.asIntN(64, wide));
  }

  count(cell: number): number {
    return this.counts[cell]!;
  }

  /** Sum over count as the nearest double; NaN over no value. */
  mean(cell: number): number {
    return Number(this.total(cell)) / this.counts[cell]!;
  }

  write(writer: StateWriter, cell: number): void {
    writer.f64(this.counts[cell]!);
    writer.bigint(this.total(cell));
  }

  read(reader: StateReader, cell: number): void {
    this.reset(cell);
    this.counts[cell] = reader.f64();
    this.addWide(cell, reader.bigint());
  }
}

/** SUM of DECIMAL, exact; NULL when it has more digits than its type (Flink `DecimalDataUtils.add`). */
export class DecimalSum implements Accumulator {
  readonly bytesPerCell = 24;
  readonly textBytes = 0;
  private readonly sums: bigint[] = [];
  private readonly counts: number[] = [];
  private readonly limit: bigint;
  private readonly empty: null | 0n;

  /** `empty` is the sum over no value. */
  constructor(precision: number, empty: null | 0) {
    this.limit = 10n ** BigInt(precision);
    this.empty = empty === null ? null : 0n;
  }

  grow(): void {
    // Plain arrays grow as they are written.
  }

  reset(cell: number): void {
    this.sums[cell] = 0n;
    this.counts[cell] = 0;
  }

  add(cells: Int32Array, rows: Int32Array, { from, to }: RowRange, { column }: AggregateInput): void {
    assert(column !== null && column.kind === 'decimal', 'a DECIMAL column');
    for (let i = from; i < to; i++) {
      if (isNull(column.nulls, rows[i]!)) continue;
      this.sums[cells[i]!]! += column.values[rows[i]!]!;
      this.counts[cells[i]!]!++;
    }
  }

  retract(cell: number, row: number, { column }: AggregateInput): void {
    assert(column !== null && column.kind === 'decimal', 'a DECIMAL column');
    if (isNull(column.nulls, row)) return;
    this.sums[cell]! -= column.values[row]!;
    this.counts[cell]!--;
  }

  merge(into: number, from: number): void {
    this.sums[into]! += this.sums[from]!;
    this.counts[into]! += this.counts[from]!;
  }

  appendTo(builder: ColumnBuilder, cell: number): void {
    const sum = this.sums[cell]!;
    if (isOfNothing(this.counts[cell]!, this.empty)) builder.append(this.empty);
    else builder.append(sum < this.limit && sum > -this.limit ? sum : null);
  }

  total(cell: number): bigint {
    return this.sums[cell]!;
  }

  count(cell: number): number {
    return this.counts[cell]!;
  }

  /** Unscaled sum over count as the nearest double; NaN over no value. */
  mean(cell: number): number {
    return Number(this.sums[cell]!) / this.counts[cell]!;
  }

  write(writer: StateWriter, cell: number): void {
    writer.f64(this.counts[cell]!);
    writer.bigint(this.sums[cell]!);
  }

  read(reader: StateReader, cell: number): void {
    this.counts[cell] = reader.f64();
    this.sums[cell] = reader.bigint();
  }
}
