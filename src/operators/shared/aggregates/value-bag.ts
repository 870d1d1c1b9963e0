import { assert } from '../../../stream/assert.ts';
import type { ColumnBuilder } from '../../../stream/column-builder.ts';
import type { StateReader, StateWriter } from '../../../stream/state-codec.ts';
import type { Value } from '../../../stream/value.ts';
import type { Accumulator, AggregateInput, RowRange } from './accumulator.ts';
import { compareValues, rankOf, valueAt } from './stored-value.ts';
import type { Counted } from './value-counts.ts';
import { ValueCounts } from './value-counts.ts';

/** A result of values of which the order of arrival does not matter. Entries may have counts below 0: to be left out. */
export type BagResult = (values: Iterable<Counted>) => Value;

/** Any function of a bag of values, NULL left out: every value is kept with how often it is there. */
export class ValueBag implements Accumulator {
  readonly bytesPerCell = 16;
  private readonly counts = new ValueCounts();
  private readonly result: BagResult;
  /** Where only the largest values matter: how many different ones; they alone are kept. */
  private readonly largest: number;

  constructor(result: BagResult, largest = Infinity) {
    this.result = result;
    this.largest = largest;
  }

  get textBytes(): number {
    return this.counts.bytes;
  }

  grow(): void {
    // A plain array grows as it is written.
  }

  reset(cell: number): void {
    this.counts.reset(cell);
  }

  add(cells: Int32Array, rows: Int32Array, { from, to }: RowRange, { column }: AggregateInput): void {
    assert(column !== null, 'an argument');
    for (let i = from; i < to; i++) this.change(cells[i]!, valueAt(column, rows[i]!), 1);
  }

  retract(cell: number, row: number, { column }: AggregateInput): void {
    assert(column !== null, 'an argument');
    this.change(cell, valueAt(column, row), -1);
  }

  merge(into: number, from: number): void {
    for (const { value, count } of [...this.counts.of(from)]) this.change(into, value, count);
  }

  private change(cell: number, value: Value, by: number): void {
    if (rankOf(value) === null) return;
    this.counts.change(cell, value, by);
    if (this.counts.size(cell) > this.largest) this.forgetSmallest(cell);
  }

  private forgetSmallest(cell: number): void {
    let smallest: Counted | null = null;
    for (const counted of this.counts.of(cell)) {
      if (smallest === null || compareValues(counted.value, smallest.value) <= 0) smallest = counted;
    }
    if (smallest !== null) this.counts.forget(cell, smallest);
  }

  appendTo(builder: ColumnBuilder, cell: number): void {
    builder.append(this.result(this.counts.of(cell)));
  }

  write(writer: StateWriter, cell: number): void {
    this.counts.write(writer, cell);
  }

  read(reader: StateReader, cell: number): void {
    this.counts.read(reader, cell);
  }
}
