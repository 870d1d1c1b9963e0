import type { ColumnBuilder } from '../../../stream/column-builder.ts';
import type { StateReader, StateWriter } from '../../../stream/state-codec.ts';
import type { Accumulator } from './accumulator.ts';

/** Makes the first `count` of the cells empty. */
export function resetCells(accumulator: Accumulator, cells: Int32Array, count: number): void {
  if (accumulator.resetCells !== undefined) accumulator.resetCells(cells, count);
  else for (let i = 0; i < count; i++) accumulator.reset(cells[i]!);
}

/** Adds to each cell of `into` what the cell beside it in `from` holds, in this order; a cell may come again. */
export function mergeCells(accumulator: Accumulator, into: Int32Array, from: Int32Array, count: number): void {
  if (accumulator.mergeCells !== undefined) accumulator.mergeCells(into, from, count);
  else for (let i = 0; i < count; i++) accumulator.merge(into[i]!, from[i]!);
}

/** Appends the results of the first `count` of the cells. */
export function appendCells(accumulator: Accumulator, builder: ColumnBuilder, cells: Int32Array, count: number): void {
  if (accumulator.appendCells !== undefined) accumulator.appendCells(builder, cells, count);
  else for (let i = 0; i < count; i++) accumulator.appendTo(builder, cells[i]!);
}

export function writeCells(accumulator: Accumulator, writer: StateWriter, cells: Int32Array, count: number): void {
  if (accumulator.writeCells !== undefined) accumulator.writeCells(writer, cells, count);
  else for (let i = 0; i < count; i++) accumulator.write(writer, cells[i]!);
}

export function readCells(accumulator: Accumulator, reader: StateReader, cells: Int32Array, count: number): void {
  if (accumulator.readCells !== undefined) accumulator.readCells(reader, cells, count);
  else for (let i = 0; i < count; i++) accumulator.read(reader, cells[i]!);
}
