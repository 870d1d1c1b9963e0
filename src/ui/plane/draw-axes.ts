import { axisTime } from '../charts/axis-labels.ts';
import { timeTicks } from '../charts/chart-rows.ts';
import type { Frame } from './frame.ts';
import type { Palette } from './palette.ts';

const YEAR_MS = 365 * 86_400_000;
/** What a `Date` can hold. */
const MOST_DATE_MS = 8.64e15;

/** Grid, times along both axes, and what the axes are. */
export function drawAxes(context: CanvasRenderingContext2D, frame: Frame, palette: Palette): void {
  const { view, left, right, top, bottom } = frame;
  const { root } = palette;
  context.font = `${String(11 * root)}px ${palette.font}`;
  context.lineWidth = 1;
  context.strokeStyle = palette.line;
  context.fillStyle = palette.ink3;
  const xs = ticksOf(view.eventFromMs, view.eventToMs, Math.max(2, Math.floor((right - left) / (84 * root))));
  const ys = ticksOf(view.atFromMs, view.atToMs, Math.max(2, Math.floor((bottom - top) / (38 * root))));
  context.beginPath();
  for (const tick of xs.ticks) {
    const x = Math.round(frame.x(tick)) + 0.5;
    context.moveTo(x, top);
    context.lineTo(x, bottom);
  }
  for (const tick of ys.ticks) {
    const y = Math.round(frame.y(tick)) + 0.5;
    context.moveTo(left, y);
    context.lineTo(right, y);
  }
  context.stroke();
  context.textAlign = 'center';
  context.textBaseline = 'top';
  for (const tick of xs.ticks) {
    const text = xs.format(tick);
    const half = context.measureText(text).width / 2;
    context.fillText(
      text,
      Math.min(Math.max(frame.x(tick), left + half - 20), frame.width - half - 2),
      bottom + 4 * root,
    );
  }
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const tick of ys.ticks) context.fillText(ys.format(tick), left - 6, frame.y(tick));
  context.fillStyle = palette.ink2;
  context.textBaseline = 'alphabetic';
  context.fillText('event time →', right, frame.height - 4 * root);
  context.textAlign = 'left';
  context.fillText('↑ processing time', left, frame.height - 4 * root);
}

interface Ticks {
  readonly ticks: readonly number[];
  readonly format: (timeMs: number) => string;
}

/** Times that an axis from `fromMs` to `toMs` is labelled at, about `count` of them, and how they are written. */
export function ticksOf(fromMs: number, toMs: number, count: number): Ticks {
  const spanMs = toMs - fromMs;
  if (spanMs > 2 * YEAR_MS) {
    const rough = spanMs / YEAR_MS / count;
    const years = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000].find((step) => step >= rough) ?? Math.ceil(rough);
    const ticks: number[] = [];
    const first = Math.ceil(new Date(Math.max(fromMs, -MOST_DATE_MS)).getUTCFullYear() / years) * years;
    for (let year = first; ticks.length <= count; year += years) {
      const tick = Date.UTC(year, 0, 1);
      if (!(tick <= toMs)) break;
      if (tick >= fromMs) ticks.push(tick);
    }
    return { ticks, format: (timeMs) => String(new Date(timeMs).getUTCFullYear()) };
  }
  const ticks = spanMs < 1_000 ? fineTicks(fromMs, toMs, count) : timeTicks(fromMs, toMs, count);
  return { ticks, format: axisTime(spanMs, ticks) };
}

/** Below what clocks show: whole milliseconds. */
function fineTicks(fromMs: number, toMs: number, count: number): readonly number[] {
  const rough = (toMs - fromMs) / count;
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((size) => size >= rough) ?? 1_000;
  const ticks: number[] = [];
  for (let tick = Math.ceil(fromMs / step) * step; tick <= toMs; tick += step) ticks.push(tick);
  return ticks;
}
