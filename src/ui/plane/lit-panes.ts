import { FATE_DROPPED } from '../../app/plane-updates.ts';
import type { ShownPane } from './draw-panes.ts';
import type { PlaneData } from './plane-data.ts';

/** Stretches in view of the windows that have a point, or of the window that a stretch is of. */
export function litPanes(
  data: PlaneData,
  panes: readonly ShownPane[],
  { place, pane }: { readonly place: number; readonly pane: number },
): readonly ShownPane[] {
  const { panes: all, points, facts } = data;
  if (place >= 0) {
    if (points.fate.at(place) >= FATE_DROPPED) return [];
    const seq = points.seq.at(place);
    const time = facts.window?.isByClock === true ? points.atMs.at(place) : points.tsMs.at(place);
    const key = facts.window?.isMerging === true ? points.key.at(place) : 0;
    return panes.filter(({ place: one }) => {
      const startMs = all.startMs.at(one);
      const isIn = time >= startMs && (time < all.endMs.at(one) || time === startMs);
      return isIn && all.key.at(one) === key && all.toSeq.at(one) >= seq;
    });
  }
  if (pane < 0) return [];
  const [startMs, endMs, key] = [all.startMs.at(pane), all.endMs.at(pane), all.key.at(pane)];
  return panes.filter(
    ({ place: one }) => all.startMs.at(one) === startMs && all.endMs.at(one) === endMs && all.key.at(one) === key,
  );
}
