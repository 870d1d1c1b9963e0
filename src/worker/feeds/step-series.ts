import type { ClockSeries } from '../chart-protocol.ts';

/** Most points that a series keeps and hands out. */
export const SERIES_POINTS = 240;

/**
 * Values of the two clocks after entry `i` of a round. NaN, and -∞ of the watermark: not yet. A watermark of +∞, the end of
 * time, is drawn where it stood before, and ends the series.
 */
export interface ClockReading {
  readonly length: number;
  /** Processing time of each entry; never goes back. */
  readonly atMs: Float64Array;
  readonly maxEventTimeMs: Float64Array;
  readonly watermarkMs: Float64Array;
}

/**
 * Samples two step functions of processing time. A point is exact at its own time; what changed between two points
 * shows at the later one. Points are at least `spacing` apart, which grows so that `SERIES_POINTS` are enough.
 *
 * `whole` keeps the run from its start and halves its resolution when it is full. Otherwise the oldest points go, and
 * the spacing follows `12 ×` the distance between the clock and the watermark, at least a minute.
 */
export class StepSeries {
  private readonly at = new Float64Array(SERIES_POINTS);
  private readonly max = new Float64Array(SERIES_POINTS);
  private readonly mark = new Float64Array(SERIES_POINTS);
  private readonly whole: boolean;
  private length = 0;
  private spacingMs = 0;
  private hasEnded = false;
  /** Where the clocks stand, kept beside the points: the newest one is always handed out. */
  private last: { atMs: number; maxEventTimeMs: number; watermarkMs: number } | null = null;

  constructor(whole: boolean) {
    this.whole = whole;
  }

  append(reading: ClockReading): void {
    if (this.hasEnded) return;
    const { atMs } = reading;
    const length = this.lengthUntilEnd(reading);
    let i = 0;
    // A time that goes on from the round before is one point.
    if (length > 0 && this.length > 0 && atMs[0] === this.at[this.length - 1]) {
      const next = lastAt(atMs, 0, length);
      this.push(atMs[next] ?? 0, reading.maxEventTimeMs[next] ?? Number.NaN, this.drawable(reading, next));
      i = next + 1;
    }
    while (i < length) {
      const due = this.length === 0 ? -Infinity : (this.at[this.length - 1] ?? 0) + this.spacingMs;
      i = firstAtLeast(atMs, i, length, due);
      if (i === length) break;
      // Of entries at one time only the last shows: the clocks stand there when the time has passed.
      const next = lastAt(atMs, i, length);
      this.push(atMs[next] ?? 0, reading.maxEventTimeMs[next] ?? Number.NaN, this.drawable(reading, next));
      i = next + 1;
    }
    const end = length - 1;
    if (end >= 0) {
      this.last = {
        atMs: atMs[end] ?? 0,
        maxEventTimeMs: reading.maxEventTimeMs[end] ?? Number.NaN,
        watermarkMs: this.drawable(reading, end),
      };
    }
  }

  /** The points in arrays of their own. */
  points(): ClockSeries {
    const last = this.last;
    const kept = this.length;
    const isLastKept = last === null || (kept > 0 && (this.at[kept - 1] ?? 0) >= last.atMs);
    // Where there is no room for the newest it takes the place of the one before it, or the oldest goes.
    const isFull = !isLastKept && kept === SERIES_POINTS;
    const from = isFull && !this.whole ? 1 : 0;
    const to = isFull && this.whole ? kept - 1 : kept;
    const size = to - from + (isLastKept ? 0 : 1);
    const series = {
      spacingMs: this.spacingMs,
      atMs: new Float64Array(size),
      maxEventTimeMs: new Float64Array(size),
      watermarkMs: new Float64Array(size),
    };
    series.atMs.set(this.at.subarray(from, to));
    series.maxEventTimeMs.set(this.max.subarray(from, to));
    series.watermarkMs.set(this.mark.subarray(from, to));
    if (last !== null && size > 0) {
      series.atMs[size - 1] = last.atMs;
      series.maxEventTimeMs[size - 1] = last.maxEventTimeMs;
      series.watermarkMs[size - 1] = last.watermarkMs;
    }
    return series;
  }

  private push(atMs: number, maxEventTimeMs: number, watermarkMs: number): void {
    const previous = this.length - 1;
    if (previous >= 0 && (this.at[previous] ?? 0) >= atMs) this.write(previous, atMs, maxEventTimeMs, watermarkMs);
    else {
      if (this.length === SERIES_POINTS) this.makeRoom();
      this.write(this.length++, atMs, maxEventTimeMs, watermarkMs);
    }
    if (!this.whole) {
      const behindMs = Number.isNaN(watermarkMs) ? 0 : atMs - watermarkMs;
      this.spacingMs = Math.max(60_000, 12 * Math.abs(behindMs)) / SERIES_POINTS;
    }
  }

  /** Once event time is over nothing moves any more: only the entry that ended it is still drawn. */
  private lengthUntilEnd({ length, watermarkMs }: ClockReading): number {
    if (length === 0 || watermarkMs[length - 1] !== Infinity) return length;
    this.hasEnded = true;
    return firstAtLeast(watermarkMs, 0, length, Infinity) + 1;
  }

  private drawable({ watermarkMs }: ClockReading, entry: number): number {
    let i = entry;
    while (i >= 0 && watermarkMs[i] === Infinity) i--;
    const finite = i < 0 ? (this.last?.watermarkMs ?? Number.NaN) : (watermarkMs[i] ?? Number.NaN);
    return Number.isFinite(finite) ? finite : Number.NaN;
  }

  private write(i: number, atMs: number, maxEventTimeMs: number, watermarkMs: number): void {
    this.at[i] = atMs;
    this.max[i] = maxEventTimeMs;
    this.mark[i] = watermarkMs;
  }

  private makeRoom(): void {
    if (!this.whole) {
      const gone = SERIES_POINTS / 4;
      for (const values of [this.at, this.max, this.mark]) values.copyWithin(0, gone);
      this.length -= gone;
      return;
    }
    const spanMs = (this.at[this.length - 1] ?? 0) - (this.at[0] ?? 0);
    this.spacingMs = Math.max(2 * this.spacingMs, (2 * spanMs) / SERIES_POINTS);
    let kept = 0;
    let dueMs = -Infinity;
    for (let i = 0; i < this.length; i++) {
      const atMs = this.at[i] ?? 0;
      if (atMs < dueMs) continue;
      this.write(kept++, atMs, this.max[i] ?? Number.NaN, this.mark[i] ?? Number.NaN);
      dueMs = atMs + this.spacingMs;
    }
    this.length = kept;
  }
}

/** First index in [from, to) whose value is at least `bound`; `to` when none is. Values ascend. */
function firstAtLeast(values: Float64Array, from: number, to: number, bound: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

function lastAt(values: Float64Array, from: number, to: number): number {
  let i = from;
  while (i + 1 < to && values[i + 1] === values[from]) i++;
  return i;
}
