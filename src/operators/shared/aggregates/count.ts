import { isNull } from '../../../stream/column.ts';
import type { ColumnBuilder } from '../../../stream/column-builder.ts';
import type { StateReader, StateWriter } from '../../../stream/state-codec.ts';
import type { Accumulator, AggregateInput, RowRange } from './accumulator.ts';
import { grownFloats } from './grow.ts';

/** COUNT(*) and COUNT(argument). */
export class Count implements Accumulator {
  readonly bytesPerCell = 8;
  readonly textBytes = 0;
  counts = new Float64Array(0);

  grow(capacity: number): void {
    this.counts = grownFloats(this.counts, capacity) as Float64Array<ArrayBuffer>;
  }

  reset(cell: number): void {
    this.counts[cell] = 0;
  }

  add(cells: Int32Array, rows: Int32Array, { from, to }: RowRange, { column }: AggregateInput): void {
    const counts = this.counts;
    const nulls = column === null ? null : column.nulls;
    if (nulls === null) for (let i = from; i < to; i++) counts[cells[i]!]!++;
    else for (let i = from; i < to; i++) if (!isNull(nulls, rows[i]!)) counts[cells[i]!]!++;
  }

  retract(cell: number, row: number, { column }: AggregateInput): void {
    if (column === null || !isNull(column.nulls, row)) this.counts[cell]!--;
  }

  merge(into: number, from: number): void {
    this.counts[into]! += this.counts[from]!;
  }

  appendTo(builder: ColumnBuilder, cell: number): void {
    builder.append(this.counts[cell]!);
  }

  resetCells(cells: Int32Array, count: number): void {
    const { counts } = this;
    for (let i = 0; i < count; i++) counts[cells[i]!] = 0;
  }

  mergeCells(into: Int32Array, from: Int32Array, count: number): void {
    const { counts } = this;
    for (let i = 0; i < count; i++) counts[into[i]!]! += counts[from[i]!]!;
  }

  appendCells(builder: ColumnBuilder, cells: Int32Array, count: number): void {
    const { counts } = this;
    const room = builder.appendRoom(count);
    if (room === null) for (let i = 0; i < count; i++) builder.append(counts[cells[i]!]!);
    else for (let i = 0; i < count; i++) room[i] = counts[cells[i]!]!;
  }

  writeCells(writer: StateWriter, cells: Int32Array, count: number): void {
    writer.floatsAt(this.counts, cells, count);
  }

  readCells(reader: StateReader, cells: Int32Array, count: number): void {
    reader.floatsTo(this.counts, cells, count);
  }

  write(writer: StateWriter, cell: number): void {
    writer.f64(this.counts[cell]!);
  }

  read(reader: StateReader, cell: number): void {
    this.counts[cell] = reader.f64();
  }
}
