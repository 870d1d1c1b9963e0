import type { GhostMarks } from '../../app/branches/ghost.ts';
import { windowName } from '../../app/branches/ghost.ts';
import type { ShownPane } from './draw-panes.ts';
import type { Frame } from './frame.ts';
import type { Palette } from './palette.ts';
import type { PlaneData } from './plane-data.ts';

/** What of a branch is marked: places of rows, ascending, and windows. */
export interface GhostPlaces {
  readonly kept: readonly number[];
  readonly dropped: readonly number[];
  readonly windows: GhostMarks['windows'];
}

const DASH = [4, 2.5];
/** Marks closer than this lie on each other: one is drawn for all of them. */
const CELL_PX = 5;

/** Dashed, as it is in charts: windows with other results, a ring around what a branch keeps, a cross over what it drops. */
export function drawGhost(
  context: CanvasRenderingContext2D,
  frame: Frame,
  data: PlaneData,
  look: { readonly palette: Palette; readonly ghost: GhostPlaces; readonly panes: readonly ShownPane[] },
): void {
  const { palette, ghost, panes } = look;
  context.save();
  context.beginPath();
  context.rect(frame.left, 0, frame.right - frame.left, frame.bottom);
  context.clip();
  const { startMs, endMs } = data.panes;
  for (const { place, left, right, top, bottom } of panes) {
    if (!ghost.windows.has(windowName(startMs.at(place), endMs.at(place)))) continue;
    context.strokeStyle = palette.late;
    context.lineWidth = 2;
    context.setLineDash([6, 3]);
    context.strokeRect(left + 2, top + 2, Math.max(1, right - left - 4), Math.max(1, bottom - top - 4));
  }
  markAll(context, seenOf(frame, data, ghost.kept), palette, (x, y) => {
    context.moveTo(x + 9, y);
    context.arc(x, y, 9, 0, 7);
  });
  markAll(context, seenOf(frame, data, ghost.dropped), palette, (x, y) => {
    context.moveTo(x - 6, y - 6);
    context.lineTo(x + 6, y + 6);
    context.moveTo(x + 6, y - 6);
    context.lineTo(x - 6, y + 6);
  });
  context.restore();
}

type Spot = readonly [x: number, y: number];

function seenOf(frame: Frame, { points }: PlaneData, places: readonly number[]): readonly Spot[] {
  const drawn = new Set<number>();
  return places.flatMap((place): readonly Spot[] => {
    const x = frame.x(points.tsMs.at(place));
    const y = frame.y(points.atMs.at(place));
    if (!(x > frame.left - 9 && x < frame.right + 9 && y > -9 && y < frame.bottom + 9)) return [];
    const cell = Math.round(y / CELL_PX) * 100_000 + Math.round(x / CELL_PX);
    if (drawn.has(cell)) return [];
    drawn.add(cell);
    return [[x, y]];
  });
}

function markAll(
  context: CanvasRenderingContext2D,
  spots: readonly Spot[],
  palette: Palette,
  mark: (x: number, y: number) => void,
): void {
  for (const [color, width, dash] of [
    [palette.surface, 5, []],
    [palette.late, 2.25, DASH],
  ] as const) {
    context.beginPath();
    for (const [x, y] of spots) mark(x, y);
    context.strokeStyle = color;
    context.lineWidth = width;
    context.setLineDash([...dash]);
    context.stroke();
  }
}
