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
  /** Sum and count of each cell, next to each other: one line of the cache for both. */
  private pairs = new Float64Array(0);
  private readonly empty: null | 0;

  /** `empty` is the sum over no value. */
  constructor(empty: null | 0) {
    this.empty = empty;
  }

  grow(capacity: number): void {
    this.pairs = grownFloats(this.pairs, capacity * 2) as Float64Array<ArrayBuffer>;
  }

  reset(cell: number): void {
    this.pairs[cell * 2] = 0;
    this.pairs[cell * 2 + 1] = 0;
  }

  add(cells: Int32Array, rows: Int32Array, { from, to, areAllRows }: RowRange, { column }: AggregateInput): void {
    assert(column !== null && column.kind === 'float', 'a DOUBLE column');
    const { pairs } = this;
    const { values, nulls } = column;
    if (nulls === null && areAllRows === true) {
      for (let i = from; i < to; i++) {
        const at = cells[i]! * 2;
        pairs[at]! += values[i]!;
        pairs[at + 1]!++;
      }
      return;
    }
    if (nulls === null) {
      for (let i = from; i < to; i++) {
        const at = cells[i]! * 2;
        pairs[at]! += values[rows[i]!]!;
        pairs[at + 1]!++;
      }
      return;
    }
    for (let i = from; i < to; i++) {
      const row = rows[i]!;
      if (isNull(nulls, row)) continue;
      const at = cells[i]! * 2;
      pairs[at]! += values[row]!;
      pairs[at + 1]!++;
    }
  }

  retract(cell: number, row: number, { column }: AggregateInput): void {
    assert(column !== null && column.kind === 'float', 'a DOUBLE column');
    if (isNull(column.nulls, row)) return;
    this.pairs[cell * 2]! -= column.values[row]!;
    this.pairs[cell * 2 + 1]!--;
  }

  merge(into: number, from: number): void {
    this.pairs[into * 2]! += this.pairs[from * 2]!;
    this.pairs[into * 2 + 1]! += this.pairs[from * 2 + 1]!;
  }

  appendTo(builder: ColumnBuilder, cell: number): void {
    builder.append(isOfNothing(this.count(cell), this.empty) ? this.empty : this.pairs[cell * 2]!);
  }

  resetCells(cells: Int32Array, count: number): void {
    const { pairs } = this;
    for (let i = 0; i < count; i++) {
      pairs[cells[i]! * 2] = 0;
      pairs[cells[i]! * 2 + 1] = 0;
    }
  }

  mergeCells(into: Int32Array, from: Int32Array, count: number): void {
    const { pairs } = this;
    for (let i = 0; i < count; i++) {
      const to = into[i]! * 2;
      const of = from[i]! * 2;
      pairs[to]! += pairs[of]!;
      pairs[to + 1]! += pairs[of + 1]!;
    }
  }

  appendCells(builder: ColumnBuilder, cells: Int32Array, count: number): void {
    const { pairs } = this;
    let areAllOfSomething = true;
    for (let i = 0; i < count; i++) if (!(pairs[cells[i]! * 2 + 1]! > 0)) areAllOfSomething = false;
    const room = areAllOfSomething ? builder.appendRoom(count) : null;
    if (room === null) for (let i = 0; i < count; i++) this.appendTo(builder, cells[i]!);
    else for (let i = 0; i < count; i++) room[i] = pairs[cells[i]! * 2]!;
  }

  count(cell: number): number {
    return this.pairs[cell * 2 + 1]!;
  }

  /** Sum over count; NaN over no value. */
  mean(cell: number): number {
    return this.pairs[cell * 2]! / this.pairs[cell * 2 + 1]!;
  }

  write(writer: StateWriter, cell: number): void {
    writer.f64(this.pairs[cell * 2]!);
    writer.f64(this.pairs[cell * 2 + 1]!);
  }

  read(reader: StateReader, cell: number): void {
    this.pairs[cell * 2] = reader.f64();
    this.pairs[cell * 2 + 1] = reader.f64();
  }

  writeCells(writer: StateWriter, cells: Int32Array, count: number): void {
    const { pairs } = this;
    const picked = new Float64Array(count * 2);
    for (let i = 0; i < count; i++) {
      picked[i * 2] = pairs[cells[i]! * 2]!;
      picked[i * 2 + 1] = pairs[cells[i]! * 2 + 1]!;
    }
    writer.floats(picked);
  }

  readCells(reader: StateReader, cells: Int32Array, count: number): void {
    const { pairs } = this;
    const read = new Float64Array(count * 2);
    reader.floats(read);
    for (let i = 0; i < count; i++) {
      pairs[cells[i]! * 2] = read[i * 2]!;
      pairs[cells[i]! * 2 + 1] = read[i * 2 + 1]!;
    }
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

  resetCells(cells: Int32Array, count: number): void {
    const { sums, counts } = this;
    for (let i = 0; i < count; i++) {
      sums[cells[i]!] = 0;
      counts[cells[i]!] = 0;
    }
    if (this.wide.size > 0) for (let i = 0; i < count; i++) this.wide.delete(cells[i]!);
  }

  mergeCells(into: Int32Array, from: Int32Array, count: number): void {
    const { sums, counts } = this;
    for (let i = 0; i < count; i++) {
      const sum = sums[into[i]!]! + sums[from[i]!]!;
      counts[into[i]!]! += counts[from[i]!]!;
      // NaN, which stands for a wide sum, is in no range.
      if (sum < EXACT_LIMIT && sum > -EXACT_LIMIT) sums[into[i]!] = sum;
      else this.addWide(into[i]!, this.total(from[i]!));
    }
  }

  appendCells(builder: ColumnBuilder, cells: Int32Array, count: number): void {
    const { sums, counts } = this;
    let areAllPlain = true;
    for (let i = 0; i < count; i++) if (!(counts[cells[i]!]! > 0)) areAllPlain = false;
    const room = areAllPlain && this.wide.size === 0 ? builder.appendRoom(count) : null;
    if (room === null) for (let i = 0; i < count; i++) this.appendTo(builder, cells[i]!);
    else if (this.bits === 32) for (let i = 0; i < count; i++) room[i] = sums[cells[i]!]! | 0;
    else for (let i = 0; i < count; i++) room[i] = sums[cells[i]!]!;
  }

  writeCells(writer: StateWriter, cells: Int32Array, count: number): void {
    const { sums } = this;
    writer.floatsAt(this.counts, cells, count);
    writer.floatsAt(sums, cells, count);
    if (this.wide.size === 0) return;
    for (let i = 0; i < count; i++) if (sums[cells[i]!] !== sums[cells[i]!]) writer.bigint(this.total(cells[i]!));
  }

  readCells(reader: StateReader, cells: Int32Array, count: number): void {
    const counts = new Float64Array(count);
    const sums = new Float64Array(count);
    reader.floats(counts);
    reader.floats(sums);
    for (let i = 0; i < count; i++) {
      this.reset(cells[i]!);
      this.counts[cells[i]!] = counts[i]!;
      if (sums[i] === sums[i]) this.sums[cells[i]!] = sums[i]!;
      else this.addWide(cells[i]!, reader.bigint());
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
