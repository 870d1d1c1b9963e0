import { getViewportForBounds } from 'reactflow';
import type { FitViewOptions, ReactFlowState, Rect, Viewport } from 'reactflow';
import type { Area } from '../../app/arrange/boxes.ts';
import { useTheme } from '../theme/theme-store.ts';
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

/** All else grows as much in lecture size. */
const LECTURE_ZOOM = 1.25;

/** What lies over the graph at its edges: problems above, the view's buttons below. No node comes to lie beneath. */
const ROOM = { top: '48px', bottom: '60px', left: '20px', right: '20px' } as const;
const ROOM_ON_PHONE = { top: '8px', bottom: '56px', left: '8px', right: '8px' } as const;

/** How the graph is fitted: never blown up beyond its own size but on screens with much room. */
export function fitOptions(): FitViewOptions {
  const [, widest] = MAX_ZOOMS.find(([query]) => matchMedia(query).matches) ?? ['', 1];
  const maxZoom = useTheme.getState().isLecture ? Math.max(widest, LECTURE_ZOOM) : widest;
  return { padding: matchMedia(PHONE).matches ? ROOM_ON_PHONE : ROOM, maxZoom, duration: motionMs(280) };
}

/** What of the canvas is in view, canvas pixels. */
export function viewOf({ transform: [x, y, zoom], width, height }: ReactFlowState): Area {
  return { x: -x / zoom, y: -y / zoom, w: width / zoom, h: height / zoom };
}

/** The canvas on the screen, px. */
export interface ViewFrame {
  readonly width: number;
  readonly height: number;
  /** How a graph was fitted then: another size of the window has other margins. */
  readonly options: FitViewOptions;
}

/** Where fitting puts a graph of these bounds. */
export function viewportAround(all: Rect, { width, height, options }: ViewFrame): Viewport {
  const { padding = 0, maxZoom = MAX_ZOOM } = options;
  return getViewportForBounds(all, width, height, MIN_ZOOM, maxZoom, padding);
}

export function isAlike(a: Viewport, b: Viewport): boolean {
  return Math.abs(a.x - b.x) < 1 && Math.abs(a.y - b.y) < 1 && Math.abs(a.zoom - b.zoom) < 0.001;
}
