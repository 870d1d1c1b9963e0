import type { PlaneUpdate } from '../worker/plane-protocol.ts';

export type {
  LineSteps,
  PanePatches,
  PlaneCounts,
  PlaneFacts,
  PlaneKey,
  PlaneLine,
  PlanePairs,
  PlanePoints,
  PlaneUpdate,
} from '../worker/plane-protocol.ts';
export {
  FATE_DROPPED,
  FATE_LATE_KEPT,
  FATE_ON_TIME,
  FATE_REFIRED,
  FATE_REFUSED,
  FATE_REJECTED,
  PANE_CLOSES,
  PANE_ENDS_EARLY,
  PANE_ENDS_LATE,
  PANE_ENDS_ON_TIME,
  PANE_GROWS,
  PANE_MERGES,
  PANE_OPEN,
} from '../worker/plane-protocol.ts';

type Listener = (update: PlaneUpdate) => void;

let listener: Listener | null = null;

/** Who is told what the plane grows by; one at a time. What comes while nobody listens is gone. */
export function onPlaneUpdate(next: Listener | null): void {
  listener = next;
}

export function tellPlane(update: PlaneUpdate | null): void {
  if (update !== null) listener?.(update);
}
