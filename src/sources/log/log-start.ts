import { assert } from '../../stream/assert.ts';
import type { LogSlice } from '../../stream/log-slice.ts';
import { ENTRY_CLOCK, ENTRY_CONTROL, ENTRY_END, ENTRY_ROW, ENTRY_SKIPPED } from '../../stream/log-slice.ts';
import type { EventTimeMs } from '../../stream/time.ts';
import { cutSlice } from './cut-slice.ts';

/**
 * From where a reader reads a log. Each partition of each source is read from its first row on whose event time is at least
 * `tsMs` (null: from none of them), and from entry `seq` on at the latest.
 *
 * With a time it is the rule of Kafka's `offsetsForTimes` (`ListOffsets`) by partition: the first record with a timestamp of
 * at least the one asked for, whatever comes behind it; `seq` is then the end that the log had when it was asked, from where
 * a partition without such a record is read (as Flink's `OffsetsInitializer.timestamp` does).
 */
export interface ReadFrom {
  readonly seq: number;
  readonly tsMs: EventTimeMs | null;
}

/** Where a partition is read from. */
export interface PartitionStart {
  readonly source: number;
  readonly partition: number;
  readonly seq: number;
}

/**
 * Leaves out what comes before a reader's start. Ends of sources and controls always count: a source that has ended has
 * ended for everyone. A watermark or status counts once its partition has begun, the clock once any has.
 */
export class LogStart {
  readonly from: ReadFrom;
  private readonly begun = new Map<string, PartitionStart>();
  private firstBegun = Infinity;
  private scanned = 0;
  private before: readonly number[] | null = null;
  private isBeforeKnown = false;

  constructor(from: ReadFrom) {
    this.from = from;
  }

  /** Partitions that began by their event time, as far as the log was gone through. */
  get starts(): readonly PartitionStart[] {
    return [...this.begun.values()];
  }

  /** The first entry that is read, once the log was gone through up to there; ends and controls apart. */
  get firstSeq(): number {
    return Math.min(this.firstBegun, this.from.seq);
  }

  /** The first entries of a slice that are read, or left out, together. Slices come in any order, but no part is new out of turn. */
  firstOf(slice: LogSlice): LogSlice {
    assert(slice.firstSeq <= this.scanned || slice.firstSeq >= this.from.seq, 'a log is gone through in its order');
    const reads = this.readsAll(slice);
    let to = 1;
    while (to < reads.length && reads[to] === reads[0]) to++;
    this.scanned = Math.max(this.scanned, slice.firstSeq + to);
    const stretch = cutSlice(slice, 0, to);
    return reads[0] === 1 ? stretch : skipped(stretch);
  }

  /** `counts`: records that each source had rejected by the end of `slice`, of which this is said before it is cut. */
  noteRejects(slice: LogSlice, counts: readonly number[]): void {
    this.isBeforeKnown ||= slice.firstSeq > this.firstSeq;
    if (!this.isBeforeKnown && this.from.seq > 0) this.before = counts;
  }

  /** How many of the records that a source rejected came before the start, as far as one can say: they have no offset. */
  rejectedBefore(source: number): number {
    return this.before?.[source] ?? 0;
  }

  /** 1 for each entry of the slice, from its first on, that is read. */
  private readsAll(slice: LogSlice): Uint8Array {
    const { firstSeq, length } = slice;
    const reads = new Uint8Array(length).fill(1);
    if (firstSeq >= this.from.seq) return reads;
    const times = this.from.tsMs === null ? null : timesOf(slice);
    for (let i = 0; i < length && firstSeq + i < this.from.seq; i++) reads[i] = this.reads(slice, i, times) ? 1 : 0;
    return reads;
  }

  private reads(
    { kinds, onlyRows, firstSeq, source, partition }: LogSlice,
    i: number,
    times: Float64Array | null,
  ): boolean {
    const kind = onlyRows === true ? ENTRY_ROW : kinds[i];
    if (kind === ENTRY_END || kind === ENTRY_CONTROL) return true;
    const { tsMs } = this.from;
    if (times === null || tsMs === null) return false;
    const seq = firstSeq + i;
    if (kind === ENTRY_CLOCK) return this.firstBegun <= seq;
    const place = { source: source[i] ?? 0, partition: partition?.[i] ?? 0, seq };
    const name = `${String(place.source)} ${String(place.partition)}`;
    const begun = this.begun.get(name);
    if (begun !== undefined) return begun.seq <= seq;
    if (kind !== ENTRY_ROW || !((times[i] ?? Number.NaN) >= tsMs)) return false;
    this.begun.set(name, place);
    this.firstBegun = Math.min(this.firstBegun, seq);
    return true;
  }
}

/** Event times by entry, NaN where there is none. */
function timesOf({ firstSeq, length, rows }: LogSlice): Float64Array {
  const times = new Float64Array(length).fill(Number.NaN);
  for (const batch of rows)
    for (let row = 0; row < (batch?.length ?? 0); row++)
      times[(batch?.seq[row] ?? firstSeq) - firstSeq] = batch?.ts[row] ?? Number.NaN;
  return times;
}

function skipped(slice: LogSlice): LogSlice {
  const { firstSeq, length, at, source, payload } = slice;
  const kinds = new Uint8Array(length).fill(ENTRY_SKIPPED);
  return { firstSeq, length, kinds, at, source, partition: null, payload, rows: slice.rows.map(() => null) };
}
