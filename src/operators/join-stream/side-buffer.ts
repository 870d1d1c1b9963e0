import type { Column } from '../../stream/column.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { DurationMs, EventTimeMs } from '../../stream/time.ts';
import type { Field, Schema } from '../../stream/types.ts';
import type { Fates } from '../operator.ts';
import { firstInOrder, storedRows } from '../shared/state-contents.ts';
import type { StateKind } from '../shared/state-contents.ts';
import { keyBytesAt } from '../shared/state/key-bytes.ts';
import type { KeyTable } from '../shared/state/key-table.ts';
import { RowStore } from '../shared/state/row-store.ts';
import { TimeBuckets } from '../shared/state/time-buckets.ts';

/** A row that came, and what became of it so far. */
export interface JoinRow {
  readonly key: number;
  /** As Kafka's serializers write the key; empty where nothing is ordered by it. */
  readonly keyBytes: string;
  readonly timeMs: EventTimeMs;
  /** In the side's `rows`. */
  readonly handle: number;
  /** Whether it was in a result. */
  isUsed: boolean;
  /** Whether the other side's rows can find it. */
  isVisible: boolean;
  /** Whether it will come out padded unless a partner comes before. */
  isWaiting: boolean;
}

export interface Arriving {
  readonly columns: readonly Column[];
  readonly index: number;
  readonly timeMs: EventTimeMs;
}

/** Beside columns and key: time, place in the lists, flags. */
const ROW_BYTES = 64;

/**
 * The rows of one side of a stream join: what its window store shows to the other side, and what waits for its end in the
 * outer store. A row that neither holds has met its end.
 */
export class SideBuffer {
  readonly rows: RowStore;
  /** In order of arrival. */
  private readonly kept = new Set<JoinRow>();
  /** The visible rows of a key by time, those of one time as they came. */
  private readonly byKey = new Map<number, JoinRow[]>();
  private readonly visible = new TimeBuckets<JoinRow>();
  /** Largest time of a row that the store was given, `RocksDBWindowStore`'s observed stream time. */
  private storeTimeMs: EventTimeMs = -1;
  private mostInKey = 0;
  private readonly keys: KeyTable;
  private readonly keyFields: readonly Field[];
  private readonly retentionMs: DurationMs;

  /** Rows hold their key in `keys`, which both sides share. */
  constructor(schema: Schema, keys: KeyTable, key: { fields: readonly Field[]; retentionMs: DurationMs }) {
    this.rows = new RowStore(schema);
    this.keys = keys;
    this.keyFields = key.fields;
    this.retentionMs = key.retentionMs;
  }

  /** `partners`: when a row of the other side matches, from this side's. */
  look(what: string, most: number, partners: { readonly fromMs: DurationMs; readonly toMs: DurationMs }): StateKind {
    const rows = firstInOrder(this.kept, most, (a, b) => a.timeMs - b.timeMs);
    const untils = rows.map(({ handle, timeMs }) => {
      const span = { fromMs: timeMs + partners.fromMs, toMs: timeMs + partners.toMs };
      return { handle, moment: { timeMs, partners: span }, until: { timeMs: timeMs + this.retentionMs, does: 'goes' } };
    });
    return storedRows({ what, order: 'with the oldest times', count: this.size }, this.rows, untils, most);
  }

  get size(): number {
    return this.kept.size;
  }

  get bytes(): number {
    return this.rows.bytes + this.kept.size * ROW_BYTES;
  }

  /** No key shows more rows than this. */
  get mostRowsInKey(): number {
    return Math.min(this.mostInKey, this.visible.size);
  }

  /** A row that is held from here on; `settle` it when its arrival is over. */
  take({ columns, index, timeMs }: Arriving, key: number, keyColumns: readonly Column[]): JoinRow {
    const keyBytes = keyBytesAt(keyColumns, this.keyFields, index);
    const handle = this.rows.put(columns, index);
    return this.keep({ key, keyBytes, timeMs, handle, isUsed: false, isVisible: false, isWaiting: false });
  }

  private keep(row: JoinRow): JoinRow {
    this.keys.hold(row.key);
    this.kept.add(row);
    return row;
  }

  /** The key's rows that the store shows with times in [fromMs, toMs], by time, then arrival. */
  between(key: number, fromMs: EventTimeMs, toMs: EventTimeMs): readonly JoinRow[] {
    const rows = this.byKey.get(key);
    if (rows === undefined) return [];
    const from = placeOf(rows, (row) => row.timeMs >= fromMs);
    let to = from;
    while (to < rows.length && rows[to]!.timeMs <= toMs) to++;
    return rows.slice(from, to);
  }

  /** Puts the row into the store, which shows nothing that is older than its retention: perhaps not even this row. */
  put(row: JoinRow, fates: Fates): void {
    this.storeTimeMs = Math.max(this.storeTimeMs, row.timeMs);
    const expiredThroughMs = this.storeTimeMs - this.retentionMs;
    while (this.visible.firstTimeMs <= expiredThroughMs) {
      for (const expired of this.visible.takeFirst()) this.hide(expired, fates);
    }
    if (row.timeMs > expiredThroughMs) this.show(row);
  }

  private show(row: JoinRow): void {
    row.isVisible = true;
    this.visible.add(row.timeMs, row);
    const rows = this.byKey.get(row.key);
    if (rows === undefined) this.byKey.set(row.key, [row]);
    else
      rows.splice(
        placeOf(rows, (other) => other.timeMs > row.timeMs),
        0,
        row,
      );
    this.mostInKey = Math.max(this.mostInKey, rows?.length ?? 1);
  }

  private hide(row: JoinRow, fates: Fates): void {
    row.isVisible = false;
    const rows = this.byKey.get(row.key)!;
    // The oldest row of its time that the key shows.
    if (rows.length === 1) this.byKey.delete(row.key);
    else rows.splice(rows.indexOf(row), 1);
    this.settle(row, fates);
  }

  /** Forgets a row that can be in no result any more. */
  settle(row: JoinRow, fates: Fates): void {
    if (row.isVisible || row.isWaiting) return;
    fates.held--;
    if (row.isUsed) fates.used++;
    else fates.unmatched++;
    this.drop(row);
  }

  /** Takes a row back as if it had not come. */
  drop(row: JoinRow): void {
    this.kept.delete(row);
    this.rows.release(row.handle);
    this.keys.release(row.key);
  }

  snapshot(writer: StateWriter): void {
    writer.f64(this.storeTimeMs);
    writer.u32(this.kept.size);
    for (const row of this.kept) {
      this.keys.write(writer, row.key);
      writer.text(row.keyBytes);
      writer.f64(row.timeMs);
      writer.u8((row.isUsed ? 1 : 0) + (row.isVisible ? 2 : 0) + (row.isWaiting ? 4 : 0));
      this.rows.write(writer, row.handle);
    }
  }

  /** Rows that wait are told to `wait`, in order of arrival. */
  restore(reader: StateReader, wait: (row: JoinRow) => void): void {
    this.storeTimeMs = reader.f64();
    const count = reader.u32();
    for (let i = 0; i < count; i++) {
      const key = this.keys.read(reader);
      const keyBytes = reader.text();
      const timeMs = reader.f64();
      const flags = reader.u8();
      const handle = this.rows.read(reader);
      const row = { key, keyBytes, timeMs, handle, isUsed: (flags & 1) !== 0, isVisible: false, isWaiting: false };
      this.keep(row);
      if ((flags & 2) !== 0) this.show(row);
      if ((flags & 4) !== 0) wait(row);
    }
  }
}

/** Place of the first row that the condition holds for; it holds for all rows behind that one. */
function placeOf(rows: readonly JoinRow[], isBehind: (row: JoinRow) => boolean): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBehind(rows[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
