import { create } from 'zustand';
import { around } from '../../app/arrange/boxes.ts';
import type { Box, Point } from '../../app/arrange/boxes.ts';
import type { HelperLines, Lines } from '../../app/arrange/helper-lines.ts';
import { linesOf, snapTo } from '../../app/arrange/helper-lines.ts';
import { GRID } from '../../app/arrange/node-sizes.ts';
import type { GroupDrag } from './group-drag.ts';

/** How near another node's edge or centre draws a node that is moved, px of the screen. */
const REACH_PX = 6;

interface DragState {
  readonly isDragging: boolean;
  readonly lines: HelperLines;
  /** Where copies are to lie: what is dragged stays then. */
  readonly copies: readonly Box[];
}

const NO_LINES: HelperLines = { x: null, y: null };
const AT_REST: DragState = { isDragging: false, lines: NO_LINES, copies: [] };

export const useDrag = create<DragState>()(() => AT_REST);

/** What the keys that are held make of a drag. */
interface Steering {
  /** Whether the place is to be free of grid and lines. */
  readonly isFree: boolean;
  /** Whether a copy is laid down, and what was taken stays. */
  readonly isCopy: boolean;
  readonly zoom: number;
}

interface Gesture extends Steering {
  readonly key: string;
  /** Frames and notes as they stood when the drag began. */
  readonly groups: GroupDrag;
  /** Of what does not move. Looked up with the first step, when it is known what does. */
  others: Lines | null;
  isCancelled: boolean;
}

let gesture: Gesture | null = null;
let gestures = 0;

/** One drag is one gesture, and one undo step; steps by arrow keys that follow each other closely are one together. */
export function beginDrag(groups: GroupDrag): void {
  gestures++;
  const key = `drag:${String(gestures)}`;
  gesture = { key, groups, others: null, isCancelled: false, isFree: false, isCopy: false, zoom: 1 };
  useDrag.setState({ ...AT_REST, isDragging: true });
}

export function steerDrag(how: Steering): void {
  if (gesture !== null) Object.assign(gesture, how);
}

export function endDrag(): void {
  gesture = null;
  useDrag.setState(AT_REST);
}

/** Whatever the pointer still does until it is let go moves nothing. Whether there was anything to cancel. */
export function cancelDrag(): boolean {
  if (gesture === null || gesture.isCancelled) return false;
  gesture.isCancelled = true;
  useDrag.setState({ lines: NO_LINES, copies: [] });
  return true;
}

export function isDragCancelled(): boolean {
  return gesture?.isCancelled === true;
}

export function isCopying(): boolean {
  return gesture?.isCopy === true;
}

export function groupDrag(): GroupDrag | null {
  return gesture?.groups ?? null;
}

export function showCopies(copies: readonly Box[]): void {
  if (copies.length > 0 || useDrag.getState().copies.length > 0) useDrag.setState({ copies });
}

/** The name of the drag that is going on; null when nodes move by keys. */
export function dragKey(): string | null {
  return gesture?.key ?? null;
}

/** What to add to the places of what is dragged, so that it stands in line with the rest, or on the grid. */
export function snapDrag(moved: readonly Box[], all: () => readonly Box[]): Point {
  const frame = around(moved);
  if (gesture === null || frame === null || gesture.isFree) {
    showLines(NO_LINES);
    return { x: 0, y: 0 };
  }
  gesture.others ??= linesOfRest(moved, all());
  const { dx, dy, lines } = snapTo(frame, gesture.others, { reach: REACH_PX / gesture.zoom, grid: GRID });
  showLines(lines);
  return { x: dx, y: dy };
}

function linesOfRest(moved: readonly Box[], all: readonly Box[]): Lines {
  const ids = new Set(moved.map(({ id }) => id));
  return linesOf(all.filter(({ id }) => !ids.has(id)));
}

function showLines(lines: HelperLines): void {
  const before = useDrag.getState().lines;
  if (before.x !== lines.x || before.y !== lines.y) useDrag.setState({ lines });
}
