import type { GhostMarks } from '../../app/branches/ghost.ts';
import { windowName } from '../../app/branches/ghost.ts';
import type { ShownPane } from './draw-panes.ts';
import type { Frame } from './frame.ts';
import type { Spot } from './ghost-spots.ts';
import { bracketsOf, seenOf, thinned } from './ghost-spots.ts';
import type { Palette } from './palette.ts';
import type { PlaneData } from './plane-data.ts';

/** What of a branch is marked: places of rows, ascending, and windows. */
export interface GhostFigures extends Pick<GhostMarks, 'windows' | 'sessions'> {
  readonly kept: readonly number[];
  readonly dropped: readonly number[];
}

const DASH = [4, 2.5];
const LEG_PX = 12;

interface GhostLook {
  readonly palette: Palette;
  readonly ghost: GhostFigures;
  readonly panes: readonly ShownPane[];
  /** Of which sessions are shown; 0: of all keys. */
  readonly key: number;
}

/**
 * Dashed, as it is in charts: windows with other results, a ring around what a branch keeps, a cross over what it drops, and
 * where the branch alone has a session a bracket as wide, at the moment of its result.
 */
export function drawGhost(
  context: CanvasRenderingContext2D,
  frame: Frame,
  data: PlaneData,
  { palette, ghost, panes, key }: GhostLook,
): void {
  context.save();
  context.beginPath();
  context.rect(frame.left, 0, frame.right - frame.left, frame.bottom);
  context.clip();
  const { startMs, endMs } = data.panes;
  for (const { place, left, right, top, bottom } of panes) {
    const own = data.facts.window?.isMerging === true ? (data.keys[data.panes.key.at(place) - 1]?.json ?? '[]') : '';
    if (!ghost.windows.has(windowName(startMs.at(place), endMs.at(place), own))) continue;
    context.strokeStyle = palette.late;
    context.lineWidth = 2;
    context.setLineDash([6, 3]);
    context.strokeRect(left + 2, top + 2, Math.max(1, right - left - 4), Math.max(1, bottom - top - 4));
  }
  const shownKey = key === 0 ? null : (data.keys[key - 1]?.json ?? null);
  const brackets = thinned(frame, bracketsOf(frame, data, ghost.sessions, shownKey));
  markAll(context, brackets, palette, (x, y, right) => {
    context.moveTo(x, y + LEG_PX);
    context.lineTo(x, y);
    context.lineTo(right, y);
    context.lineTo(right, y + LEG_PX);
  });
  markAll(context, thinned(frame, seenOf(frame, data, ghost.kept)), palette, (x, y) => {
    context.moveTo(x + 9, y);
    context.arc(x, y, 9, 0, 7);
  });
  markAll(context, thinned(frame, seenOf(frame, data, ghost.dropped)), palette, (x, y) => {
    context.moveTo(x - 6, y - 6);
    context.lineTo(x + 6, y + 6);
    context.moveTo(x + 6, y - 6);
    context.lineTo(x - 6, y + 6);
  });
  context.restore();
}

function markAll(
  context: CanvasRenderingContext2D,
  spots: readonly Spot[],
  palette: Palette,
  mark: (x: number, y: number, right: number) => void,
): void {
  for (const [color, width, dash] of [
    [palette.surface, 5, []],
    [palette.late, 2.25, DASH],
  ] as const) {
    context.beginPath();
    for (const [x, y, right] of spots) mark(x, y, right);
    context.strokeStyle = color;
    context.lineWidth = width;
    context.setLineDash([...dash]);
    context.stroke();
  }
}
