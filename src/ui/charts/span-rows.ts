import type { SpanFigures } from '../../app/run-state.ts';

/** Figures of an interval of processing time. */
export interface SpanRow {
  readonly atMs: number;
  readonly count: number;
  readonly least: number;
  readonly mean: number;
  readonly most: number;
}

export function spanRows({ atMs, least, most, sum, counts }: SpanFigures): readonly SpanRow[] {
  return Array.from(atMs, (at, i) => {
    const count = counts[i] ?? 0;
    return { atMs: at, count, least: least[i] ?? 0, mean: (sum[i] ?? 0) / Math.max(1, count), most: most[i] ?? 0 };
  });
}
