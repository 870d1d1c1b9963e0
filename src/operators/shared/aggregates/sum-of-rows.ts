import { assert } from '../../../stream/assert.ts';
import { isNull } from '../../../stream/column.ts';
import type { ColumnBuilder } from '../../../stream/column-builder.ts';
import type { StateReader, StateWriter } from '../../../stream/state-codec.ts';
import type { Accumulator, AggregateInput, RowRange } from './accumulator.ts';
import type { Count } from './count.ts';
import { grownFloats } from './grow.ts';

/**
 * SUM of DOUBLE in order of arrival over every row of a cell, where the rows of cells are counted anyway: values are as many
 * as rows, less those that were NULL. For rows that are never taken back.
 */
export class SumOfRows implements Accumulator {
  readonly bytesPerCell = 16;
  readonly textBytes = 0;
  /** The sum of each cell; whoever adds rows without NULL may add to it. */
  sums = new Float64Array(0);
  /** NULLs of each cell, all 0 until there is `anyNull`. */
  private nulls = new Float64Array(0);
  private anyNull = false;
  private readonly empty: null | 0;
  private readonly rows: Count;

  /** `empty` is the sum over no value; `rows` counts the rows of the same cells and is kept by somebody else. */
  constructor(empty: null | 0, rows: Count) {
    this.empty = empty;
    this.rows = rows;
  }

  grow(capacity: number): void {
    this.sums = grownFloats(this.sums, capacity) as Float64Array<ArrayBuffer>;
    this.nulls = grownFloats(this.nulls, capacity) as Float64Array<ArrayBuffer>;
  }

  reset(cell: number): void {
    this.sums[cell] = 0;
    this.nulls[cell] = 0;
  }

  add(cells: Int32Array, rows: Int32Array, { from, to, areAllRows }: RowRange, { column }: AggregateInput): void {
    assert(column !== null && column.kind === 'float', 'a DOUBLE column');
    const { sums } = this;
    const { values, nulls } = column;
    if (nulls !== null) this.addNullable(cells, rows, { from, to }, { values, nulls });
    else if (areAllRows === true) for (let i = from; i < to; i++) sums[cells[i]!]! += values[i]!;
    else for (let i = from; i < to; i++) sums[cells[i]!]! += values[rows[i]!]!;
  }

  private addNullable(cells: Int32Array, rows: Int32Array, { from, to }: RowRange, { values, nulls }: Nullable): void {
    this.anyNull = true;
    for (let i = from; i < to; i++) {
      if (isNull(nulls, rows[i]!)) this.nulls[cells[i]!]!++;
      else this.sums[cells[i]!]! += values[rows[i]!]!;
    }
  }

  retract(): void {
    assert(false, 'rows that are taken back have a sum of their own');
  }

  merge(into: number, from: number): void {
    this.sums[into]! += this.sums[from]!;
    this.nulls[into]! += this.nulls[from]!;
  }

  count(cell: number): number {
    return this.rows.counts[cell]! - this.nulls[cell]!;
  }

  /** Sum over count; NaN over no value. */
  mean(cell: number): number {
    return this.sums[cell]! / this.count(cell);
  }

  appendTo(builder: ColumnBuilder, cell: number): void {
    builder.append(this.count(cell) === 0 ? this.empty : this.sums[cell]!);
  }

  resetCells(cells: Int32Array, count: number): void {
    const { sums, nulls } = this;
    for (let i = 0; i < count; i++) sums[cells[i]!] = 0;
    if (this.anyNull) for (let i = 0; i < count; i++) nulls[cells[i]!] = 0;
  }

  mergeCells(into: Int32Array, from: Int32Array, count: number): void {
    const { sums, nulls } = this;
    for (let i = 0; i < count; i++) sums[into[i]!]! += sums[from[i]!]!;
    if (this.anyNull) for (let i = 0; i < count; i++) nulls[into[i]!]! += nulls[from[i]!]!;
  }

  appendCells(builder: ColumnBuilder, cells: Int32Array, count: number): void {
    const { sums, nulls } = this;
    const { counts } = this.rows;
    let isAnyEmpty = false;
    for (let i = 0; i < count; i++) if (counts[cells[i]!] === nulls[cells[i]!]) isAnyEmpty = true;
    const room = isAnyEmpty ? null : builder.appendRoom(count);
    if (room === null) for (let i = 0; i < count; i++) this.appendTo(builder, cells[i]!);
    else for (let i = 0; i < count; i++) room[i] = sums[cells[i]!]!;
  }

  write(writer: StateWriter, cell: number): void {
    writer.f64(this.sums[cell]!);
    writer.f64(this.nulls[cell]!);
  }

  read(reader: StateReader, cell: number): void {
    this.anyNull = true;
    this.sums[cell] = reader.f64();
    this.nulls[cell] = reader.f64();
  }

  writeCells(writer: StateWriter, cells: Int32Array, count: number): void {
    writer.floatsAt(this.sums, cells, count);
    let areAny = false;
    if (this.anyNull) for (let i = 0; i < count; i++) if (this.nulls[cells[i]!] !== 0) areAny = true;
    writer.u8(areAny ? 1 : 0);
    if (areAny) writer.floatsAt(this.nulls, cells, count);
  }

  readCells(reader: StateReader, cells: Int32Array, count: number): void {
    reader.floatsTo(this.sums, cells, count);
    if (reader.u8() === 0) return;
    this.anyNull = true;
    reader.floatsTo(this.nulls, cells, count);
  }
}

interface Nullable {
  readonly values: Float64Array;
  readonly nulls: Uint8Array;
}
