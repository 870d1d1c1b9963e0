import { shownBranch, useBranches } from '../../app/branches/branch-store.ts';
import { ghostOf } from '../../app/branches/ghost.ts';
import { useRunStore } from '../../app/run-store.ts';
import { drawGhost } from './draw-ghost.ts';
import type { ShownPane } from './draw-panes.ts';
import type { Frame } from './frame.ts';
import { GhostPlaces } from './ghost-places.ts';
import type { Palette } from './palette.ts';
import type { PlaneData } from './plane-data.ts';

/** Marks what a branch has otherwise, while one is laid over. Remembers where its rows are among the points. */
export class PlaneGhost {
  private readonly kept = new GhostPlaces();
  private readonly dropped = new GhostPlaces();

  draw(
    context: CanvasRenderingContext2D,
    frame: Frame,
    data: PlaneData,
    look: { readonly palette: Palette; readonly panes: readonly ShownPane[]; readonly key: number },
  ): void {
    const branches = useBranches.getState();
    const { watched, through } = useRunStore.getState();
    const ghost = branches.isOver ? ghostOf(shownBranch(branches), { watched, through }) : null;
    if (ghost === null || ghost.node.nodeId !== data.facts.nodeId) return;
    const { marks } = ghost;
    const places = { kept: this.kept.find(data, marks.kept), dropped: this.dropped.find(data, marks.dropped) };
    drawGhost(context, frame, data, { ...look, ghost: { ...marks, ...places } });
  }
}
