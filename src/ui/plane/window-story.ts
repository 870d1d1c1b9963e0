import {
  FATE_DROPPED,
  FATE_ON_TIME,
  PANE_CLOSES,
  PANE_ENDS_EARLY,
  PANE_ENDS_LATE,
  PANE_ENDS_ON_TIME,
  PANE_GROWS,
  PANE_MERGES,
} from '../../app/plane-updates.ts';
import type { SelectedPane } from '../../app/time-view.ts';
import { firstAtLeast } from './growing.ts';
import type { PlaneData } from './plane-data.ts';

export interface WindowBounds {
  readonly startMs: number;
  readonly endMs: number;
  /** Number of the window's key; 0 where it is not of one key. */
  readonly key: number;
}

/**
 * The number of a selected window's key. Windows that merge are of one key each, also where who selected it did not know which; all
 * others stand for all keys together.
 */
export function keyOfWindow(
  { facts, keys, panes }: PlaneData,
  { key, startMs, endMs }: Pick<SelectedPane, 'key' | 'startMs' | 'endMs'>,
): number {
  if (facts.window?.isMerging !== true) return 0;
  if (key !== null) return keys.findIndex(({ json }) => json === key) + 1;
  for (let place = panes.length - 1; place >= 0; place--) {
    if (panes.startMs.at(place) === startMs && panes.endMs.at(place) === endMs) return panes.key.at(place);
  }
  return 0;
}

/** What a window gave, when. */
export interface WindowResult {
  readonly ends: typeof PANE_ENDS_EARLY | typeof PANE_ENDS_ON_TIME | typeof PANE_ENDS_LATE;
  readonly seq: number;
  readonly atMs: number;
  /** NaN where results have no figure. */
  readonly value: number;
  readonly results: number;
}

/** What became of a window up to where the run stands. */
export interface WindowStory {
  /** In the order in which they came. */
  readonly results: readonly WindowResult[];
  readonly hasFired: boolean;
  /** Still there: open, or kept for late rows. */
  readonly isKept: boolean;
  /** What it became, where that is no window of its own any more. */
  readonly became: 'larger' | 'merged' | null;
  /** Entries at which it began, and at which it was over; Infinity where it is not. */
  readonly fromSeq: number;
  readonly toSeq: number;
}

/** Null where no stretch of the window is known. */
export function windowStory(data: PlaneData, bounds: WindowBounds): WindowStory | null {
  const { panes, endSeq } = data;
  const results: WindowResult[] = [];
  let fromSeq = Infinity;
  let lastSeq = -1;
  let lastEnds: number | null = null;
  let isKept = false;
  let hasFired = false;
  for (let place = 0; place < panes.length; place++) {
    if (panes.startMs.at(place) !== bounds.startMs || panes.endMs.at(place) !== bounds.endMs) continue;
    if (panes.key.at(place) !== bounds.key || panes.fromSeq.at(place) >= endSeq) continue;
    fromSeq = Math.min(fromSeq, panes.fromSeq.at(place));
    hasFired ||= panes.hasFired.at(place) === 1;
    const seq = panes.toSeq.at(place);
    if (seq >= endSeq) {
      isKept = true;
      continue;
    }
    const ends = panes.ends.at(place);
    lastEnds = ends;
    lastSeq = Math.max(lastSeq, seq);
    if (ends !== PANE_ENDS_EARLY && ends !== PANE_ENDS_ON_TIME && ends !== PANE_ENDS_LATE) continue;
    hasFired ||= ends !== PANE_ENDS_EARLY;
    const { value, results: count, toAtMs } = panes;
    results.push({ ends, seq, atMs: toAtMs.at(place), value: value.at(place), results: count.at(place) });
  }
  if (fromSeq === Infinity) return null;
  results.sort((a, b) => a.seq - b.seq);
  const became = isKept || lastEnds === PANE_CLOSES ? null : becameOf(lastEnds);
  return { results, hasFired, isKept, became, fromSeq, toSeq: isKept ? Infinity : lastSeq };
}

function becameOf(ends: number | null): WindowStory['became'] {
  if (ends === PANE_GROWS) return 'larger';
  return ends === PANE_MERGES ? 'merged' : null;
}

export interface WindowRows {
  readonly onTime: number;
  readonly late: number;
  readonly dropped: number;
}

/** Rows of a window by fate; null where not all rows are told one by one. */
export function windowRows(
  data: PlaneData,
  { startMs, endMs, key }: WindowBounds,
  { fromSeq, toSeq }: WindowStory,
): WindowRows | null {
  const { points, facts } = data;
  if (points.weight > 1 || facts.window === null) return null;
  const times = facts.window.isByClock ? points.atMs : points.tsMs;
  const end = firstAtLeast(points.seq.values, points.length, data.endSeq);
  let [onTime, late, dropped] = [0, 0, 0];
  const count = (place: number): void => {
    const time = times.at(place);
    // Sessions of one row have both bounds in them where their engine has it so.
    if (!(time >= startMs && (time < endMs || time === startMs))) return;
    if (key !== 0 && points.key.at(place) !== key) return;
    const fate = points.fate.at(place);
    if (fate === FATE_ON_TIME) onTime++;
    else if (fate < FATE_DROPPED) late++;
    else if (fate === FATE_DROPPED) dropped++;
  };
  const last = Math.min(end, firstAtLeast(points.seq.values, points.length, toSeq + 1));
  // A session has rows of those that it grew from.
  const first = facts.window.isMerging ? 0 : firstAtLeast(points.seq.values, last, fromSeq);
  for (let place = first; place < last; place++) count(place);
  // Once it is over it takes none: what comes then is among those that were not on time.
  const { others } = points;
  for (let i = firstAtLeast(others.values, others.length, last); i < others.length && others.at(i) < end; i++) {
    count(others.at(i));
  }
  return { onTime, late, dropped };
}

/** Windows that a row is, or was, in, by their start; each once. */
export function windowsOf(data: PlaneData, place: number): readonly WindowBounds[] {
  const { points, panes, facts, endSeq } = data;
  const seq = points.seq.at(place);
  const time = facts.window?.isByClock === true ? points.atMs.at(place) : points.tsMs.at(place);
  const ofKey = facts.window?.isMerging === true ? points.key.at(place) : 0;
  const found = new Map<string, WindowBounds>();
  for (let pane = 0; pane < panes.length; pane++) {
    const startMs = panes.startMs.at(pane);
    const endMs = panes.endMs.at(pane);
    if (!(time >= startMs && (time < endMs || time === startMs)) || panes.key.at(pane) !== ofKey) continue;
    // A session that was over before the row came is none of its own.
    if (panes.fromSeq.at(pane) >= endSeq || panes.toSeq.at(pane) < seq) continue;
    found.set(`${String(startMs)} ${String(endMs)}`, { startMs, endMs, key: panes.key.at(pane) });
  }
  return [...found.values()].sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);
}
