import type { DurationMs, ProcessingTimeMs } from '../../stream/time.ts';
import type { SpanFigures } from '../chart-protocol.ts';

/** Most intervals that are told apart. */
export const SPAN_POINTS = 240;

/** Columns of an interval: its number on the grid, and its figures. */
const [INDEX, LEAST, MOST, SUM, COUNT, WIDTH] = [0, 1, 2, 3, 4, 5] as const;

/**
 * The least, the greatest and the sum of figures in each interval of processing time. Intervals lie on the grid of their
 * length, which doubles when there are too many. Figures come in order of time.
 */
export class SpanSeries {
  private intervalMs: DurationMs = 1;
  private length = 0;
  /** Interval by interval. */
  private readonly spans = new Float64Array((SPAN_POINTS + 1) * WIDTH);

  add(atMs: ProcessingTimeMs, value: number): void {
    const { spans } = this;
    const index = Math.floor(atMs / this.intervalMs);
    const last = (this.length - 1) * WIDTH;
    if (last >= 0 && index <= this.at(last + INDEX)) {
      if (value < this.at(last + LEAST)) spans[last + LEAST] = value;
      if (value > this.at(last + MOST)) spans[last + MOST] = value;
      spans[last + SUM] = this.at(last + SUM) + value;
      spans[last + COUNT] = this.at(last + COUNT) + 1;
      return;
    }
    spans.set([index, value, value, value, 1], this.length++ * WIDTH);
    while (this.length > SPAN_POINTS) this.widen();
  }

  /** In arrays of their own; intervals without a figure are left out. */
  figures(): SpanFigures {
    return {
      intervalMs: this.intervalMs,
      atMs: this.column(INDEX).map((index) => index * this.intervalMs),
      least: this.column(LEAST),
      most: this.column(MOST),
      sum: this.column(SUM),
      counts: this.column(COUNT),
    };
  }

  private at(place: number): number {
    return this.spans[place] ?? Number.NaN;
  }

  private column(column: number): Float64Array {
    return Float64Array.from({ length: this.length }, (_, i) => this.at(i * WIDTH + column));
  }

  private widen(): void {
    const { spans } = this;
    this.intervalMs *= 2;
    let kept = -WIDTH;
    for (let span = 0; span < this.length * WIDTH; span += WIDTH) {
      const index = Math.floor(this.at(span + INDEX) / 2);
      if (kept >= 0 && this.at(kept + INDEX) === index) {
        spans[kept + LEAST] = Math.min(this.at(kept + LEAST), this.at(span + LEAST));
        spans[kept + MOST] = Math.max(this.at(kept + MOST), this.at(span + MOST));
        spans[kept + SUM] = this.at(kept + SUM) + this.at(span + SUM);
        spans[kept + COUNT] = this.at(kept + COUNT) + this.at(span + COUNT);
        continue;
      }
      kept += WIDTH;
      spans.copyWithin(kept, span, span + WIDTH);
      spans[kept + INDEX] = index;
    }
    this.length = kept / WIDTH + 1;
  }
}
