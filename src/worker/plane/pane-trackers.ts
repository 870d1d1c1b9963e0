import type { Plan, PlannedNode } from '../../pipeline/plan.ts';
import { GridPanes } from './grid-panes.ts';
import type { PaneStretches } from './pane-stretches.ts';
import type { PaneTracker } from './pane-tracker.ts';
import { boundOf, figuresOf } from './plane-facts.ts';
import { SessionPanes } from './session-panes.ts';

const GRID_KINDS = ['tumbling', 'hopping', 'cumulate', 'inherited'];

/** What follows the windows of a node; null where they cannot be drawn as places of event time, or there are none. */
export function paneTracker(plan: Plan, node: PlannedNode, stretches: PaneStretches): PaneTracker | null {
  const figures = figuresOf(node);
  if (figures === null) return null;
  const { windows } = plan.dialect;
  const graceMs = Number(boundOf(node).graceMs ?? 0);
  const keptMs = windows.machine === 'stores' ? graceMs : figures.latenessMs;
  if (GRID_KINDS.includes(figures.kind)) {
    const goneAt = (endMs: number): number => (figures.isByClock ? endMs : windows.cleanupAt(endMs, keptMs));
    return new GridPanes(figures, goneAt, stretches);
  }
  if (figures.kind !== 'session' || figures.hasOwnGaps || !figures.hasOneGroup) return null;
  const endsWithLastRow = windows.sessionEndsWith === 'last-event';
  const { gapMs } = figures;
  return new SessionPanes(
    {
      gapMs,
      touchingMerge: windows.touchingSessionsMerge,
      endsWithLastRow,
      // A session that ends with its last row is closed when a row one gap later would be late.
      goneAt: (endMs) => {
        if (figures.isByClock) return endMs;
        return endsWithLastRow ? endMs + gapMs + keptMs + 1 : windows.cleanupAt(endMs, keptMs);
      },
    },
    stretches,
  );
}
