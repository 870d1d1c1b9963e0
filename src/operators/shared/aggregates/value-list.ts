import { assert } from '../../../stream/assert.ts';
import type { ColumnBuilder } from '../../../stream/column-builder.ts';
import type { StateReader, StateWriter } from '../../../stream/state-codec.ts';
import type { Value } from '../../../stream/value.ts';
import type { Accumulator, AggregateInput, RowRange } from './accumulator.ts';
import { bytesOf, identityOf, readValue, valueAt, writeValue } from './stored-value.ts';
import { ValueCounts } from './value-counts.ts';

interface Arrived {
  readonly value: Value;
  /** When it came: the number of its log entry. */
  readonly seq: number;
}

/** A result of the values in order. */
export type ListResult = (values: readonly Value[]) => Value;

export interface ListRules {
  readonly result: ListResult;
  readonly keepsNulls: boolean;
  /** Which of several equal values is taken back. */
  readonly takesBack: 'first' | 'last';
  /** Where only the first or last values matter: merged cells are ordered by arrival, which others are not. */
  readonly end: 'first' | 'last' | null;
  /** How many values at that end are kept. */
  readonly most: number;
}

/** Bytes of an entry beside its value. */
const ENTRY_BYTES = 24;

/**
 * Any function of the values in order. A value that was taken back before it came is owed: it is left out when it comes.
 * A merge puts the other cell's values behind, as the engines do (Flink `ArrayAggFunction.merge`, ksqlDB `CollectListUdaf`),
 * unless the rules speak of an end: then by arrival (ksqlDB `LatestByOffset`: a sequence number with each value).
 */
export class ValueList implements Accumulator {
  readonly bytesPerCell = 32;
  private readonly rules: ListRules;
  private readonly lists: Arrived[][] = [];
  private readonly owed = new ValueCounts();
  private listBytes = 0;

  constructor(rules: ListRules) {
    this.rules = rules;
  }

  get textBytes(): number {
    return this.listBytes + this.owed.bytes;
  }

  grow(): void {
    // A plain array grows as it is written.
  }

  reset(cell: number): void {
    for (const { value } of this.lists[cell] ?? []) this.listBytes -= ENTRY_BYTES + bytesOf(value);
    this.lists[cell] = [];
    this.owed.reset(cell);
  }

  add(cells: Int32Array, rows: Int32Array, { from, to }: RowRange, { column, batch }: AggregateInput): void {
    const { seq } = batch;
    assert(column !== null, 'an argument');
    for (let i = from; i < to; i++) {
      const row = rows[i]!;
      this.put(cells[i]!, { value: valueAt(column, row), seq: seq[row]! });
    }
  }

  private put(cell: number, arrived: Arrived): void {
    const { value } = arrived;
    if ((value === null && !this.rules.keepsNulls) || this.paysOff(cell, value)) return;
    this.lists[cell]!.push(arrived);
    this.listBytes += ENTRY_BYTES + bytesOf(value);
    this.trim(cell);
  }

  private paysOff(cell: number, value: Value): boolean {
    if (this.owed.size(cell) === 0) return false;
    if (this.owed.change(cell, value, -1) >= 0) return true;
    this.owed.change(cell, value, 1);
    return false;
  }

  retract(cell: number, row: number, { column }: AggregateInput): void {
    assert(column !== null, 'an argument');
    this.takeBack(cell, valueAt(column, row));
  }

  private takeBack(cell: number, value: Value): void {
    if (value === null && !this.rules.keepsNulls) return;
    const list = this.lists[cell]!;
    const identity = identityOf(value);
    const isIt = (arrived: Arrived): boolean => Object.is(identityOf(arrived.value), identity);
    const at = this.rules.takesBack === 'first' ? list.findIndex(isIt) : list.findLastIndex(isIt);
    if (at < 0) this.owed.change(cell, value, 1);
    else this.drop(list, at);
  }

  private drop(list: Arrived[], at: number): void {
    const [gone] = list.splice(at, 1);
    this.listBytes -= ENTRY_BYTES + bytesOf(gone!.value);
  }

  merge(into: number, from: number): void {
    for (const arrived of this.lists[from]!) this.put(into, arrived);
    for (const { value, count } of this.owed.of(from)) for (let i = 0; i < count; i++) this.takeBack(into, value);
  }

  /** Restores the order of arrival, and forgets what is beyond the end that matters. */
  private trim(cell: number): void {
    const { end, most } = this.rules;
    if (end === null) return;
    const list = this.lists[cell]!;
    for (let i = list.length - 1; i > 0 && list[i - 1]!.seq > list[i]!.seq; i--) {
      [list[i - 1], list[i]] = [list[i]!, list[i - 1]!];
    }
    if (list.length > most) this.drop(list, end === 'first' ? list.length - 1 : 0);
  }

  appendTo(builder: ColumnBuilder, cell: number): void {
    builder.append(this.rules.result(this.lists[cell]!.map(({ value }) => value)));
  }

  write(writer: StateWriter, cell: number): void {
    const list = this.lists[cell]!;
    writer.u32(list.length);
    for (const { value, seq } of list) {
      writer.f64(seq);
      writeValue(writer, value);
    }
    this.owed.write(writer, cell);
  }

  read(reader: StateReader, cell: number): void {
    this.reset(cell);
    const length = reader.u32();
    for (let i = 0; i < length; i++) {
      const seq = reader.f64();
      const value = readValue(reader);
      this.lists[cell]!.push({ value, seq });
      this.listBytes += ENTRY_BYTES + bytesOf(value);
    }
    this.owed.read(reader, cell);
  }
}
