import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { EventTimeMs, ProcessingTimeMs } from '../../stream/time.ts';
import { TimeBuckets } from '../shared/state/time-buckets.ts';
import type { OverBound } from './bind-over.ts';
import type { FrameKey, Frames, WaitingRows } from './frames-state.ts';

/** Bytes of rows that wait together, and of a timer. */
const GROUP_BYTES = 96;
const TIMER_BYTES = 32;

/** What the keys of an over node wait for: rows for their time, and the moments when all is forgotten. */
export class FrameTimers {
  private readonly bound: OverBound;
  private readonly frames: Frames;
  private readonly isByTime: boolean;
  private readonly waiting = new TimeBuckets<WaitingRows>();
  private readonly cleanups = new TimeBuckets<FrameKey>();
  private readonly expiries = new TimeBuckets<FrameKey>();

  constructor(bound: OverBound, frames: Frames) {
    this.bound = bound;
    this.frames = frames;
    this.isByTime = bound.orderBy === 'event-time';
  }

  /** A row waits for its time, which is event time, or the processing time at which it came. */
  wait(key: FrameKey, timeMs: number, row: WaitingRows['rows'][number]): void {
    this.groupAt(key, timeMs).rows.push(row);
    if (this.bound.frame === 'range') this.askForCleanup(key, timeMs);
  }

  private groupAt(key: FrameKey, timeMs: number): WaitingRows {
    const known = key.waitingAt.get(timeMs);
    if (known !== undefined) return known;
    const group: WaitingRows = { key, timeMs, rows: [] };
    key.waitingAt.set(timeMs, group);
    // ProcTimeRangeBoundedPrecedingFunction.processElement: the timer is 1 ms later
    this.waiting.add(this.isByTime ? timeMs : timeMs + 1, group);
    return group;
  }

  // RowTimeRangeBoundedPrecedingFunction.registerCleanupTimer: the timers of before are left as they are
  private askForCleanup(key: FrameKey, timeMs: number): void {
    const { precedingMs } = this.bound;
    const askedFor = key.cleanups.at(-1);
    if (askedFor !== undefined && askedFor >= timeMs + precedingMs + 1) return;
    const cleanupMs = timeMs + Math.floor(precedingMs * 1.5) + 1;
    key.cleanups.push(cleanupMs);
    this.cleanups.add(cleanupMs, key);
  }

  /** The rows that wait for the earliest time, if that is at or before `untilMs`; null where none do. */
  takeRows(untilMs: number): readonly WaitingRows[] | null {
    if (!(this.waiting.firstTimeMs <= untilMs) || this.waiting.size === 0) return null;
    const groups = this.waiting.takeFirst();
    for (const { key, timeMs } of groups) key.waitingAt.delete(timeMs);
    return groups;
  }

  /** The keys that forget all by `untilMs`, and before the next row of that time. */
  takeCleanups(untilMs: number): readonly FrameKey[] {
    const gone: FrameKey[] = [];
    while (this.cleanups.size > 0) {
      const timeMs = this.cleanups.firstTimeMs;
      if (timeMs > untilMs || timeMs >= this.waiting.firstTimeMs) break;
      for (const key of this.cleanups.takeFirst()) {
        key.cleanups.shift();
        if (key.cleanups.length === 0) gone.push(key);
        else key.firedMs = timeMs;
      }
    }
    return gone;
  }

  // KeyedProcessFunctionWithCleanupState.registerProcessingCleanupTimer
  touch(key: FrameKey, nowMs: ProcessingTimeMs): void {
    const { ttlMs } = this.bound;
    if (ttlMs === 0 || nowMs + ttlMs <= key.expiresAtMs) return;
    if (!Number.isNaN(key.expiresAtMs)) this.expiries.remove(key.expiresAtMs, key);
    key.expiresAtMs = nowMs + Math.floor(ttlMs * 1.5);
    this.expiries.add(key.expiresAtMs, key);
  }

  /** The keys whose time to live is over at `nowMs`; one that rows wait for gets a new one instead. */
  takeExpired(nowMs: ProcessingTimeMs): readonly FrameKey[] {
    const gone: FrameKey[] = [];
    while (this.expiries.size > 0 && this.expiries.firstTimeMs <= nowMs) {
      for (const key of this.expiries.takeFirst()) {
        key.expiresAtMs = Number.NaN;
        if (key.waitingAt.size === 0) gone.push(key);
        else this.touch(key, nowMs);
      }
    }
    return gone;
  }

  /** When the last row that waits comes out; -∞ when none does. */
  get lastDueMs(): number {
    let lastMs = -Infinity;
    for (const { timeMs } of this.waiting) lastMs = Math.max(lastMs, this.isByTime ? timeMs : timeMs + 1);
    return lastMs;
  }

  get bytes(): number {
    return this.waiting.size * GROUP_BYTES + (this.cleanups.size + this.expiries.size) * TIMER_BYTES;
  }

  snapshot(writer: StateWriter): void {
    const places = new Map<FrameKey, number>();
    for (const key of this.frames.all) places.set(key, places.size);
    const groups = [...this.waiting].sort((a, b) => a.timeMs - b.timeMs);
    writer.u32(groups.length);
    for (const { key, timeMs, rows } of groups) {
      writer.u32(places.get(key)!);
      writer.f64(timeMs);
      writer.u32(rows.length);
      for (const { handle, eventMs } of rows) {
        this.frames.rows.write(writer, handle);
        writer.f64(eventMs);
      }
    }
  }

  /** `keys` as `Frames.restore` gave them. */
  restore(reader: StateReader, keys: readonly FrameKey[]): void {
    const groups = reader.u32();
    for (let g = 0; g < groups; g++) {
      const group = this.groupAt(keys[reader.u32()]!, reader.f64());
      const rows = reader.u32();
      for (let r = 0; r < rows; r++) {
        const handle = this.frames.rows.read(reader);
        const eventMs: EventTimeMs = reader.f64();
        group.rows.push({ handle, eventMs });
      }
    }
    for (const key of keys) {
      for (const timeMs of key.cleanups) this.cleanups.add(timeMs, key);
      if (!Number.isNaN(key.expiresAtMs)) this.expiries.add(key.expiresAtMs, key);
    }
  }
}
