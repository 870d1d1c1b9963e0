import type { WindowBar } from './chart-rows.ts';

/**
 * Where the bars of windows stand on the axis of event time. Pure.
 *
 * Windows that overlap would hide each other: each has the stretch before its end to itself, as long as ends are apart.
 *
 * ```
 * size 10, advance 5     [=========)          window 0..10
 *                             [=========)     window 5..15
 *                             |####|####|     bars  5..10, 10..15
 * ```
 */
export interface WindowPlaces {
  readonly bars: readonly WindowBar[];
  /** Of each bar, in event time. */
  readonly places: readonly { readonly fromMs: number; readonly toMs: number }[];
  readonly fromMs: number;
  readonly toMs: number;
}

/** Longest stretch of windows without a result that is shown as such: they are not in the chart's data. */
const LARGEST_GAP = 12;
/** Share of the axis that a bar takes where ends lie at no regular distance. */
const LONE_SHARE = 1 / 120;

/** `bars` ascend by end. */
export function windowPlaces(bars: readonly WindowBar[]): WindowPlaces {
  const stepMs = stepOf(bars);
  if (stepMs !== null) {
    const filled = withGaps(bars, stepMs);
    const places = filled.map(({ endMs }) => ({ fromMs: endMs - stepMs, toMs: endMs }));
    return { bars: filled, places, fromMs: places[0]?.fromMs ?? 0, toMs: places.at(-1)?.toMs ?? 1 };
  }
  const toMs = bars.at(-1)?.endMs ?? 1;
  const wideMs = (toMs - (bars[0]?.endMs ?? 0)) * LONE_SHARE;
  const fromMs = (bars[0]?.endMs ?? 0) - wideMs;
  return { bars, places: bars.map(({ endMs }) => ({ fromMs: endMs - wideMs, toMs: endMs })), fromMs, toMs };
}

/** The one distance that all ends are multiples of, with few ends missing; null where there is none. */
function stepOf(bars: readonly WindowBar[]): number | null {
  const [first] = bars;
  if (first === undefined) return null;
  const distances = bars.slice(1).map(({ endMs }, i) => endMs - (bars[i]?.endMs ?? endMs));
  const sizeMs = first.endMs - first.startMs;
  const least = Math.min(...distances);
  const isSameSize = bars.every(({ startMs, endMs }) => endMs - startMs === sizeMs);
  const candidates = isSameSize ? [Math.min(sizeMs, least), least] : [least];
  const fits = (stepMs: number): boolean =>
    stepMs > 0 &&
    Number.isFinite(stepMs) &&
    distances.every((distanceMs) => distanceMs % stepMs === 0 && distanceMs <= (LARGEST_GAP + 1) * stepMs);
  return candidates.find(fits) ?? null;
}

function withGaps(bars: readonly WindowBar[], stepMs: number): readonly WindowBar[] {
  return bars.flatMap((bar, i) => {
    const before = bars[i - 1];
    if (before === undefined) return [bar];
    const missing = (bar.endMs - before.endMs) / stepMs - 1;
    const sizeMs = bar.endMs - bar.startMs;
    const isSameSize = before.endMs - before.startMs === sizeMs;
    const gaps = Array.from({ length: missing }, (_, k) => {
      const endMs = before.endMs + (k + 1) * stepMs;
      return emptyBar(endMs - (isSameSize ? sizeMs : stepMs), endMs, bar.values.length);
    });
    return [...gaps, bar];
  });
}

function emptyBar(startMs: number, endMs: number, series: number): WindowBar {
  return {
    startMs,
    endMs,
    emittedSeq: Number.NaN,
    emittedAtMs: Number.NaN,
    values: Array<null>(series).fill(null),
    early: 0,
    addedLate: 0,
    total: 0,
  };
}
