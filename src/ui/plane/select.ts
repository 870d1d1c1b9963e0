import { useTimeView } from '../../app/time-view.ts';
import type { ShownPane } from './draw-panes.ts';
import type { PlaneData } from './plane-data.ts';
import type { WindowBounds } from './window-story.ts';

export function selectPoint(data: PlaneData, place: number): void {
  const { seq, tsMs, atMs } = data.points;
  const eventMs = tsMs.at(place);
  useTimeView.getState().select({
    kind: 'event',
    nodeId: data.facts.nodeId,
    seq: seq.at(place),
    atMs: atMs.at(place),
    ...(Number.isNaN(eventMs) ? {} : { eventMs }),
  });
}

/** The result that ended the stretch; of one that has none yet, the window as it stands. */
export function selectPane(data: PlaneData, { place }: Pick<ShownPane, 'place'>): void {
  const { panes, keys, facts, endSeq, runAtMs } = data;
  const toSeq = panes.toSeq.at(place);
  const isOpen = toSeq >= endSeq;
  useTimeView.getState().select({
    kind: 'pane',
    nodeId: facts.nodeId,
    key: keys[panes.key.at(place) - 1]?.json ?? null,
    startMs: panes.startMs.at(place),
    endMs: panes.endMs.at(place),
    seq: isOpen ? Math.max(0, endSeq - 1) : toSeq,
    atMs: isOpen ? runAtMs : panes.toAtMs.at(place),
  });
}

/** The newest stretch of a window. */
export function selectWindow(data: PlaneData, { startMs, endMs, key }: WindowBounds): void {
  const { panes, endSeq } = data;
  for (let place = panes.length - 1; place >= 0; place--) {
    const isOf = panes.startMs.at(place) === startMs && panes.endMs.at(place) === endMs && panes.key.at(place) === key;
    if (isOf && panes.fromSeq.at(place) < endSeq) {
      selectPane(data, { place });
      return;
    }
  }
}
