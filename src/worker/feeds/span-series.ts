import type { DurationMs, ProcessingTimeMs } from '../../stream/time.ts';
import type { SpanFigures } from '../chart-protocol.ts';

/** Most intervals that are told apart. */
export const SPAN_POINTS = 240;

interface Span {
  index: number;
  least: number;
  most: number;
  sum: number;
  count: number;
}

/**
 * The least, the greatest and the sum of figures in each interval of processing time. Intervals lie on the grid of their
 * length, which doubles when there are too many. Figures come in order of time.
 */
export class SpanSeries {
  private intervalMs: DurationMs = 1;
  private spans: Span[] = [];

  add(atMs: ProcessingTimeMs, value: number): void {
    const index = Math.floor(atMs / this.intervalMs);
    const last = this.spans.at(-1);
    if (last !== undefined && index <= last.index) {
      join(last, { index, least: value, most: value, sum: value, count: 1 });
      return;
    }
    this.spans.push({ index, least: value, most: value, sum: value, count: 1 });
    while (this.spans.length > SPAN_POINTS) this.widen();
  }

  /** In arrays of their own; intervals without a figure are left out. */
  figures(): SpanFigures {
    const { intervalMs, spans } = this;
    return {
      intervalMs,
      atMs: Float64Array.from(spans, ({ index }) => index * intervalMs),
      least: Float64Array.from(spans, ({ least }) => least),
      most: Float64Array.from(spans, ({ most }) => most),
      sum: Float64Array.from(spans, ({ sum }) => sum),
      counts: Float64Array.from(spans, ({ count }) => count),
    };
  }

  private widen(): void {
    this.intervalMs *= 2;
    const wider: Span[] = [];
    for (const span of this.spans) {
      const index = Math.floor(span.index / 2);
      const last = wider.at(-1);
      if (last?.index === index) join(last, span);
      else wider.push({ ...span, index });
    }
    this.spans = wider;
  }
}

function join(into: Span, { least, most, sum, count }: Span): void {
  if (least < into.least) into.least = least;
  if (most > into.most) into.most = most;
  into.sum += sum;
  into.count += count;
}
