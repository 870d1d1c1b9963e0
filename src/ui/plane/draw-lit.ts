import { formatTime } from '../theme/format.ts';
import { halo } from './draw-panes.ts';
import type { ShownPane } from './draw-panes.ts';
import type { Frame } from './frame.ts';
import type { Palette } from './palette.ts';
import type { PlaneData } from './plane-data.ts';

const LANE_PX = 8;
const NAMED_LANE_PX = 15;
const MOST_LANES = 12;

/** One stretch of event time, drawn as a bar of its own. */
interface Lane {
  readonly left: number;
  readonly right: number;
  readonly text: string;
}

/** Windows that are pointed at, over all others; several that lie on each other have a bar each below, from start to end. */
export function drawLit(
  context: CanvasRenderingContext2D,
  frame: Frame,
  {
    data,
    palette,
    panes,
  }: { readonly data: PlaneData; readonly palette: Palette; readonly panes: readonly ShownPane[] },
): void {
  const windows = new Map<string, Lane>();
  for (const { place, left, right, top, bottom, hasFired } of panes) {
    const color = hasFired ? palette.late : palette.ontime;
    context.globalAlpha = panes.length > 3 ? 0.05 : 0.1;
    context.fillStyle = color;
    context.fillRect(left, top, right - left, bottom - top);
    context.globalAlpha = 1;
    context.lineWidth = 1.5;
    context.strokeStyle = color;
    context.strokeRect(left + 0.5, top, Math.max(1, right - left - 1), bottom - top);
    const startMs = data.panes.startMs.at(place);
    const endMs = data.panes.endMs.at(place);
    const text = `${formatTime(startMs)} – ${formatTime(endMs)}`;
    windows.set(text, { left, right, text });
  }
  if (windows.size > 1 && data.facts.window?.isMerging !== true) {
    drawLanes(context, frame, palette, { lanes: [...windows.values()].slice(-MOST_LANES), isNamed: false });
  }
}

/** Where around a row others count for it, below the row. */
export function drawReaches(
  context: CanvasRenderingContext2D,
  frame: Frame,
  { data, palette, place }: { readonly data: PlaneData; readonly palette: Palette; readonly place: number },
): void {
  const timeMs = data.points.tsMs.at(place);
  const lanes = data.facts.reaches.map(({ fromMs, toMs, what }) => ({
    left: frame.x(timeMs + fromMs),
    right: frame.x(timeMs + toMs),
    text: what,
  }));
  const isInView = lanes.some(({ left, right }) => right >= frame.left && left <= frame.right);
  if (!isInView || Number.isNaN(timeMs)) return;
  drawLanes(context, frame, palette, { lanes, isNamed: true });
}

/** Bars above the axis of event time, one below the other; with room they say what they are. */
function drawLanes(
  context: CanvasRenderingContext2D,
  frame: Frame,
  palette: Palette,
  { lanes, isNamed }: { readonly lanes: readonly Lane[]; readonly isNamed: boolean },
): void {
  context.save();
  const spacingPx = (isNamed ? NAMED_LANE_PX : LANE_PX) * palette.root;
  const top = frame.bottom - lanes.length * spacingPx - 4;
  context.globalAlpha = 0.85;
  context.fillStyle = palette.surface;
  context.fillRect(frame.left, top, frame.right - frame.left, frame.bottom - top);
  context.globalAlpha = 1;
  context.font = `600 ${String(11 * palette.root)}px ${palette.font}`;
  context.textBaseline = 'middle';
  lanes.forEach(({ left, right, text }, i) => {
    const y = top + (i + 0.5) * spacingPx + 2;
    // Its name leaves another one behind.
    context.strokeStyle = palette.ontime;
    context.lineWidth = 3;
    context.beginPath();
    context.moveTo(left, y);
    context.lineTo(right, y);
    context.stroke();
    context.lineWidth = 1.5;
    context.beginPath();
    for (const x of [left, right]) {
      context.moveTo(x, y - 4);
      context.lineTo(x, y + 4);
    }
    context.stroke();
    if (!isNamed) return;
    const width = context.measureText(text).width;
    const after = Math.min(right, frame.right) + 6;
    const isAfter = after + width < frame.right;
    context.textAlign = isAfter ? 'left' : 'right';
    const x = isAfter ? after : Math.max(left, frame.left + width + 6) - 6;
    halo(context, text, { x, y }, [palette.ontime, palette.surface]);
  });
  context.restore();
}
