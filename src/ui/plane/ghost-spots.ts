import type { GhostSession } from '../../app/branches/ghost.ts';
import type { Frame } from './frame.ts';
import { firstAtLeast } from './growing.ts';
import type { PlaneData } from './plane-data.ts';

/** Where marks of a branch stand, and which of them are drawn. Pure. */

/** `right`: of a bracket, else `x`. */
export type Spot = readonly [x: number, y: number, right: number];

/** Marks closer than this lie on each other: one is drawn for all of them. */
const CELL_PX = 5;
/** More dashed marks of a kind would hold up the frame. */
export const MOST_MARKS = 1_500;
const REACH_PX = 9;

/** Those of the rows that are in view. Both `places` and processing times of points ascend. */
export function seenOf(frame: Frame, { points }: PlaneData, places: readonly number[]): readonly Spot[] {
  const { atMs, tsMs } = points;
  const { view } = frame;
  const marginMs = REACH_PX * frame.atPerPx;
  const first = firstAtLeast(atMs.values, atMs.length, view.atFromMs - marginMs);
  const spots: Spot[] = [];
  for (let i = firstAtLeast(places, places.length, first); i < places.length; i++) {
    const place = places[i] ?? 0;
    if (atMs.at(place) > view.atToMs + marginMs) break;
    const x = frame.x(tsMs.at(place));
    if (x > frame.left - REACH_PX && x < frame.right + REACH_PX) spots.push([x, frame.y(atMs.at(place)), x]);
  }
  return spots;
}

/** Sessions that the branch alone has, of one key or of all. */
export function bracketsOf(
  frame: Frame,
  { runAtMs }: PlaneData,
  sessions: readonly GhostSession[],
  key: string | null,
): readonly Spot[] {
  return sessions.flatMap(({ isInRun, startMs, endMs, atMs, ...session }): readonly Spot[] => {
    if (isInRun || (key !== null && session.key !== key) || !(atMs <= runAtMs)) return [];
    const [x, right, y] = [frame.x(startMs), frame.x(endMs), frame.y(atMs)];
    const isSeen = right > frame.left && x < frame.right && y > -REACH_PX && y < frame.bottom + REACH_PX;
    return isSeen ? [[x, y, Math.max(x + 2, right)]] : [];
  });
}

/** One for all that lie in a cell, which is as large as it takes: each spot has one that is drawn within the cell of it. */
export function thinned(frame: Frame, spots: readonly Spot[]): readonly Spot[] {
  for (let cellPx = CELL_PX; ; cellPx *= 2) {
    const columns = Math.ceil((frame.width + 2 * REACH_PX) / cellPx) + 2;
    const taken = new Set<number>();
    const drawn = spots.filter(([x, y, right]) => {
      const middle = Math.min(frame.width, Math.max(0, (x + right) / 2));
      const cell = Math.round((y + REACH_PX) / cellPx) * columns + Math.round((middle + REACH_PX) / cellPx);
      if (taken.has(cell)) return false;
      taken.add(cell);
      return true;
    });
    if (drawn.length <= MOST_MARKS) return drawn;
  }
}
