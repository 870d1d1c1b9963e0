import type { RowKindName } from '../../stream/row-kind.ts';
import type { Reference, ReferenceRequest, ReferenceResult, ReferenceRow } from '../reference.ts';
import { passed } from '../reference.ts';
import type { WindowBound } from './bound.ts';
import type { Gathered } from '../reference-aggregates.ts';
import type { Cell, GroupKey, Setting } from './reference-cells.ts';
import { isUnusable, keysOf, resultOf, sameKey, settingOf, valuesOf } from './reference-cells.ts';
import { Holdings } from './reference-holdings.ts';
import { compareKeys } from './reference-keys.ts';

interface Entry extends Cell {
  rows: Gathered;
  /** The largest time of a record in it. */
  timestamp: number;
  panes: number;
}

/**
 * Kafka's time windows and sessions: `KStreamWindowAggregate`, `KStreamSessionWindowAggregate`, each over a store that shows
 * nothing older than its retention. Stream time is the largest time of a record with a key.
 */
export function storeReference(request: ReferenceRequest<WindowBound>): Reference {
  const setting = settingOf(request);
  return setting.bound.kind === 'session' ? new Sessions(setting) : new TimeWindows(setting);
}

/** What the processors share: who is dropped before a window is looked for, and when results are final. */
export abstract class StoreWindows implements Reference {
  protected readonly setting: Setting;
  protected readonly bound: WindowBound;
  protected readonly holdings = new Holdings();
  protected streamTime = -1;
  /** The close time of the last look for closed windows. */
  protected lastClose = -1;
  private nextEmit = 0;

  constructor(setting: Setting) {
    this.setting = setting;
    this.bound = setting.bound;
  }

  fates(): ReturnType<Reference['fates']> {
    return this.holdings.fates();
  }

  /** Time moves with records alone. */
  watermark(): readonly ReferenceResult[] {
    return [];
  }

  row(_input: number, row: ReferenceRow): readonly ReferenceResult[] {
    const { counted } = this.holdings;
    const key = keysOf(this.setting, row)[0]!;
    // RecordQueue skips negative times, the processors records without a key: neither moves stream time.
    if (isUnusable(this.setting, row) || row.ts < 0 || key.values.includes(null)) {
      counted.rejected++;
      return [passed(row, 'rejected', row.values)];
    }
    this.streamTime = Math.max(this.streamTime, row.ts);
    const { results, missed, isTaken } = this.put(row, key);
    counted.lateWindows += missed;
    if (isTaken) return results;
    counted.late++;
    return [...results, passed(row, 'late', row.values)];
  }

  protected abstract put(row: ReferenceRow, key: GroupKey): Outcome;

  /** `shouldEmitFinal`: not before the interval is over on the wall clock, and only if windows may have closed since. */
  protected mayEmit(now: number, closeTime: number): boolean {
    if (this.bound.emission !== 'on-close' || now < this.nextEmit) return false;
    this.nextEmit = now + this.bound.engine.emitIntervalMs;
    return this.lastClose === -1 || this.lastClose < closeTime;
  }

  protected result(row: ReferenceRow, entry: Entry, told: { ts: number; op?: RowKindName; rows?: Gathered }) {
    // Updates come before the window is over, its one result on close when it is.
    const timing = this.bound.emission === 'on-close' ? 1 : 0;
    const at = { seq: row.seq, phase: row.phase, timing, index: entry.panes++, ...told };
    const values = valuesOf(this.setting, told.rows ?? entry.rows);
    // A tombstone has no value.
    return resultOf(this.setting, entry, told.op === '-D' ? values.map(() => null) : values, at);
  }
}

export interface Outcome {
  readonly results: readonly ReferenceResult[];
  /** How many drops the engine counts for the record. */
  readonly missed: number;
  readonly isTaken: boolean;
}

class TimeWindows extends StoreWindows {
  private entries: Entry[] = [];
  /** The largest start of a window that was put into the store. */
  private storeTime = -1;

  protected put(row: ReferenceRow, key: GroupKey): Outcome {
    const { sizeMs: size, graceMs, emission } = this.bound;
    const advance = this.bound.kind === 'tumbling' ? size : this.bound.advanceMs;
    const closeTime = this.streamTime - graceMs;
    const results: ReferenceResult[] = [];
    let missed = 0;
    let isTaken = false;
    for (let start = firstStart(row.ts, size, advance); start <= row.ts; start += advance) {
      if (start + size <= closeTime) {
        missed++;
        continue;
      }
      isTaken = true;
      const entry = this.entry(key, start);
      const isNew = entry.rows.length === 0;
      entry.rows = [...entry.rows, row];
      entry.timestamp = Math.max(entry.timestamp, row.ts);
      this.storeTime = Math.max(this.storeTime, start);
      this.holdings.take(row, entry);
      if (emission === 'on-close') continue;
      this.holdings.show(entry);
      results.push(this.result(row, entry, { ts: entry.timestamp, op: isNew ? '+I' : '+U' }));
    }
    this.forgetLost();
    results.push(...this.closed(row, closeTime));
    return { results, missed, isTaken };
  }

  private entry(key: GroupKey, start: number): Entry {
    const found = this.entries.find((entry) => entry.start === start && sameKey(entry.key, key));
    if (found !== undefined) return found;
    const entry: Entry = { key, start, end: start + this.bound.sizeMs, rows: [], timestamp: -1, panes: 0 };
    this.entries.push(entry);
    return entry;
  }

  /**
   * Windows that the store's retention hides: no result can come of them any more. The look for closed windows sees those
   * that begin at its very end, `AbstractDualSchemaRocksDBSegmentedBytesStore.getActualFrom`; none of the others can be open.
   */
  private forgetLost(): void {
    const retention = this.bound.engine.retentionMs ?? this.bound.sizeMs + this.bound.graceMs;
    this.forget(
      this.entries.filter(({ start }) => start < this.storeTime - retention),
      'late',
    );
  }

  private closed(row: ReferenceRow, closeTime: number): readonly ReferenceResult[] {
    const due = this.entries.filter(({ end }) => end <= closeTime);
    if (this.bound.emission !== 'on-close') {
      this.forget(due, 'late');
      return [];
    }
    if (!this.mayEmit(row.at, closeTime) || closeTime < this.bound.sizeMs) return [];
    this.lastClose = closeTime;
    due.sort((a, b) => a.start - b.start || compareKeys(this.setting, a.key, b.key));
    const results = due.map((entry) => {
      this.holdings.show(entry);
      return this.result(row, entry, { ts: entry.timestamp });
    });
    this.forget(due, 'late');
    return results;
  }

  private forget(gone: readonly Entry[], unseen: 'late'): void {
    this.entries = this.entries.filter((entry) => !gone.includes(entry));
    for (const entry of gone) this.holdings.forget(entry, unseen);
  }
}

/** `TimeWindows.windowsFor`: windows begin at 0, so that the first records have fewer. */
function firstStart(ts: number, size: number, advance: number): number {
  return Math.floor(Math.max(0, ts - size + advance) / advance) * advance;
}

class Sessions extends StoreWindows {
  private entries: Entry[] = [];
  /** Those that gave their last result. A store that keeps them longer still finds them for a row that is near. */
  private readonly over = new Set<Entry>();
  /** The largest end of a session that was put into the store. */
  private storeTime = -1;

  protected put(row: ReferenceRow, key: GroupKey): Outcome {
    const { gapMs: gap, graceMs, engine, emission } = this.bound;
    const closeTime = this.streamTime - graceMs - gap;
    const retention = engine.retentionMs ?? gap + graceMs;
    const near = this.entries
      .filter((entry) => sameKey(entry.key, key) && entry.end > this.storeTime - retention)
      .filter(({ start, end }) => end >= row.ts - gap && start <= row.ts + gap)
      .sort((a, b) => a.end - b.end || a.start - b.start);
    const start = Math.min(row.ts, ...near.map((entry) => entry.start));
    const end = Math.max(row.ts, ...near.map((entry) => entry.end));
    const results: ReferenceResult[] = [];
    const isTaken = end >= closeTime;
    if (isTaken) {
      const rows = [...near.map((entry) => entry.rows), row];
      const merged: Entry = { key, start, end, rows, timestamp: end, panes: 0 };
      // A session that retention hides from the look for neighbours is overwritten by one with the same bounds.
      const hidden = this.entries.filter((entry) => !near.includes(entry) && isSameWindow(entry, merged));
      this.entries = this.entries.filter((entry) => !near.includes(entry) && !hidden.includes(entry));
      this.entries.push(merged);
      for (const entry of hidden) this.holdings.forget(entry, 'late');
      this.storeTime = Math.max(this.storeTime, end);
      this.holdings.move(near, merged);
      this.holdings.take(row, merged);
      const isSame = start === end && near.length > 0;
      const former = [...hidden, ...(isSame ? near : [])];
      for (const { panes } of former) merged.panes = panes;
      if (emission !== 'on-close') {
        this.holdings.show(merged);
        if (!isSame) for (const entry of near) results.push(this.result(row, entry, { ts: entry.end, op: '-D' }));
        results.push(this.result(row, merged, { ts: end, op: former.length > 0 ? '+U' : '+I' }));
      }
      this.dropSegments(retention);
    }
    results.push(...this.closed(row, closeTime));
    return { results, missed: isTaken ? 0 : 1, isTaken };
  }

  /** `KeyValueSegments`: with every put, whole segments of the store that retention has passed are gone. */
  private dropSegments(retention: number): void {
    const interval = Math.max(Math.floor(retention / 2), 60_000);
    const segmentOf = (time: number): number => Math.floor(time / interval);
    const gone = this.entries.filter(({ end }) => segmentOf(end) < segmentOf(this.storeTime - retention));
    this.entries = this.entries.filter((entry) => !gone.includes(entry));
    for (const entry of gone) this.holdings.forget(entry, 'late');
  }

  private closed(row: ReferenceRow, closeTime: number): readonly ReferenceResult[] {
    const due = this.entries.filter((entry) => entry.end < closeTime && !this.over.has(entry));
    const isFinal = this.bound.emission === 'on-close';
    if (isFinal && (!this.mayEmit(row.at, closeTime) || closeTime < 1)) return [];
    if (isFinal) this.lastClose = closeTime;
    due.sort((a, b) => a.end - b.end || a.start - b.start || compareKeys(this.setting, a.key, b.key));
    return due.flatMap((entry) => {
      this.over.add(entry);
      this.holdings.show(entry);
      this.holdings.forget(entry, 'late');
      return isFinal ? [this.result(row, entry, { ts: entry.end })] : [];
    });
  }
}

function isSameWindow(a: Entry, b: Entry): boolean {
  return a.start === b.start && a.end === b.end && sameKey(a.key, b.key);
}
