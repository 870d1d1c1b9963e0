import type { DurationMs } from '../../stream/time.ts';
import type { SourceChunk } from '../source-reader.ts';

/** How late the first events of a source come, as its reader makes them. */
export interface DelayPicture {
  readonly rows: number;
  readonly p50Ms: DurationMs;
  readonly p95Ms: DurationMs;
  readonly p99Ms: DurationMs;
  readonly maxMs: DurationMs;
  /** Rows that arrive before the time they carry. */
  readonly early: number;
  /** Rows with a delay of more than the watermark's. */
  readonly beyond: number;
  /** Rows that come when the watermark has passed them; null where it does not go by the newest event. */
  readonly late: number | null;
  readonly bins: readonly DelayBin[];
  readonly partitions: readonly PartitionPicture[];
}

/** Rows with a delay of [fromMs, toMs). */
export interface DelayBin {
  readonly fromMs: DurationMs;
  readonly toMs: DurationMs;
  readonly rows: number;
}

export interface PartitionPicture {
  readonly rows: number;
  /** The longest stretch of processing time without a row between the source's first and last. */
  readonly silentMs: DurationMs;
}

interface PictureOptions {
  readonly partitions: number;
  readonly delayMs: DurationMs;
  /** Whether each event moves the watermark of its partition. */
  readonly isPerEvent: boolean;
}

/** The tenth root of ten: ten bins a decade. */
const BIN_RATIO = 1.2589254117941673;

/** Takes the rows of a source as they arrive. */
export class DelaySampler {
  private readonly options: PictureOptions;
  private readonly delays: number[] = [];
  private readonly newest: Float64Array;
  private readonly rows: Float64Array;
  private readonly lastAt: Float64Array;
  private readonly silent: Float64Array;
  private firstAtMs = 0;
  private atMs = 0;
  private late = 0;

  constructor(options: PictureOptions) {
    this.options = options;
    this.newest = new Float64Array(options.partitions).fill(-Infinity);
    this.rows = new Float64Array(options.partitions);
    this.lastAt = new Float64Array(options.partitions).fill(-Infinity);
    this.silent = new Float64Array(options.partitions);
  }

  add({ length, ts, at, partition }: SourceChunk): void {
    for (let row = 0; row < length; row++) {
      this.addRow(ts[row] ?? 0, at[row] ?? 0, partition?.[row] ?? 0);
    }
  }

  private addRow(tsMs: number, atMs: number, partition: number): void {
    const { newest, rows, lastAt, silent, options } = this;
    if (this.delays.length === 0) this.firstAtMs = atMs;
    this.atMs = atMs;
    this.delays.push(atMs - tsMs);
    // A partition's watermark is 1 ms less than the newest event less the delay; the source's is the least of them.
    if (tsMs < leastOf(newest) - options.delayMs) this.late++;
    newest[partition] = Math.max(newest[partition] ?? 0, tsMs);
    rows[partition] = (rows[partition] ?? 0) + 1;
    const beforeMs = Math.max(lastAt[partition] ?? 0, this.firstAtMs);
    silent[partition] = Math.max(silent[partition] ?? 0, atMs - beforeMs);
    lastAt[partition] = atMs;
  }

  picture(): DelayPicture {
    const { options } = this;
    const sorted = Float64Array.from(this.delays).sort();
    const rows = sorted.length;
    const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * rows) - 1)] ?? 0;
    return {
      rows,
      p50Ms: at(0.5),
      p95Ms: at(0.95),
      p99Ms: at(0.99),
      maxMs: at(1),
      early: countBelow(sorted, 0),
      beyond: rows - countBelow(sorted, options.delayMs + 1),
      late: options.isPerEvent ? this.late : null,
      bins: binsOf(sorted),
      partitions: Array.from(this.rows, (count, i) => {
        const lastMs = Math.max(this.lastAt[i] ?? 0, this.firstAtMs);
        return { rows: count, silentMs: Math.max(this.silent[i] ?? 0, this.atMs - lastMs) };
      }),
    };
  }
}

function leastOf(times: Float64Array): number {
  let least = Infinity;
  for (const time of times) if (time < least) least = time;
  return least;
}

function countBelow(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** From 1 ms on ten a decade, before it one for what comes at once, or earlier. */
function binsOf(sorted: Float64Array): readonly DelayBin[] {
  const maxMs = sorted[sorted.length - 1] ?? 0;
  const bins: DelayBin[] = [];
  let fromMs = 0;
  let before = 0;
  for (let toMs = 1; fromMs <= maxMs; toMs *= BIN_RATIO) {
    const below = countBelow(sorted, toMs);
    bins.push({ fromMs, toMs, rows: below - before });
    before = below;
    fromMs = toMs;
  }
  return bins;
}
