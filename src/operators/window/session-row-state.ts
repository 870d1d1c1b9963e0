import type { Column } from '../../stream/column.ts';
import type { ColumnBuilder } from '../../stream/column-builder.ts';
import type { RowKind } from '../../stream/row-kind.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { EventTimeMs, WatermarkMs, Window } from '../../stream/time.ts';
import type { Field, Schema } from '../../stream/types.ts';
import type { WindowRules } from '../dialects/dialect.ts';
import { KeyTable } from '../shared/state/key-table.ts';
import { RowStore } from '../shared/state/row-store.ts';
import { TimerHeap } from '../shared/state/timer-heap.ts';
import { coverOf, sessionsMeet } from '../shared/windows/merge-sessions.ts';

/** A row that waits for its session to close. `arrival` counts the rows that were taken before it. */
interface WaitingRow {
  readonly handle: number;
  readonly arrival: number;
  readonly kind: RowKind;
}

/** An open session of one key; its rows in order of arrival. */
export interface RowSession {
  readonly key: number;
  startMs: EventTimeMs;
  endMs: EventTimeMs;
  rows: WaitingRow[];
}

/** What of a dialect's window rules sessions ask. */
type SessionRules = Pick<WindowRules, 'fireAt' | 'touchingSessionsMerge'>;

const SESSION_BYTES = 96;
const ROW_BYTES = 32;

/** The open sessions of each key with all their rows. Sessions of one key never meet. */
export class SessionRowState {
  readonly keys: KeyTable;
  private readonly store: RowStore;
  private readonly sessions = new Map<number, RowSession[]>();
  /** When sessions end, and the keys that had them; some may have moved on since. */
  private readonly ends = new TimerHeap();
  private readonly rules: SessionRules;
  private openSessions = 0;
  private arrivals = 0;

  constructor(schema: Schema, keyFields: readonly Field[], rules: SessionRules) {
    this.keys = new KeyTable(keyFields);
    this.store = new RowStore(schema);
    this.rules = rules;
  }

  /** No session ends before this watermark, or time of the clock; +∞ where there is none. */
  get nextEndAt(): number {
    return this.ends.firstTime;
  }

  /** When the last session ends, likewise; -∞ where there is none. */
  get lastEndAt(): number {
    let last = -Infinity;
    for (const sessions of this.sessions.values())
      for (const { endMs } of sessions) last = Math.max(last, this.rules.fireAt(endMs));
    return last;
  }

  /** What a row's own session grows to when it merges with those that are open. */
  grown(key: number, own: Window): Window {
    return this.metBy(key, own).reduce<Window>(coverOf, own);
  }

  private metBy(key: number, window: Window): readonly RowSession[] {
    const { touchingSessionsMerge } = this.rules;
    return (this.sessions.get(key) ?? []).filter((session) => sessionsMeet(session, window, touchingSessionsMerge));
  }

  /** Puts a row into a session that takes in all that `own`, the row's own session, meets. */
  add(key: number, own: Window, { columns, row, kind }: NewRow): void {
    const { startMs, endMs } = this.grown(key, own);
    const [first, ...others] = this.metBy(key, own);
    const session = first ?? this.open({ key, startMs, endMs, rows: [] });
    for (const other of others) {
      session.rows = session.rows.concat(other.rows);
      this.forget(other);
    }
    if (others.length > 0) session.rows.sort((a, b) => a.arrival - b.arrival);
    session.rows.push({ handle: this.store.put(columns, row), arrival: this.arrivals++, kind });
    if (session.endMs !== endMs) this.ends.push(this.rules.fireAt(endMs), key);
    session.startMs = startMs;
    session.endMs = endMs;
  }

  private open(session: RowSession): RowSession {
    const { key, endMs } = session;
    const others = this.sessions.get(key);
    if (others === undefined) this.sessions.set(key, [session]);
    else others.push(session);
    this.keys.hold(key);
    this.ends.push(this.rules.fireAt(endMs), key);
    this.openSessions++;
    return session;
  }

  private forget(session: RowSession): void {
    const { key } = session;
    const others = this.sessions.get(key)!;
    if (others.length === 1) this.sessions.delete(key);
    else others.splice(others.indexOf(session), 1);
    this.keys.release(key);
    this.openSessions--;
  }

  /** The sessions that have ended at `watermark`, by end, start and first arrival. */
  endedAt(watermark: WatermarkMs): readonly RowSession[] {
    const ended = new Set<RowSession>();
    while (this.ends.size > 0 && this.ends.firstTime <= watermark) {
      const key = this.ends.pop();
      for (const session of this.sessions.get(key) ?? [])
        if (this.rules.fireAt(session.endMs) <= watermark) ended.add(session);
    }
    return [...ended].sort(inOrder);
  }

  /** Ends a session's state. */
  close(session: RowSession): void {
    for (const { handle } of session.rows) this.store.release(handle);
    this.forget(session);
  }

  appendRow(handle: number, builders: readonly ColumnBuilder[]): void {
    this.store.appendTo(builders, 0, handle);
  }

  all(): Iterable<RowSession> {
    return [...this.sessions.values()].flat();
  }

  get size(): number {
    return this.openSessions;
  }

  /** The watermark, or time of the clock, that ends a session. */
  endsAt({ endMs }: RowSession): WatermarkMs {
    return this.rules.fireAt(endMs);
  }

  get rows(): number {
    return this.store.rows;
  }

  get bytes(): number {
    const { store, keys, openSessions } = this;
    return store.bytes + store.rows * ROW_BYTES + keys.textBytes + openSessions * SESSION_BYTES;
  }

  snapshot(writer: StateWriter): void {
    const sessions = [...this.sessions.values()].flat().sort(inOrder);
    writer.f64(this.arrivals);
    writer.u32(sessions.length);
    for (const { startMs, endMs, key, rows } of sessions) {
      writer.f64(startMs);
      writer.f64(endMs);
      this.keys.write(writer, key);
      writer.u32(rows.length);
      for (const { handle, arrival, kind } of rows) {
        writer.f64(arrival);
        writer.u8(kind);
        this.store.write(writer, handle);
      }
    }
  }

  restore(reader: StateReader): void {
    this.arrivals = reader.f64();
    const sessions = reader.u32();
    for (let s = 0; s < sessions; s++) {
      const startMs = reader.f64();
      const endMs = reader.f64();
      const key = this.keys.read(reader);
      const rows: WaitingRow[] = [];
      for (let left = reader.u32(); left > 0; left--) {
        const arrival = reader.f64();
        const kind = reader.u8() as RowKind;
        rows.push({ arrival, kind, handle: this.store.read(reader) });
      }
      this.open({ startMs, endMs, key, rows });
    }
  }
}

interface NewRow {
  readonly columns: readonly Column[];
  readonly row: number;
  readonly kind: RowKind;
}

/** By end, start, first arrival. */
export function inOrder(a: RowSession, b: RowSession): number {
  return a.endMs - b.endMs || a.startMs - b.startMs || a.rows[0]!.arrival - b.rows[0]!.arrival;
}
