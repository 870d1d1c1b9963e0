import type { StreamType } from '../../stream/batch.ts';
import type { ColumnBuilder } from '../../stream/column-builder.ts';
import { DELETE, INSERT, UPDATE_AFTER } from '../../stream/row-kind.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { EventTimeMs } from '../../stream/time.ts';
import type { KernelOutput } from '../operator.ts';
import { CHUNK_ROWS } from '../operator.ts';
import { JoinedRows } from '../shared/joins/joined-rows.ts';
import { NO_ROW } from '../shared/state/row-store.ts';
import { ResultBuilder } from '../shared/result-builder.ts';
import type { KeyTable } from '../shared/state/key-table.ts';
import type { TableJoinBound } from './definition.ts';
import type { TableRow, TableState } from './table-state.ts';

/** Where a result stands and what it is about. */
export interface ResultPlace {
  readonly seq: number;
  readonly phase: 0 | 1;
  readonly timeMs: EventTimeMs;
  /** Number of its key. */
  readonly key: number;
}

/** Writes the results of a table join, and knows which keys have one now. */
export class TableResults {
  private readonly builder: ResultBuilder;
  /** The builders of the result's own key, in the order of the key table's columns. */
  private readonly keyColumns: readonly ColumnBuilder[];
  /** All other builders; of a full join those of both tables. */
  private readonly otherColumns: readonly ColumnBuilder[];
  private readonly joinedColumns: readonly ColumnBuilder[];
  private readonly joined: JoinedRows;
  private readonly keys: KeyTable;
  private readonly hasAddedKey: boolean;
  private readonly shown = new Set<number>();

  constructor(
    bound: TableJoinBound,
    { inputs, out }: { readonly inputs: readonly StreamType[]; readonly out: StreamType },
    { keys, tables }: { readonly keys: KeyTable; readonly tables: readonly [TableState, TableState] },
  ) {
    const left = inputs[0]!.schema;
    const right = inputs[1]!.schema;
    this.builder = new ResultBuilder(out.schema);
    const { columns } = this.builder;
    const places = keyPlaces(bound, left.fields.length);
    this.keyColumns = places.map((place) => columns[place]!);
    this.otherColumns = columns.filter((_, i) => !places.includes(i));
    this.hasAddedKey = bound.addedKey.length > 0;
    this.joinedColumns = columns.slice(bound.addedKey.length);
    this.joined = new JoinedRows({ residual: null }, { left, right }, [tables[0].rows, tables[1].rows]);
    this.keys = keys;
  }

  get size(): number {
    return this.shown.size;
  }

  /** The key's result is this pair of rows now, one of which may be missing. */
  put(place: ResultPlace, [left, right]: readonly [TableRow | null, TableRow | null], out: KernelOutput): void {
    const { key } = place;
    if (this.hasAddedKey) this.keys.appendTo(this.keyColumns, key);
    this.joined.appendTo(this.joinedColumns, left?.handle ?? NO_ROW, right?.handle ?? NO_ROW);
    for (const row of [left, right]) if (row !== null) row.isGiven = true;
    this.place(place, this.shown.has(key) ? UPDATE_AFTER : INSERT, out);
    this.show(key);
  }

  private show(key: number): void {
    if (this.shown.has(key)) return;
    this.shown.add(key);
    this.keys.hold(key);
  }

  /** The key has no result; the engine says so whether it had one or not. */
  delete(place: ResultPlace, out: KernelOutput): void {
    const { key } = place;
    for (const builder of this.otherColumns) builder.appendNull();
    this.keys.appendTo(this.keyColumns, key);
    this.place(place, DELETE, out);
    if (this.shown.delete(key)) this.keys.release(key);
  }

  private place(
    { seq, phase, timeMs }: ResultPlace,
    kind: typeof INSERT | typeof UPDATE_AFTER | typeof DELETE,
    out: KernelOutput,
  ): void {
    this.builder.place(seq, phase, timeMs, kind);
    if (this.builder.length === CHUNK_ROWS) this.flush(out);
  }

  flush(out: KernelOutput): void {
    const batch = this.builder.take(null);
    if (batch !== null) out.emit('out', batch);
  }

  snapshot(writer: StateWriter): void {
    writer.u32(this.shown.size);
    for (const key of this.shown) this.keys.write(writer, key);
  }

  restore(reader: StateReader): void {
    const count = reader.u32();
    for (let i = 0; i < count; i++) this.show(this.keys.read(reader));
  }
}

/** The columns of the result that hold its key: parallel to the left table's own key, or else to what is matched. */
function keyPlaces(
  { kind, left, right, byForeignKey, addedKey }: TableJoinBound,
  leftWidth: number,
): readonly number[] {
  if (byForeignKey) return left.key.columns;
  if (addedKey.length > 0) return left.match.columns.map((column) => left.key.columns.indexOf(column));
  return kind === 'right' ? right.match.columns.map((column) => leftWidth + column) : left.match.columns;
}
