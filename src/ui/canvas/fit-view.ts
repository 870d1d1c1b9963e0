import type { FitViewOptions, ReactFlowState } from 'reactflow';
import type { Area } from '../../app/arrange/boxes.ts';
import { PHONE } from '../theme/widths.ts';

/** Durations of motion tokens; none where the user asked for less motion. */
export function motionMs(durationMs: number): number {
  return matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : durationMs;
}

export const MIN_ZOOM = 0.2;
export const MAX_ZOOM = 2;

/** Widths from which a graph may be shown larger than it is: a wide screen, and one that a whole room looks at. */
const MAX_ZOOMS = [
  ['(min-width: 3000px)', MAX_ZOOM],
  ['(min-width: 1800px)', 1.25],
] as const;

/** What lies over the graph at its edges: problems above, the view's buttons below. No node comes to lie beneath. */
const ROOM = { top: '48px', bottom: '60px', left: '20px', right: '20px' } as const;
const ROOM_ON_PHONE = { top: '8px', bottom: '56px', left: '8px', right: '8px' } as const;

/** How the graph is fitted: never blown up beyond its own size but on screens with much room. */
export function fitOptions(): FitViewOptions {
  const [, maxZoom] = MAX_ZOOMS.find(([query]) => matchMedia(query).matches) ?? ['', 1];
  return { padding: matchMedia(PHONE).matches ? ROOM_ON_PHONE : ROOM, maxZoom, duration: motionMs(280) };
}

/** What of the canvas is in view, canvas pixels. */
export function viewOf({ transform: [x, y, zoom], width, height }: ReactFlowState): Area {
  return { x: -x / zoom, y: -y / zoom, w: width / zoom, h: height / zoom };
}
