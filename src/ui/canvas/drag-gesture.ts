import { create } from 'zustand';
import { around } from '../../app/arrange/boxes.ts';
import type { Box, Point } from '../../app/arrange/boxes.ts';
import type { HelperLines, Lines } from '../../app/arrange/helper-lines.ts';
import { linesOf, snapTo } from '../../app/arrange/helper-lines.ts';
import { GRID } from './add-node.ts';

/** How near another node's edge or centre draws a node that is moved, px of the screen. */
const REACH_PX = 6;

interface DragState {
  readonly isDragging: boolean;
  readonly lines: HelperLines;
}

const NO_LINES: HelperLines = { x: null, y: null };

export const useDrag = create<DragState>()(() => ({ isDragging: false, lines: NO_LINES }));

interface Gesture {
  readonly key: string;
  /** Of what does not move. Looked up with the first step, when it is known what does. */
  others: Lines | null;
  isCancelled: boolean;
  /** Whether the place is to be free of grid and lines. */
  isFree: boolean;
  zoom: number;
}

let gesture: Gesture | null = null;
let gestures = 0;

/** One drag is one gesture, and one undo step; steps by arrow keys that follow each other closely are one together. */
export function beginDrag(): void {
  gestures++;
  gesture = { key: `drag:${String(gestures)}`, others: null, isCancelled: false, isFree: false, zoom: 1 };
  useDrag.setState({ isDragging: true, lines: NO_LINES });
}

export function steerDrag(how: { readonly isFree: boolean; readonly zoom: number }): void {
  if (gesture !== null) Object.assign(gesture, how);
}

export function endDrag(): void {
  gesture = null;
  useDrag.setState({ isDragging: false, lines: NO_LINES });
}

/** Whatever the pointer still does until it is let go moves nothing. Whether there was anything to cancel. */
export function cancelDrag(): boolean {
  if (gesture === null || gesture.isCancelled) return false;
  gesture.isCancelled = true;
  useDrag.setState({ lines: NO_LINES });
  return true;
}

export function isDragCancelled(): boolean {
  return gesture?.isCancelled === true;
}

/** The name of the drag that is going on; null when nodes move by keys. */
export function dragKey(): string | null {
  return gesture?.key ?? null;
}

/** What to add to the places of what is dragged, so that it stands in line with the rest, or on the grid. */
export function snapDrag(moved: readonly Box[], all: readonly Box[]): Point {
  const frame = around(moved);
  if (gesture === null || frame === null || gesture.isFree) {
    useDrag.setState({ lines: NO_LINES });
    return { x: 0, y: 0 };
  }
  const ids = new Set(moved.map(({ id }) => id));
  gesture.others ??= linesOf(all.filter(({ id }) => !ids.has(id)));
  const { dx, dy, lines } = snapTo(frame, gesture.others, { reach: REACH_PX / gesture.zoom, grid: GRID });
  const before = useDrag.getState().lines;
  if (before.x !== lines.x || before.y !== lines.y) useDrag.setState({ lines });
  return { x: dx, y: dy };
}
