import { assert } from '../../../stream/assert.ts';
import type { ColumnBuilder } from '../../../stream/column-builder.ts';
import type { StateReader, StateWriter } from '../../../stream/state-codec.ts';
import type { DataType } from '../../../stream/types.ts';
import type { Value } from '../../../stream/value.ts';
import type { Accumulator, AggregateInput, RowRange } from './accumulator.ts';
import { columnOf, valueAt } from './stored-value.ts';
import { ValueCounts } from './value-counts.ts';

/**
 * Hands each different value on once: when its count comes above 0, and takes it back when it falls to 0 again. Flink:
 * `DistinctInfo`, a MapView of values and counts before the aggregate.
 */
export class Distinct implements Accumulator {
  private readonly inner: Accumulator;
  private readonly type: DataType;
  private readonly keepsNulls: boolean;
  private readonly counts = new ValueCounts();
  private readonly oneCell = new Int32Array(1);
  private readonly oneRow = new Int32Array(1);

  /** `type` is that of the argument. */
  constructor(inner: Accumulator, type: DataType, keepsNulls: boolean) {
    this.inner = inner;
    this.type = type;
    this.keepsNulls = keepsNulls;
  }

  get bytesPerCell(): number {
    return this.inner.bytesPerCell + 16;
  }

  get textBytes(): number {
    return this.inner.textBytes + this.counts.bytes;
  }

  grow(capacity: number): void {
    this.inner.grow(capacity);
  }

  reset(cell: number): void {
    this.inner.reset(cell);
    this.counts.reset(cell);
  }

  add(cells: Int32Array, rows: Int32Array, { from, to }: RowRange, input: AggregateInput): void {
    assert(input.column !== null, 'an argument');
    for (let i = from; i < to; i++) {
      const value = valueAt(input.column, rows[i]!);
      if (this.countedChange(cells[i]!, value, 1) === 'appears') this.addOne(cells[i]!, rows[i]!, input);
    }
  }

  private addOne(cell: number, row: number, input: AggregateInput): void {
    this.oneCell[0] = cell;
    this.oneRow[0] = row;
    this.inner.add(this.oneCell, this.oneRow, ONE, input);
  }

  retract(cell: number, row: number, input: AggregateInput): void {
    assert(input.column !== null, 'an argument');
    const value = valueAt(input.column, row);
    if (this.countedChange(cell, value, -1) === 'disappears') this.inner.retract(cell, row, input);
  }

  merge(into: number, from: number): void {
    for (const { value, count } of this.counts.of(from)) {
      const change = this.countedChange(into, value, count);
      if (change === 'stays') continue;
      const input: AggregateInput = { column: columnOf(this.type, value), chosen: null, batch: NO_ROWS };
      if (change === 'appears') this.addOne(into, 0, input);
      else this.inner.retract(into, 0, input);
    }
  }

  private countedChange(cell: number, value: Value, by: number): 'appears' | 'disappears' | 'stays' {
    if (value === null && !this.keepsNulls) return 'stays';
    const after = this.counts.change(cell, value, by);
    const wasThere = after - by > 0;
    const isThere = after > 0;
    return wasThere === isThere ? 'stays' : isThere ? 'appears' : 'disappears';
  }

  appendTo(builder: ColumnBuilder, cell: number): void {
    this.inner.appendTo(builder, cell);
  }

  write(writer: StateWriter, cell: number): void {
    this.counts.write(writer, cell);
    this.inner.write(writer, cell);
  }

  read(reader: StateReader, cell: number): void {
    this.counts.read(reader, cell);
    this.inner.read(reader, cell);
  }
}

const ONE: RowRange = { from: 0, to: 1 };
/** No function of distinct values asks when they came. */
const NO_ROWS = { seq: new Float64Array(1) };
