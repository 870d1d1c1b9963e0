import type { RowErrors } from '../../../expression/frame.ts';
import type { Batch } from '../../../stream/batch.ts';
import type { ColumnBuilder } from '../../../stream/column-builder.ts';
import type { StateReader, StateWriter } from '../../../stream/state-codec.ts';
import type { Accumulator, AggregateInput, RowRange } from './accumulator.ts';
import { aggregateInput } from './aggregate-input.ts';
import type { BoundAggregate } from './bound-aggregate.ts';
import { createAccumulator } from './create-accumulator.ts';
import { readCells, writeCells } from './many-cells.ts';

const ONE: RowRange = { from: 0, to: 1 };

/**
 * The state of all aggregates of an operator over many cells, one row at a time. A cell is a key in a window, or whatever
 * else is aggregated by itself; its number is taken and given back.
 */
export class AggregateCells {
  private readonly aggregates: readonly BoundAggregate[];
  private readonly accumulators: readonly Accumulator[];
  private inputs: readonly AggregateInput[] = [];
  private readonly free: number[] = [];
  private count = 0;
  private capacity = 16;
  private readonly oneCell = new Int32Array(1);
  private readonly oneRow = new Int32Array(1);

  constructor(aggregates: readonly BoundAggregate[]) {
    this.aggregates = aggregates;
    this.accumulators = aggregates.map(createAccumulator);
    for (const accumulator of this.accumulators) accumulator.grow(this.capacity);
  }

  /** Evaluates arguments and filters for a batch; `add` and `retract` speak of its rows from here on. */
  begin(batch: Batch, errors: RowErrors): void {
    this.inputs = this.aggregates.map((aggregate) => aggregateInput(aggregate, batch, errors));
  }

  /** An empty cell. */
  take(): number {
    const cell = this.free.pop() ?? this.count++;
    if (cell >= this.capacity) {
      this.capacity *= 2;
      for (const accumulator of this.accumulators) accumulator.grow(this.capacity);
    }
    for (const accumulator of this.accumulators) accumulator.reset(cell);
    return cell;
  }

  /** Makes a cell empty and keeps it. */
  clear(cell: number): void {
    for (const accumulator of this.accumulators) accumulator.reset(cell);
  }

  release(cell: number): void {
    this.clear(cell);
    this.free.push(cell);
  }

  add(cell: number, row: number): void {
    this.oneCell[0] = cell;
    this.oneRow[0] = row;
    this.accumulators.forEach((accumulator, a) => {
      const input = this.inputs[a]!;
      if (input.chosen === null || input.chosen[row] === 1) accumulator.add(this.oneCell, this.oneRow, ONE, input);
    });
  }

  /** Takes a row back; only where the aggregates were bound to take changes. */
  retract(cell: number, row: number): void {
    this.accumulators.forEach((accumulator, a) => {
      const input = this.inputs[a]!;
      if (input.chosen === null || input.chosen[row] === 1) accumulator.retract(cell, row, input);
    });
  }

  /** Adds to cell `into` what `from` holds, as if it had come later; `from` stays as it is. */
  merge(into: number, from: number): void {
    for (const accumulator of this.accumulators) accumulator.merge(into, from);
  }

  /** Appends the results of a cell, one a builder, from `builders[at]` on. */
  appendTo(builders: readonly ColumnBuilder[], at: number, cell: number): void {
    this.accumulators.forEach((accumulator, a) => accumulator.appendTo(builders[at + a]!, cell));
  }

  get cellsInUse(): number {
    return this.count - this.free.length;
  }

  /** Bytes of all cells in use. */
  get bytes(): number {
    let perCell = 0;
    let texts = 0;
    for (const accumulator of this.accumulators) {
      perCell += accumulator.bytesPerCell;
      texts += accumulator.textBytes;
    }
    return this.cellsInUse * perCell + texts;
  }

  write(writer: StateWriter, cell: number): void {
    for (const accumulator of this.accumulators) accumulator.write(writer, cell);
  }

  read(reader: StateReader, cell: number): void {
    for (const accumulator of this.accumulators) accumulator.read(reader, cell);
  }

  /** The first `count` of many cells, aggregate by aggregate. */
  writeAll(writer: StateWriter, cells: Int32Array, count: number): void {
    for (const accumulator of this.accumulators) writeCells(accumulator, writer, cells, count);
  }

  /** Reads what `writeAll` wrote into cells that are empty. */
  readAll(reader: StateReader, cells: Int32Array, count: number): void {
    for (const accumulator of this.accumulators) readCells(accumulator, reader, cells, count);
  }
}
