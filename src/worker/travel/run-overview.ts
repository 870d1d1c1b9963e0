import type { LogSlice } from '../../stream/log-slice.ts';
import type { DurationMs, ProcessingTimeMs } from '../../stream/time.ts';
import type { Overview } from '../travel-protocol.ts';

/** Most intervals that are told apart. */
const INTERVALS = 480;
const FIRST_INTERVAL_MS = 10;

interface Counts {
  firstSeq: number;
  rows: number;
  drops: number;
}

/** From the first entry on. */
export type Total = Pick<Counts, 'rows' | 'drops'>;

/**
 * All that a run has come to so far, also where it went back since: rows that came and rows that were dropped, by
 * processing time. Intervals double when there are too many.
 */
export class RunOverview {
  private counts = new Map<number, Counts>();
  private intervalMs: DurationMs = FIRST_INTERVAL_MS;
  private firstMs: ProcessingTimeMs | null = null;
  private lastMs: ProcessingTimeMs = 0;
  private seq = 0;
  /** Whether nothing comes behind what was taken. */
  isWhole = false;
  private slice: LogSlice | null = null;

  /** Entries of the log that the run has come to. */
  get reached(): number {
    return this.seq;
  }

  /** Processing time of the last of them; null before the first. */
  get reachedMs(): ProcessingTimeMs | null {
    return this.firstMs === null ? null : this.lastMs;
  }

  /** A slice is taken; one that was taken before is not counted again. */
  begin(slice: LogSlice): void {
    const fresh = Math.max(0, this.seq - slice.firstSeq);
    this.slice = fresh < slice.length ? slice : null;
    if (this.slice === null) return;
    this.firstMs ??= slice.at[0] ?? 0;
    this.lastMs = slice.at[slice.length - 1] ?? this.lastMs;
    for (let i = fresh; i < slice.length; i++)
      if (slice.kinds[i] === 0) this.at(slice.at[i] ?? 0, slice.firstSeq + i).rows++;
    this.seenBefore = this.seq;
    this.seq = slice.firstSeq + slice.length;
    while (this.counts.size > INTERVALS) this.widen();
  }

  private seenBefore = 0;

  /** A row of entry `seq` was dropped. */
  dropped(seq: number): void {
    if (this.slice === null || seq < this.seenBefore) return;
    this.at(this.slice.at[seq - this.slice.firstSeq] ?? this.lastMs, seq).drops++;
  }

  /** The log ends behind what was taken. */
  end(): void {
    this.isWhole = true;
  }

  /**
   * Forgets all from an entry on: the log goes on in another way. `atMs` is the time of the entry before it, `total` what
   * came and was dropped up to there: in the interval in which that lies it is what the ones before have not.
   */
  forgetFrom(seq: number, atMs: ProcessingTimeMs, total: Total): void {
    this.isWhole = false;
    if (seq >= this.seq) return;
    const last = Math.floor(atMs / this.intervalMs);
    let { rows, drops } = total;
    for (const [interval, counts] of this.counts) {
      if (interval > last) this.counts.delete(interval);
      if (interval >= last) continue;
      rows -= counts.rows;
      drops -= counts.drops;
    }
    const cut = this.counts.get(last);
    if (cut !== undefined) {
      // Of a graph that was edited before, other rows may have been dropped.
      cut.rows = Math.max(0, Math.min(cut.rows, rows));
      cut.drops = Math.max(0, Math.min(cut.drops, drops));
      if (cut.rows + cut.drops === 0) this.counts.delete(last);
    }
    this.seq = seq;
    this.lastMs = atMs;
  }

  overview(): Overview | null {
    if (this.firstMs === null) return null;
    const intervals = [...this.counts].sort((a, b) => a[0] - b[0]);
    return {
      seq: this.seq,
      isWhole: this.isWhole,
      fromMs: this.firstMs,
      toMs: this.lastMs,
      intervalMs: this.intervalMs,
      atMs: Float64Array.from(intervals, ([interval]) => interval * this.intervalMs),
      firstSeq: Float64Array.from(intervals, ([, { firstSeq }]) => firstSeq),
      rows: Float64Array.from(intervals, ([, { rows }]) => rows),
      drops: Float64Array.from(intervals, ([, { drops }]) => drops),
    };
  }

  private at(atMs: ProcessingTimeMs, seq: number): Counts {
    const interval = Math.floor(atMs / this.intervalMs);
    let counts = this.counts.get(interval);
    if (counts === undefined) this.counts.set(interval, (counts = { firstSeq: seq, rows: 0, drops: 0 }));
    return counts;
  }

  private widen(): void {
    const wider = new Map<number, Counts>();
    for (const [interval, { firstSeq, rows, drops }] of this.counts) {
      const half = Math.floor(interval / 2);
      const counts = wider.get(half) ?? { firstSeq, rows: 0, drops: 0 };
      wider.set(half, {
        firstSeq: Math.min(counts.firstSeq, firstSeq),
        rows: counts.rows + rows,
        drops: counts.drops + drops,
      });
    }
    this.counts = wider;
    this.intervalMs *= 2;
  }
}
