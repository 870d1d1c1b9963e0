import type { TimeCursor, TimeSelection } from '../../app/time-view.ts';
import { FATE_DROPPED } from '../../app/plane-updates.ts';
import { formatDuration } from '../theme/format.ts';
import { drawLit, drawReaches } from './draw-lit.ts';
import type { ShownPane } from './draw-panes.ts';
import { halo } from './draw-panes.ts';
import type { Frame } from './frame.ts';
import type { Palette } from './palette.ts';
import type { PlaneData } from './plane-data.ts';

export interface Marked {
  readonly cursor: TimeCursor | null;
  readonly selection: TimeSelection | null;
  /** Places of the points that are selected and pointed at; -1 for none. */
  readonly selected: number;
  readonly hovered: number;
  /** Of windows that are pointed at, or have the point that is. */
  readonly lit: readonly ShownPane[];
  /** Places of the events that are in what is told of. */
  readonly lineage: readonly number[];
  /** A box that the hand is drawing. */
  readonly box: { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number } | null;
}

/** What changes with the hand: where it points, what it selected. Where the run stands is a line. */
export function drawOverlay(
  context: CanvasRenderingContext2D,
  frame: Frame,
  data: PlaneData,
  { palette, marked }: { readonly palette: Palette; readonly marked: Marked },
): void {
  const { cursor, selection, selected, hovered, box } = marked;
  context.save();
  context.beginPath();
  context.rect(frame.left, 0, frame.right - frame.left, frame.bottom);
  context.clip();
  drawLit(context, frame, { data, palette, panes: marked.lit });
  const pointed = hovered >= 0 ? hovered : selected;
  if (pointed >= 0) drawReaches(context, frame, { data, palette, place: pointed });
  drawNow(context, frame, data, palette);
  if (cursor !== null) drawCursor(context, frame, cursor, palette);
  drawLineage(context, frame, data, { palette, places: marked.lineage });
  if (selection?.kind === 'pane') drawSelectedPane(context, frame, selection, { data, palette });
  if (selected >= 0) drawSelected(context, frame, data, { palette, place: selected });
  if (hovered >= 0 && hovered !== selected) ring(context, frame, data, { palette, place: hovered, width: 1 });
  if (box !== null) {
    context.globalAlpha = 0.1;
    context.fillStyle = palette.tide;
    context.fillRect(box.x1, box.y1, box.x2 - box.x1, box.y2 - box.y1);
    context.globalAlpha = 1;
    context.lineWidth = 1;
    context.strokeStyle = palette.tide;
    context.strokeRect(box.x1, box.y1, box.x2 - box.x1, box.y2 - box.y1);
  }
  context.restore();
}

function drawNow(context: CanvasRenderingContext2D, frame: Frame, data: PlaneData, palette: Palette): void {
  const y = Math.round(frame.y(data.runAtMs)) + 0.5;
  if (!(y > 0 && y < frame.bottom)) return;
  context.lineWidth = 1;
  context.strokeStyle = palette.ink;
  context.beginPath();
  context.moveTo(frame.left, y);
  context.lineTo(frame.right, y);
  context.stroke();
}

function drawCursor(context: CanvasRenderingContext2D, frame: Frame, cursor: TimeCursor, palette: Palette): void {
  context.lineWidth = 1;
  context.strokeStyle = palette.ink3;
  context.setLineDash([2, 2]);
  context.beginPath();
  if (cursor.eventMs !== null) {
    const x = Math.round(frame.x(cursor.eventMs)) + 0.5;
    context.moveTo(x, frame.top);
    context.lineTo(x, frame.bottom);
  }
  if (cursor.atMs !== null) {
    const y = Math.round(frame.y(cursor.atMs)) + 0.5;
    context.moveTo(frame.left, y);
    context.lineTo(frame.right, y);
  }
  context.stroke();
  context.setLineDash([]);
}

interface MarkedPoint {
  readonly palette: Palette;
  readonly place: number;
}

function ring(
  context: CanvasRenderingContext2D,
  frame: Frame,
  data: PlaneData,
  { palette, place, width }: MarkedPoint & { readonly width: number },
): void {
  context.beginPath();
  context.arc(frame.x(data.points.tsMs.at(place)), frame.y(data.points.atMs.at(place)), 11, 0, 7);
  context.lineWidth = width;
  context.strokeStyle = palette.ink;
  context.stroke();
}

/** Rings closer than this lie on each other: one is drawn for all of them. */
const RING_CELL_PX = 5;

/** Each event of the lineage that is told, ringed as its rows are in the tables. */
function drawLineage(
  context: CanvasRenderingContext2D,
  frame: Frame,
  { points }: PlaneData,
  { palette, places }: { readonly palette: Palette; readonly places: readonly number[] },
): void {
  const drawn = new Set<number>();
  context.beginPath();
  for (const place of places) {
    const x = frame.x(points.tsMs.at(place));
    const y = frame.y(points.atMs.at(place));
    if (!(x > frame.left - 8 && x < frame.right + 8 && y > -8 && y < frame.bottom + 8)) continue;
    const cell = Math.round(y / RING_CELL_PX) * 100_000 + Math.round(x / RING_CELL_PX);
    if (drawn.has(cell)) continue;
    drawn.add(cell);
    context.moveTo(x + 8, y);
    context.arc(x, y, 8, 0, 7);
  }
  context.lineWidth = 5;
  context.strokeStyle = palette.surface;
  context.stroke();
  context.lineWidth = 2;
  context.strokeStyle = palette.ink;
  context.stroke();
}

/** The selected row: ringed, and, where it was late, how far the watermark that judged it had come; a joined row with its interval. */
function drawSelected(context: CanvasRenderingContext2D, frame: Frame, data: PlaneData, point: MarkedPoint): void {
  const { palette, place } = point;
  const { tsMs, atMs, judgedMs, fate, side } = data.points;
  const x = frame.x(tsMs.at(place));
  const y = frame.y(atMs.at(place));
  const { interval } = data.facts;
  if (interval !== null) {
    const isRight = side.at(place) === 1;
    const from = frame.x(tsMs.at(place) + (isRight ? -interval.upperMs : interval.lowerMs));
    const to = frame.x(tsMs.at(place) + (isRight ? -interval.lowerMs : interval.upperMs));
    context.globalAlpha = 0.12;
    context.fillStyle = palette.ontime;
    context.fillRect(from, frame.top, to - from, frame.bottom - frame.top);
    context.globalAlpha = 0.5;
    context.lineWidth = 1;
    context.strokeStyle = palette.ontime;
    context.strokeRect(from + 0.5, y - 5, Math.max(1, to - from), 10);
    context.globalAlpha = 1;
  }
  const judged = judgedMs.at(place);
  if (Number.isFinite(judged)) {
    const to = frame.x(judged);
    const color = fate.at(place) >= FATE_DROPPED ? palette.dropped : palette.late;
    context.strokeStyle = color;
    context.lineWidth = 1.5;
    context.setLineDash([2, 3]);
    context.beginPath();
    context.moveTo(x + 13, y);
    context.lineTo(to, y);
    context.stroke();
    context.setLineDash([]);
    context.beginPath();
    context.moveTo(to, y - 5);
    context.lineTo(to, y + 5);
    context.stroke();
    context.font = `650 ${String(11 * palette.root)}px ${palette.font}`;
    context.textAlign = 'left';
    context.textBaseline = 'bottom';
    const text = `${formatDuration(judged - tsMs.at(place))} behind`;
    const left = Math.min(x + 16, frame.right - context.measureText(text).width - 4);
    halo(context, text, { x: left, y: y - 6 }, [color, palette.surface]);
  }
  ring(context, frame, data, { ...point, width: 1.5 });
}

function drawSelectedPane(
  context: CanvasRenderingContext2D,
  frame: Frame,
  selection: Extract<TimeSelection, { kind: 'pane' }>,
  { data, palette }: { readonly data: PlaneData; readonly palette: Palette },
): void {
  const isByClock = data.facts.window?.isByClock === true;
  context.lineWidth = 2;
  context.strokeStyle = palette.ink;
  if (isByClock) {
    const top = frame.y(selection.endMs);
    context.strokeRect(frame.left + 1, top, frame.right - frame.left - 2, frame.y(selection.startMs) - top);
    return;
  }
  const left = frame.x(selection.startMs);
  const width = frame.x(selection.endMs) - left;
  context.setLineDash([6, 4]);
  context.strokeRect(left, -4, width, frame.height + 8);
  context.setLineDash([]);
  if (selection.atMs === undefined) return;
  const y = frame.y(selection.atMs);
  context.beginPath();
  context.moveTo(left, y);
  context.lineTo(left + width, y);
  context.lineWidth = 3;
  context.stroke();
}
