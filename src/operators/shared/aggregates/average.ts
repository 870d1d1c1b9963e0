import type { Column } from '../../../stream/column.ts';
import type { ColumnBuilder } from '../../../stream/column-builder.ts';
import type { StateReader, StateWriter } from '../../../stream/state-codec.ts';
import type { Accumulator, RowRange } from './accumulator.ts';

/** A sum that knows over how many values it is. */
interface MeanSource extends Accumulator {
  mean(cell: number): number;
  count(cell: number): number;
}

/** AVG as DOUBLE: the sum, divided once when it is asked for. */
export class Average implements Accumulator {
  private readonly sum: MeanSource;
  private readonly divisor: number;

  /** `scale` is that of a DECIMAL argument, 0 for others. */
  constructor(sum: MeanSource, scale: number) {
    this.sum = sum;
    this.divisor = Number(`1e${scale}`);
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

  add(cells: Int32Array, rows: Int32Array, range: RowRange, column: Column | null): void {
    this.sum.add(cells, rows, range, column);
  }

  retract(cell: number, row: number, column: Column | null): void {
    this.sum.retract(cell, row, column);
  }

  merge(into: number, from: number): void {
    this.sum.merge(into, from);
  }

  appendTo(builder: ColumnBuilder, cell: number): void {
    if (this.sum.count(cell) === 0) builder.appendNull();
    else builder.append(this.sum.mean(cell) / this.divisor);
  }

  write(writer: StateWriter, cell: number): void {
    this.sum.write(writer, cell);
  }

  read(reader: StateReader, cell: number): void {
    this.sum.read(reader, cell);
  }
}
