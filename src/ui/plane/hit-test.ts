import type { ShownPane } from './draw-panes.ts';
import { placesIn } from './draw-points.ts';
import type { Frame } from './frame.ts';
import type { PlaneData } from './plane-data.ts';
import { FATE_ON_TIME } from '../../app/plane-updates.ts';

const REACH_PX = 10;

/** Place of the point nearest to (x, y), what was not on time before what was; -1 where none is near. */
export function pointAt(data: PlaneData, frame: Frame, key: number, { x, y }: { x: number; y: number }): number {
  const { tsMs, atMs, fate, key: keys } = data.points;
  const reachMs = REACH_PX * frame.atPerPx;
  const { from, to } = placesIn(data, frame.atAt(y) - reachMs, frame.atAt(y) + reachMs);
  let best = -1;
  let least = REACH_PX * REACH_PX;
  for (let place = from; place < to; place++) {
    const dx = frame.x(tsMs.at(place)) - x;
    if (!(Math.abs(dx) < REACH_PX) || (key !== 0 && keys.at(place) !== key)) continue;
    const dy = frame.y(atMs.at(place)) - y;
    // Rare ones lie among many that are not.
    const distance = (dx * dx + dy * dy) * (fate.at(place) === FATE_ON_TIME ? 1 : 0.4);
    if (distance < least) {
      least = distance;
      best = place;
    }
  }
  return best;
}

/** The newest stretch of a window at (x, y). */
export function paneAt(panes: readonly ShownPane[], { x, y }: { x: number; y: number }): ShownPane | null {
  return panes.findLast((pane) => x >= pane.left && x < pane.right && y >= pane.top && y < pane.bottom) ?? null;
}
