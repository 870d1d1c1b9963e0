import type { Overview } from '../../app/travel/overview-store.ts';

/** What was read has at least so much of the track: in less of it nobody could point at anything. */
const READ_LEAST = 0.6;
/** While something may come, so much is left for it. */
const OPEN_LEAST = 0.04;
/** Nobody knows how much comes. */
const READ_UNKNOWN = 0.9;
/** An empty stretch that would take so much of the track is cut down. */
const LONG_GAP = 1 / 3;
const CUT_GAP = 0.04;

/** Where processing times lie on the track, 0..1, and back. */
export interface TrackScale {
  readonly placeOf: (atMs: number) => number;
  readonly timeAt: (place: number) => number;
  /** Up to where the log was read. */
  readonly readTo: number;
  /** Middles of the empty stretches that are cut down. */
  readonly cuts: readonly number[];
  /** Times right behind them. */
  readonly resumesMs: readonly number[];
}

/** Between two times; `weight` is how long it is drawn. */
interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
  readonly isEmpty: boolean;
  weight: number;
}

/**
 * Of what was read the times lie evenly, but for long stretches without a row, behind which all else would vanish: a clock
 * that is years ahead makes one. What comes behind, as far as `share` tells how much that is, has the rest of the track.
 */
export function trackScale(overview: Overview, share: number | null): TrackScale {
  const { fromMs, toMs, isWhole } = overview;
  const stretches = cutDown(stretchesOf(overview));
  const total = stretches.reduce((sum, { weight }) => sum + weight, 0);
  const readTo = isWhole ? 1 : share === null ? READ_UNKNOWN : Math.max(READ_LEAST, Math.min(share, 1 - OPEN_LEAST));
  const toComeMs = share === null || share === 0 ? total * (1 - readTo) : (total * (1 - share)) / share;
  const ends = endsOf(stretches, readTo / (total === 0 ? 1 : total));

  const placeOf = (atMs: number): number => {
    if (atMs <= fromMs) return 0;
    if (atMs > toMs) return readTo === 1 ? 1 : Math.min(1, readTo + ((atMs - toMs) / toComeMs) * (1 - readTo));
    const index = Math.max(
      0,
      stretches.findIndex((stretch) => atMs <= stretch.toMs),
    );
    const { fromMs: startMs, toMs: endMs } = stretches[index] ?? { fromMs, toMs };
    const [from, to] = ends[index] ?? [0, readTo];
    return endMs === startMs ? to : from + ((atMs - startMs) / (endMs - startMs)) * (to - from);
  };
  const timeAt = (place: number): number => {
    if (place <= 0) return fromMs;
    if (place > readTo) return toMs + ((place - readTo) / (1 - readTo)) * toComeMs;
    const index = ends.findIndex(([, to]) => place <= to);
    const { fromMs: startMs, toMs: endMs } = stretches[index] ?? { fromMs, toMs };
    const [from, to] = ends[index] ?? [0, readTo];
    return to === from ? endMs : startMs + ((place - from) / (to - from)) * (endMs - startMs);
  };
  const cuts = stretches.flatMap(({ fromMs: startMs, toMs: endMs, weight }, i) => {
    const [from, to] = ends[i] ?? [0, 0];
    return weight < endMs - startMs ? [(from + to) / 2] : [];
  });
  const resumesMs = stretches.flatMap(({ fromMs: startMs, toMs: endMs, weight }) =>
    weight < endMs - startMs ? [endMs] : [],
  );
  return { placeOf, timeAt, readTo, cuts, resumesMs };
}

/** Busy and empty ones in turn, from the first time to the last. */
function stretchesOf({ fromMs, toMs, atMs, intervalMs }: Overview): Stretch[] {
  const stretches: Stretch[] = [];
  let startMs = fromMs;
  const add = (untilMs: number, isEmpty: boolean): void => {
    if (untilMs > startMs) stretches.push({ fromMs: startMs, toMs: untilMs, isEmpty, weight: untilMs - startMs });
    startMs = Math.max(startMs, untilMs);
  };
  atMs.forEach((beginMs, i) => {
    const endMs = Math.min(toMs, beginMs + intervalMs);
    const nextMs = atMs[i + 1] ?? toMs;
    if (nextMs <= endMs) return;
    add(endMs, false);
    add(nextMs, true);
  });
  add(toMs, false);
  return stretches;
}

function cutDown(stretches: Stretch[]): readonly Stretch[] {
  for (const longest of stretches.toSorted((a, b) => b.weight - a.weight)) {
    const others = stretches.reduce((sum, { weight }) => sum + weight, 0) - longest.weight;
    if (!longest.isEmpty || longest.weight <= LONG_GAP * (others + longest.weight)) continue;
    longest.weight = (CUT_GAP / (1 - CUT_GAP)) * others;
  }
  return stretches;
}

/** Where each begins and ends on the track. */
function endsOf(stretches: readonly Stretch[], scale: number): readonly (readonly [from: number, to: number])[] {
  let from = 0;
  return stretches.map(({ weight }) => {
    const ends = [from, from + weight * scale] as const;
    from = ends[1];
    return ends;
  });
}
