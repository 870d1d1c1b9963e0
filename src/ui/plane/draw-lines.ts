import type { Frame } from './frame.ts';
import { firstAtLeast } from './growing.ts';
import type { Palette } from './palette.ts';
import type { Line, PlaneData } from './plane-data.ts';

/** Room beyond the canvas, so that lines run off it and do not end there. */
const FAR_PX = 4_000;

/**
 * A line as a path over what is in view. Of many steps in one row of pixels only the first and the last are drawn: both
 * times and watermarks only grow, so that nothing in between could be seen.
 */
export function stepPath(line: Line, frame: Frame, endSeq: number, shiftMs = 0): Path2D | null {
  const length = firstAtLeast(line.seq.values, line.seq.length, endSeq);
  if (length === 0) return null;
  const { atMs, watermarkMs } = line;
  const path = new Path2D();
  const x = (i: number): number => clamp(frame.x(watermarkMs.at(i) - shiftMs), frame);
  const topMs = frame.atAt(frame.top);
  let i = Math.max(0, firstAtLeast(atMs.values, length, frame.view.atFromMs) - 1);
  path.moveTo(x(i), Math.min(frame.y(atMs.at(i)), frame.bottom + FAR_PX));
  while (i + 1 < length && atMs.at(i) <= topMs) {
    const y = frame.y(atMs.at(i + 1));
    path.lineTo(x(i), y);
    // The last step in the same row of pixels.
    const next = Math.min(length, firstAtLeast(atMs.values, length, frame.atAt(y - 0.75)));
    i = Math.max(i + 1, next - 1);
    path.lineTo(x(i), y);
  }
  return path;
}

/** Draws the line on to where the run stands. */
function ended(path: Path2D, line: Line, frame: Frame, { endSeq, nowMs, shiftMs }: Shown): Path2D {
  const last = firstAtLeast(line.seq.values, line.seq.length, endSeq) - 1;
  path.lineTo(clamp(frame.x(line.watermarkMs.at(last) - shiftMs), frame), frame.y(nowMs));
  return path;
}

interface Shown {
  readonly endSeq: number;
  readonly nowMs: number;
  readonly shiftMs: number;
}

function clamp(x: number, frame: Frame): number {
  return Math.max(-FAR_PX, Math.min(frame.width + FAR_PX, x));
}

/** Lines that are thinner and told apart by their inputs or partitions; none where there is nothing to tell apart. */
export function partLines(data: PlaneData): readonly Line[] {
  const inputs = data.lines.filter(({ about, seq }) => about.role === 'input' && seq.length > 0);
  if (inputs.length > 1) return inputs;
  const partitions = data.lines.filter(({ about, seq }) => about.role === 'partition' && seq.length > 0);
  return partitions.length > 1 ? partitions : [];
}

/** The area that the watermark has left behind, below everything else. */
export function drawWater(context: CanvasRenderingContext2D, frame: Frame, data: PlaneData, palette: Palette): void {
  const clock = data.lines[0];
  const { endSeq, runAtMs } = data;
  const path = clock === undefined ? null : stepPath(clock, frame, endSeq);
  if (clock === undefined || path === null) return;
  ended(path, clock, frame, { endSeq, nowMs: runAtMs, shiftMs: 0 });
  path.lineTo(-FAR_PX, frame.y(runAtMs));
  path.lineTo(-FAR_PX, Math.min(frame.y(clock.atMs.at(0)), frame.bottom + FAR_PX));
  path.closePath();
  context.globalAlpha = 0.07;
  context.fillStyle = palette.tide;
  context.fill(path);
  context.globalAlpha = 1;
}

/** Ideal, out-of-orderness bound, horizon, watermarks of parts, and the watermark itself. */
export function drawLines(context: CanvasRenderingContext2D, frame: Frame, data: PlaneData, palette: Palette): void {
  drawDiagonals(context, frame, data, palette);
  const { endSeq, runAtMs: nowMs } = data;
  const draw = (line: Line, width: number, alpha: number, shiftMs = 0): void => {
    const path = stepPath(line, frame, endSeq, shiftMs);
    if (path === null) return;
    context.lineWidth = width;
    context.globalAlpha = alpha;
    context.stroke(ended(path, line, frame, { endSeq, nowMs, shiftMs }));
    context.globalAlpha = 1;
  };
  context.strokeStyle = palette.tide;
  context.lineJoin = 'round';
  for (const line of partLines(data)) draw(line, 1, 0.75);
  const clock = data.lines[0];
  if (clock === undefined) return;
  const { horizonMs } = data.facts;
  if (horizonMs > 0) {
    context.setLineDash([5, 3]);
    draw(clock, 1.25, 1, horizonMs);
    context.setLineDash([]);
  }
  draw(clock, 2.25, 1);
}

function drawDiagonals(context: CanvasRenderingContext2D, frame: Frame, data: PlaneData, palette: Palette): void {
  const { eventFromMs, eventToMs, atFromMs, atToMs } = frame.view;
  const diagonal = (delayMs: number): void => {
    // Event time less the delay: where at = event + delay.
    const from = Math.max(eventFromMs, atFromMs - delayMs);
    const to = Math.min(eventToMs, atToMs - delayMs);
    if (from >= to) return;
    context.beginPath();
    context.moveTo(frame.x(from), frame.y(from + delayMs));
    context.lineTo(frame.x(to), frame.y(to + delayMs));
    context.stroke();
  };
  context.strokeStyle = palette.ink3;
  context.lineWidth = 1.25;
  context.lineCap = 'round';
  context.setLineDash([1.5, 4]);
  diagonal(0);
  context.setLineDash([1, 7]);
  for (const delayMs of data.facts.delaysMs.slice(0, 4)) if (delayMs > 0) diagonal(delayMs);
  context.setLineDash([]);
  context.lineCap = 'butt';
}
