import { PANE_ENDS_ON_TIME, PANE_MERGES } from '../../app/plane-updates.ts';
import type { PlaneData } from './plane-data.ts';

/** Pairs of a key with fewer rows show nothing of the whole. */
const FEW_ROWS = 8;
/** A session that became part of another one tells so much more than one that just ended. */
const MERGE_WEIGHT = 3;

/**
 * The number of the key whose picture tells most of the rule: with the most sessions that ended and merged, in a join and
 * where none has so far the one with the most rows. Null: all keys together are easier to read.
 */
export function tellingKey(data: PlaneData): number | null {
  const { window, interval } = data.facts;
  if (data.keys.length < 2 || (window?.isMerging !== true && interval === null)) return null;
  const told = interval === null ? storiesOf(data) : [];
  let best = 0;
  for (let i = 1; i < data.keyCounts.length; i++) {
    const more = (told[i] ?? 0) - (told[best] ?? 0);
    if (more > 0 || (more === 0 && (data.keyCounts[i] ?? 0) > (data.keyCounts[best] ?? 0))) best = i;
  }
  return interval !== null && (data.keyCounts[best] ?? 0) < FEW_ROWS ? null : best + 1;
}

/** By key, its number less one. */
function storiesOf({ panes }: PlaneData): readonly number[] {
  const told: number[] = [];
  for (let i = 0; i < panes.length; i++) {
    const ends = panes.ends.at(i);
    const worth = ends === PANE_ENDS_ON_TIME ? 1 : ends === PANE_MERGES ? MERGE_WEIGHT : 0;
    const key = panes.key.at(i);
    if (worth > 0 && key > 0) told[key - 1] = (told[key - 1] ?? 0) + worth;
  }
  return told;
}
