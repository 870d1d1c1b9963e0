import type { Column } from '../../stream/column.ts';
import type { StateReader } from '../../stream/state-codec.ts';
import { StateWriter } from '../../stream/state-codec.ts';
import type { DurationMs, EventTimeMs } from '../../stream/time.ts';
import type { Schema } from '../../stream/types.ts';
import { ContentsBuilder, storedRows } from '../shared/state-contents.ts';
import type { StateKind } from '../shared/state-contents.ts';
import type { KeyTable } from '../shared/state/key-table.ts';
import { RowStore } from '../shared/state/row-store.ts';
import { TimeBuckets } from '../shared/state/time-buckets.ts';

/** A row of a table, or one that somebody still remembers. */
export interface TableRow {
  /** In the table's `rows`. */
  readonly handle: number;
  readonly timeMs: EventTimeMs;
  /** Of a left table that is joined by foreign key: the number of the key that it names; null where that has a NULL. */
  readonly foreign: number | null;
  /** Whether it was in a result. */
  isGiven: boolean;
  /** How many hold it. */
  holders: number;
}

/** A key whose row was deleted. */
interface Tombstone {
  readonly key: number;
  readonly timeMs: EventTimeMs;
}

/** Beside columns and key. */
const ROW_BYTES = 56;

/**
 * A table as it stands: the store of `KTableSource`. Plain tables keep what arrived last. Versioned ones go by event time:
 * they refuse what is behind the latest of its key, be it a deletion, and all that is older than their history.
 */
export class TableState {
  readonly rows: RowStore;
  /** By number of the key. */
  private readonly kept = new Map<number, TableRow>();
  private readonly keys: KeyTable;
  private readonly historyRetentionMs: DurationMs | null;
  /** Of a versioned table, while a row may still come that is behind them. */
  private readonly tombstones = new Map<number, Tombstone>();
  private readonly tombstonesByTime = new TimeBuckets<Tombstone>();
  private observedMs: EventTimeMs = -1;

  /** Rows hold their key in `keys`. */
  constructor(schema: Schema, keys: KeyTable, historyRetentionMs: DurationMs | null) {
    this.rows = new RowStore(schema);
    this.keys = keys;
    this.historyRetentionMs = historyRetentionMs;
  }

  /** Deleted rows that are remembered are entries of their own kind. */
  look(what: string, most: number): readonly StateKind[] {
    const head = { what, order: 'that came first', count: this.kept.size };
    const rows = storedRows(head, this.rows, this.kept.values(), most);
    return [rows, ...(this.historyRetentionMs === null ? [] : [this.lookAtTombstones(what, most)])];
  }

  private lookAtTombstones(ofWhat: string, most: number): StateKind {
    const what = `deleted ${ofWhat}`;
    const head = { what, order: 'that were deleted first', fields: this.keys.fields, keys: this.keys.fields.length };
    const contents = new ContentsBuilder(head);
    for (const { key, timeMs } of [...this.tombstones.values()].slice(0, most)) {
      this.keys.appendTo(contents.columns, key);
      contents.add(null, { timeMs: timeMs + (this.historyRetentionMs ?? Infinity), does: 'goes' });
    }
    const count = this.tombstones.size;
    return { part: { what, count }, contents: contents.finish(count) };
  }

  get size(): number {
    return this.kept.size + this.tombstones.size;
  }

  get bytes(): number {
    return this.rows.bytes + this.size * ROW_BYTES;
  }

  find(key: number): TableRow | null {
    return this.kept.get(key) ?? null;
  }

  /** Whether the table refuses a change of this time. `RocksDBVersionedStore.put`, `KTableKTableInnerJoin` (KIP-914). */
  isOutdated(key: number, timeMs: EventTimeMs): boolean {
    if (this.historyRetentionMs === null) return false;
    const latest = this.kept.get(key) ?? this.tombstones.get(key);
    return timeMs < this.oldestMs || (latest !== undefined && timeMs < latest.timeMs);
  }

  /** What is older than this is no part of a versioned table's history. */
  get oldestMs(): number {
    return this.observedMs - (this.historyRetentionMs ?? Infinity);
  }

  /** A row that nobody holds yet. */
  create(columns: readonly Column[], index: number, at: Pick<TableRow, 'timeMs' | 'foreign'>): TableRow {
    return { handle: this.rows.put(columns, index), ...at, isGiven: false, holders: 0 };
  }

  /** Puts a row in the place of the one before, or takes that out; the one before is still held, `release` it. */
  replace(key: number, after: TableRow | null, timeMs: EventTimeMs): TableRow | null {
    const before = this.find(key);
    if (before === null && after !== null) this.keys.hold(key);
    if (after !== null) {
      after.holders++;
      this.kept.set(key, after);
    } else if (before !== null) {
      this.kept.delete(key);
      this.keys.release(key);
    }
    this.observedMs = Math.max(this.observedMs, timeMs);
    if (this.historyRetentionMs !== null) this.bury(key, after === null ? { key, timeMs } : null);
    return before;
  }

  private bury(key: number, tombstone: Tombstone | null): void {
    const former = this.tombstones.get(key);
    if (former !== undefined) this.forget(former);
    if (tombstone !== null) this.addTombstone(tombstone);
    while (this.tombstonesByTime.firstTimeMs <= this.oldestMs) {
      for (const old of [...this.tombstonesByTime.first()]) this.forget(old);
    }
  }

  private addTombstone(tombstone: Tombstone): void {
    this.keys.hold(tombstone.key);
    this.tombstones.set(tombstone.key, tombstone);
    this.tombstonesByTime.add(tombstone.timeMs, tombstone);
  }

  private forget(tombstone: Tombstone): void {
    this.tombstones.delete(tombstone.key);
    this.tombstonesByTime.remove(tombstone.timeMs, tombstone);
    this.keys.release(tombstone.key);
  }

  /** Ends one hold; true when it was the last and the row is gone. */
  release(row: TableRow): boolean {
    if (--row.holders > 0) return false;
    this.rows.release(row.handle);
    return true;
  }

  /** Whether the columns of two rows are the same, as a hash of their bytes would say. */
  areEqual(a: TableRow, b: TableRow): boolean {
    if (a === b) return true;
    const [left, right] = [a, b].map(({ handle }) => {
      const writer = new StateWriter();
      this.rows.write(writer, handle);
      return writer.finish();
    });
    return left!.length === right!.length && left!.every((byte, i) => byte === right![i]);
  }

  snapshot(writer: StateWriter, writeRow: (row: TableRow) => void): void {
    writer.f64(this.observedMs);
    writer.u32(this.kept.size);
    for (const [key, row] of this.kept) {
      this.keys.write(writer, key);
      writeRow(row);
    }
    writer.u32(this.tombstones.size);
    for (const { key, timeMs } of this.tombstones.values()) {
      this.keys.write(writer, key);
      writer.f64(timeMs);
    }
  }

  restore(reader: StateReader, readRow: () => TableRow): void {
    this.observedMs = reader.f64();
    const rows = reader.u32();
    for (let i = 0; i < rows; i++) {
      const key = this.keys.read(reader);
      this.keys.hold(key);
      const row = readRow();
      row.holders++;
      this.kept.set(key, row);
    }
    const tombstones = reader.u32();
    for (let i = 0; i < tombstones; i++) this.addTombstone({ key: this.keys.read(reader), timeMs: reader.f64() });
  }
}
