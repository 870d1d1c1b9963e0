import type { Column } from '../../stream/column.ts';
import type { StateReader } from '../../stream/state-codec.ts';
import { StateWriter } from '../../stream/state-codec.ts';
import type { DurationMs, EventTimeMs, ProcessingTimeMs } from '../../stream/time.ts';
import type { Schema } from '../../stream/types.ts';
import type { Fates } from '../operator.ts';
import { storedRows } from '../shared/state-contents.ts';
import type { StateKind, StoredRow } from '../shared/state-contents.ts';
import type { KeyTable } from '../shared/state/key-table.ts';
import { RowStore } from '../shared/state/row-store.ts';
import { scalarAt, writeScalar } from '../shared/state/scalar-table.ts';
import type { RegularJoinSide } from './definition.ts';

/** Equal rows of one side, or the row of a unique key. */
export interface KeptRow {
  readonly joinKey: number;
  /** What tells it apart from the other rows of its join key. */
  readonly id: string;
  readonly handle: number;
  /** Event time of each of the equal rows, in order of arrival. */
  readonly times: EventTimeMs[];
  /** How many of them were in a result: the earliest ones. */
  used: number;
  /** Rows of the other side that it is joined with; 0 on sides that need not know. */
  partners: number;
  writtenMs: ProcessingTimeMs;
}

interface KeyRows {
  /** In order of arrival. */
  readonly rows: Map<string, KeptRow>;
  count: number;
}

export interface NewRow {
  readonly handle: number;
  readonly timeMs: EventTimeMs;
  readonly isUsed: boolean;
  readonly partners: number;
  readonly nowMs: ProcessingTimeMs;
}

/** Bytes of a kept row beside its columns and its key. */
const KEPT_BYTES = 96;

const NO_ROWS: Iterable<KeptRow> = [];

/**
 * The rows that one side of a regular join keeps, by join key. Flink: `JoinRecordStateViews`, `OuterJoinRecordStateViews`,
 * with a time to live that each writing renews, the number of partners included.
 */
export class SideState {
  readonly store: RowStore;
  private readonly uniqueColumns: readonly number[] | null;
  private readonly ttlMs: DurationMs;
  private readonly keys: KeyTable;
  private readonly byKey = new Map<number, KeyRows>();
  /** In order of their last writing. */
  private readonly byWriting = new Set<KeptRow>();
  private count = 0;
  private mostInKey = 0;

  /** Rows hold their key in `keys`, which both sides share. */
  constructor(schema: Schema, { uniqueKey, ttlMs }: RegularJoinSide, keys: KeyTable) {
    this.store = new RowStore(schema);
    this.uniqueColumns = uniqueKey?.columns ?? null;
    this.ttlMs = ttlMs;
    this.keys = keys;
  }

  /** Whether a row that is not there may have been forgotten. */
  get mayForget(): boolean {
    return this.ttlMs > 0;
  }

  /** Equal rows are told once. */
  look(what: string, most: number): StateKind {
    const head = { what, order: 'that were written least lately', count: this.byWriting.size };
    return { ...storedRows(head, this.store, this.told(), most), part: { what, count: this.count } };
  }

  private *told(): Generator<StoredRow> {
    const { ttlMs } = this;
    for (const { handle, writtenMs } of this.byWriting) {
      yield { handle, until: ttlMs === 0 ? null : { timeMs: writtenMs + ttlMs, does: 'goes', isByClock: true } };
    }
  }

  get rows(): number {
    return this.count;
  }

  get bytes(): number {
    return this.store.bytes + this.byWriting.size * KEPT_BYTES;
  }

  /** No key holds more rows than this. */
  get mostRowsInKey(): number {
    return Math.min(this.mostInKey, this.count);
  }

  /** What tells a row, stored under `handle`, apart from others of its join key. */
  idOf(columns: readonly Column[], row: number, handle: number): string {
    const writer = new StateWriter();
    if (this.uniqueColumns === null) this.store.write(writer, handle);
    else for (const column of this.uniqueColumns) writeScalar(writer, scalarAt(columns[column]!, row));
    let id = '';
    for (const byte of writer.finish()) id += String.fromCharCode(byte);
    return id;
  }

  find(joinKey: number, id: string): KeptRow | undefined {
    return this.byKey.get(joinKey)?.rows.get(id);
  }

  rowsOf(joinKey: number): Iterable<KeptRow> {
    return this.byKey.get(joinKey)?.rows.values() ?? NO_ROWS;
  }

  /** Keeps a row: beside its equals, or in place of the one with its unique key. Takes its handle over. */
  add(joinKey: number, id: string, row: NewRow, fates: Fates): void {
    const group = this.groupOf(joinKey);
    const before = group.rows.get(id);
    fates.held++;
    this.count++;
    group.count++;
    if (before !== undefined && this.uniqueColumns === null) {
      this.store.release(row.handle);
      before.times.push(row.timeMs);
      if (row.isUsed) before.used = before.times.length;
      this.write(before, row.partners, row.nowMs);
    } else {
      if (before !== undefined) this.drop(group, before, fates);
      const { handle, timeMs, isUsed, partners, nowMs: writtenMs } = row;
      const kept = { joinKey, id, handle, times: [timeMs], used: isUsed ? 1 : 0, partners, writtenMs };
      this.keys.hold(joinKey);
      group.rows.set(id, kept);
      this.byWriting.add(kept);
    }
    this.mostInKey = Math.max(this.mostInKey, group.count);
  }

  private groupOf(joinKey: number): KeyRows {
    let group = this.byKey.get(joinKey);
    if (group === undefined) {
      group = { rows: new Map(), count: 0 };
      this.byKey.set(joinKey, group);
    }
    return group;
  }

  /** Takes back the earliest of equal rows, and says whether it was in a result. */
  takeBack(kept: KeptRow, nowMs: ProcessingTimeMs, fates: Fates): boolean {
    const group = this.byKey.get(kept.joinKey)!;
    const wasUsed = kept.used > 0;
    if (kept.times.length === 1) {
      group.rows.delete(kept.id);
      this.drop(group, kept, fates);
      if (group.rows.size === 0) this.byKey.delete(kept.joinKey);
      return wasUsed;
    }
    kept.times.shift();
    leave(wasUsed ? 1 : 0, 1, fates);
    if (wasUsed) kept.used--;
    this.count--;
    group.count--;
    this.write(kept, kept.partners, nowMs);
    return wasUsed;
  }

  /** Writes a row again with as many partners, which renews it. */
  write(kept: KeptRow, partners: number, nowMs: ProcessingTimeMs): void {
    kept.partners = partners;
    kept.writtenMs = nowMs;
    this.byWriting.delete(kept);
    this.byWriting.add(kept);
  }

  /** Lets go of a row that is no more among those of its key, or about to be replaced there. */
  private drop(group: KeyRows, kept: KeptRow, fates: Fates): void {
    leave(kept.used, kept.times.length, fates);
    this.count -= kept.times.length;
    group.count -= kept.times.length;
    this.byWriting.delete(kept);
    this.store.release(kept.handle);
    this.keys.release(kept.joinKey);
  }

  /** Forgets what was not written for too long. Flink: `TtlUtils.expired`. */
  expire(nowMs: ProcessingTimeMs, fates: Fates): void {
    if (this.ttlMs === 0) return;
    for (const kept of this.byWriting) {
      if (kept.writtenMs + this.ttlMs > nowMs) return;
      const group = this.byKey.get(kept.joinKey)!;
      group.rows.delete(kept.id);
      if (group.rows.size === 0) this.byKey.delete(kept.joinKey);
      this.drop(group, kept, fates);
    }
  }

  snapshot(writer: StateWriter): void {
    const places = new Map(Array.from(this.byWriting, (kept, place) => [kept, place]));
    writer.u32(this.byKey.size);
    for (const [joinKey, { rows }] of this.byKey) {
      this.keys.write(writer, joinKey);
      writer.u32(rows.size);
      for (const kept of rows.values()) {
        writer.text(kept.id);
        this.store.write(writer, kept.handle);
        writer.u32(kept.times.length);
        for (const timeMs of kept.times) writer.f64(timeMs);
        writer.u32(kept.used);
        writer.f64(kept.partners);
        writer.f64(kept.writtenMs);
        // Of rows written at one time the order would not be known otherwise.
        writer.u32(places.get(kept)!);
      }
    }
  }

  restore(reader: StateReader): void {
    const all: KeptRow[] = [];
    const keys = reader.u32();
    for (let k = 0; k < keys; k++) {
      const joinKey = this.keys.read(reader);
      const group = this.groupOf(joinKey);
      const rows = reader.u32();
      for (let i = 0; i < rows; i++) {
        const id = reader.text();
        const handle = this.store.read(reader);
        const times = Array.from({ length: reader.u32() }, () => reader.f64());
        const kept = {
          joinKey,
          id,
          handle,
          times,
          used: reader.u32(),
          partners: reader.f64(),
          writtenMs: reader.f64(),
        };
        this.keys.hold(joinKey);
        group.rows.set(id, kept);
        group.count += times.length;
        this.count += times.length;
        all[reader.u32()] = kept;
      }
      this.mostInKey = Math.max(this.mostInKey, group.count);
    }
    for (const kept of all) this.byWriting.add(kept);
  }
}

function leave(used: number, count: number, fates: Fates): void {
  fates.held -= count;
  fates.used += used;
  fates.unmatched += count - used;
}
