import { firstAtLeast } from './growing.ts';
import type { PlaneData } from './plane-data.ts';

/** What of the plane is in view. */
export interface View {
  readonly eventFromMs: number;
  readonly eventToMs: number;
  readonly atFromMs: number;
  readonly atToMs: number;
}

/** `follow`: the newest stretch. `all`: everything that has come. `free`: where the hand put it. */
export type ViewMode = 'follow' | 'all' | 'free';

/** Event times outside a stretch several times as long as what most rows need are not fitted: one clock that is wrong would hide all others. */
const BULK_SAMPLES = 4_096;
const BULK_SHARE = 0.98;
const FAR = 3;

interface Extent {
  readonly from: number;
  readonly to: number;
}

export interface Bulk {
  /** What is fitted. */
  readonly event: Extent;
  /** What there is. */
  readonly whole: Extent;
}

/** Where most of the event times of some points lie; `whole` where all are near enough to be shown together. */
export function bulkOf(data: PlaneData, from: number, to: number): Bulk | null {
  const all = data.points.tsMs.values;
  const stride = Math.max(1, Math.floor((to - from) / BULK_SAMPLES));
  const samples = new Float64Array(Math.ceil(Math.max(0, to - from) / stride));
  let count = 0;
  let least = Infinity;
  let most = -Infinity;
  for (let i = from; i < to; i += stride) {
    const time = all[i] ?? Number.NaN;
    if (!Number.isNaN(time)) samples[count++] = time;
  }
  for (let i = from; i < to; i++) {
    const time = all[i] ?? Number.NaN;
    if (time < least) least = time;
    if (time > most) most = time;
  }
  if (count === 0) return null;
  const times = samples.subarray(0, count).sort();
  const whole = { from: least, to: most };
  const cut = times.length < 4 ? 0 : Math.max(1, Math.floor(((1 - BULK_SHARE) / 2) * times.length));
  const low = times[cut] ?? least;
  const high = times[times.length - 1 - cut] ?? most;
  const { atMs } = data.points;
  const span = Math.max(high - low, atMs.at(to - 1) - atMs.at(from), 1_000);
  return {
    whole,
    event: { from: Math.max(least, low - FAR * span), to: Math.min(most, high + FAR * span) },
  };
}

/** A little more than there is, so that nothing lies on the edge. */
function roomy({ from, to }: Extent, leastMs: number, share = 0.05): Extent {
  const middle = (from + to) / 2;
  const half = Math.max(to - from, leastMs) / 2;
  return { from: middle - half * (1 + share), to: middle + half * (1 + share) };
}

const LEAST_SPAN_MS = 1_000;
/** Shortest stretch that is followed, and how many windows long it is at least. */
const FOLLOW_MS = 60_000;
const FOLLOW_WINDOWS = 6;
/** However long ago they came, so many are in view: one alone, after a pause, shows nothing of the rule. */
const FOLLOW_POINTS = 12;

/** How long a stretch of processing time is followed. */
export function followedMs(data: PlaneData): number {
  const { window, horizonMs, delaysMs, interval } = data.facts;
  const windowMs = Math.max(window?.sizeMs ?? 0, window?.gapMs ?? 0);
  const reachMs = interval === null ? 0 : interval.upperMs - interval.lowerMs;
  return Math.max(FOLLOW_MS, FOLLOW_WINDOWS * windowMs, 4 * (horizonMs + Math.max(0, ...delaysMs)), 2 * reachMs);
}

/** Where the run stands, unless nothing has come here for long: then not so far that what came last is out of view. */
function lastShown(data: PlaneData, newestMs: number, mode: 'follow' | 'all'): number {
  const restMs = mode === 'follow' ? followedMs(data) / 3 : Infinity;
  return Number.isNaN(data.runAtMs) ? newestMs : Math.min(data.runAtMs, newestMs + restMs);
}

/** All that has come up to where the run stands, or the newest stretch of it; `wide`: also what lies far from everything else. */
export function fitted(data: PlaneData, mode: 'follow' | 'all', wide = false): View | null {
  const { points } = data;
  const end = firstAtLeast(points.seq.values, points.length, data.endSeq);
  if (end === 0) return null;
  const lastMs = lastShown(data, points.atMs.at(end - 1), mode);
  let fromMs = points.firstAtMs;
  if (mode === 'follow') {
    const fewMs = points.atMs.at(Math.max(0, end - FOLLOW_POINTS));
    fromMs = Math.max(fromMs, Math.min(fewMs, lastMs - followedMs(data)));
  }
  const at = inTime({ from: fromMs, to: Math.max(lastMs, fromMs) }, data.facts.window?.sizeMs ?? 0);
  // What comes into view below the stretch is fitted, too: else it would be told as lying outside.
  const from = firstAtLeast(points.atMs.values, points.length, at.from);
  const bulk = bulkOf(data, from, Math.max(end, from + 1)) ?? { event: { from: fromMs, to: lastMs }, whole: null };
  const extent = wide && bulk.whole !== null ? bulk.whole : bulk.event;
  const windowMs =
    mode === 'all' && lastMs - fromMs > 20 * (data.facts.window?.sizeMs ?? 0) ? 0 : (data.facts.window?.sizeMs ?? 0);
  const snapped =
    windowMs === 0 || data.facts.window?.isByClock === true
      ? extent
      : { from: Math.floor(extent.from / windowMs) * windowMs, to: Math.ceil((extent.to + 1) / windowMs) * windowMs };
  const event = roomy(snapped, LEAST_SPAN_MS, windowMs === 0 ? 0.06 : 0.03);
  return { eventFromMs: event.from, eventToMs: event.to, atFromMs: at.from, atToMs: at.to };
}

/** With room above, where what comes next will be. A moment alone stands in the middle of a part of a window's length. */
function inTime({ from, to }: Extent, windowMs: number): Extent {
  const leastMs = Math.max(LEAST_SPAN_MS / 2, windowMs / 4);
  const more = Math.max(0, leastMs - (to - from)) / 2;
  const above = 0.08 * Math.max(to - from, leastMs);
  return { from: from - more - above / 2, to: to + more + above };
}

export function panned(view: View, eventMs: number, atMs: number): View {
  const [eventFromMs, eventToMs] = withinTime(view.eventFromMs + eventMs, view.eventToMs + eventMs);
  const [atFromMs, atToMs] = withinTime(view.atFromMs + atMs, view.atToMs + atMs);
  return { eventFromMs, eventToMs, atFromMs, atToMs };
}

/** Moved to where each millisecond can still be told from the next. */
function withinTime(fromMs: number, toMs: number): readonly [number, number] {
  const most = Number.MAX_SAFE_INTEGER;
  const byMs = Math.max(0, -most - fromMs) - Math.max(0, toMs - most);
  return [fromMs + byMs, toMs + byMs];
}

/** From the precision of doubles' milliseconds to several times the age of the sky. */
const LEAST_MS = 4;
const MOST_MS = 4e13;

/** `factor` < 1 shows less; the moment under the pointer stays where it is. */
export function zoomed(view: View, factor: number, eventMs: number, atMs: number): View {
  const scale = (from: number, to: number, about: number): readonly [number, number] => {
    const span = (to - from) * factor;
    if (span < LEAST_MS || span > MOST_MS) return [from, to];
    return withinTime(about - (about - from) * factor, about + (to - about) * factor);
  };
  const [eventFromMs, eventToMs] = scale(view.eventFromMs, view.eventToMs, eventMs);
  const [atFromMs, atToMs] = scale(view.atFromMs, view.atToMs, atMs);
  return { eventFromMs, eventToMs, atFromMs, atToMs };
}
