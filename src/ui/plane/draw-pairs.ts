import type { Frame } from './frame.ts';
import { firstAtLeast } from './growing.ts';
import type { Palette } from './palette.ts';
import type { PlaneData } from './plane-data.ts';

/** With more in view, links are drawn of the selected row alone. */
const MOST_LINKS = 400;

/** Which pairs a row is in; all that came while the view went on, and null where these are too many. */
function pairsToDraw(data: PlaneData, frame: Frame, key: number, selected: number | null): readonly number[] | null {
  const { pairs, points, endSeq } = data;
  const end = firstAtLeast(pairs.seq.values, pairs.length, endSeq);
  const from = firstAtLeast(pairs.atMs.values, end, frame.view.atFromMs);
  const to = firstAtLeast(pairs.atMs.values, end, frame.view.atToMs);
  const found: number[] = [];
  const isMany = to - from > MOST_LINKS && key === 0;
  if (isMany && selected === null) return null;
  const first = selected === null ? from : 0;
  const last = selected === null ? to : end;
  for (let i = first; i < last && found.length <= MOST_LINKS; i++) {
    const isOf = pairs.left.at(i) === selected || pairs.right.at(i) === selected;
    if (selected !== null && !isOf) continue;
    if (key !== 0 && points.key.at(pairs.left.at(i)) !== key) continue;
    found.push(i);
  }
  return found.length > MOST_LINKS && selected === null ? null : found;
}

/** Links between the rows of pairs, bent away from the watermark. */
export function drawPairs(
  context: CanvasRenderingContext2D,
  frame: Frame,
  data: PlaneData,
  { palette, key, selected }: { readonly palette: Palette; readonly key: number; readonly selected: number | null },
): void {
  if (data.pairs.length === 0) return;
  const draw = (places: readonly number[], width: number, color: string): void => {
    context.beginPath();
    for (const i of places) link(context, frame, data, i);
    context.lineWidth = width;
    context.strokeStyle = color;
    context.stroke();
  };
  context.setLineDash([]);
  const all = pairsToDraw(data, frame, key, null) ?? [];
  context.globalAlpha = selected === null ? 0.85 : 0.35;
  draw(all, 1.25, palette.ink2);
  context.globalAlpha = 1;
  if (selected !== null) draw(pairsToDraw(data, frame, key, selected) ?? [], 2, palette.ink);
}

function link(context: CanvasRenderingContext2D, frame: Frame, data: PlaneData, pair: number): void {
  const { tsMs, atMs } = data.points;
  const left = data.pairs.left.at(pair);
  const right = data.pairs.right.at(pair);
  const x1 = frame.x(tsMs.at(left));
  const y1 = frame.y(atMs.at(left));
  const x2 = frame.x(tsMs.at(right));
  const y2 = frame.y(atMs.at(right));
  const bend = Math.min(60, 0.12 * Math.hypot(x2 - x1, y2 - y1) + 8);
  context.moveTo(x1, y1);
  context.quadraticCurveTo((x1 + x2) / 2 + bend, (y1 + y2) / 2 + bend, x2, y2);
}

/** Whether there are pairs in view that are not linked, because they are too many. */
export function hidesLinks(data: PlaneData, frame: Frame, key: number): boolean {
  return data.pairs.length > 0 && pairsToDraw(data, frame, key, null) === null;
}
