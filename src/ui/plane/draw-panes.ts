import { PANE_ENDS_EARLY, PANE_ENDS_LATE, PANE_ENDS_ON_TIME, PANE_OPEN } from '../../app/plane-updates.ts';
import { formatCount } from '../theme/format.ts';
import type { Frame } from './frame.ts';
import { LabelPlaces } from './label-places.ts';
import type { Palette } from './palette.ts';
import type { PlaneData } from './plane-data.ts';

/** With more of them in view none could be told from another. */
export const MOST_PANES = 2_500;

/** A stretch of a window as it stands where the run does. */
export interface ShownPane {
  readonly place: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** As `PanePatches.ends`, open where its end is still to come. */
  readonly ends: number;
  readonly hasFired: boolean;
}

/** Stretches in view, in the order in which they began; null: too many to tell apart. `key` 0: of all keys. */
export function shownPanes(data: PlaneData, frame: Frame, key: number): readonly ShownPane[] | null {
  const { panes, endSeq, runAtMs, facts } = data;
  const { view } = frame;
  const isByClock = facts.window?.isByClock === true;
  const shown: ShownPane[] = [];
  for (const place of panes.blocks.within(view.atFromMs, view.atToMs, panes.toAtMs)) {
    if (panes.fromSeq.at(place) >= endSeq) continue;
    if (facts.window?.isMerging === true && key !== 0 && panes.key.at(place) !== key) continue;
    const isOpen = panes.toSeq.at(place) >= endSeq;
    const toAtMs = isOpen ? runAtMs : panes.toAtMs.at(place);
    const startMs = panes.startMs.at(place);
    const endMs = panes.endMs.at(place);
    if (!isByClock && (startMs > view.eventToMs || endMs < view.eventFromMs)) continue;
    const left = isByClock ? frame.left : frame.x(startMs);
    const right = isByClock ? frame.right : frame.x(endMs);
    const top = frame.y(isByClock ? Math.min(endMs, runAtMs) : toAtMs);
    const bottom = frame.y(isByClock ? startMs : panes.fromAtMs.at(place));
    const isSeen = bottom - top >= 0.5 && right - left >= 1;
    if (!isSeen && bottom - top < 0.5) continue;
    if (shown.length === MOST_PANES) return null;
    const ends = isOpen ? PANE_OPEN : panes.ends.at(place);
    shown.push({ place, left, right, top, bottom, ends, hasFired: panes.hasFired.at(place) === 1 });
  }
  return shown;
}

export interface PaneFills {
  readonly dots: CanvasPattern | string;
  readonly hatch: CanvasPattern | string;
}

/** Whether some lie on each other, as hopping windows do: filled as others are, they would hide what lies below. */
export function doOverlap(panes: readonly ShownPane[]): boolean {
  return panes.some((pane, i) => {
    const before = panes[i - 1];
    if (before === undefined) return false;
    const wide = Math.min(pane.right, before.right) - Math.max(pane.left, before.left);
    const high = Math.min(pane.bottom, before.bottom) - Math.max(pane.top, before.top);
    return wide > 2 && high > 2;
  });
}

export function drawPanes(
  context: CanvasRenderingContext2D,
  panes: readonly ShownPane[],
  palette: Palette,
  fills: PaneFills,
): void {
  context.lineWidth = 1;
  const plain = doOverlap(panes) ? 0.035 : 0.13;
  for (const { left, right, top, bottom, ends, hasFired } of panes) {
    const x = left + 0.5;
    const width = right - left - 1;
    const height = bottom - top;
    context.beginPath();
    context.rect(x, top, Math.max(0.5, width), height);
    if (hasFired) {
      fill(context, fills.hatch, 1);
      outline(context, palette.late, 0.7, []);
    } else if (ends === PANE_OPEN) {
      fill(context, palette.ontime, 0.05);
      outline(context, palette.ontime, 0.5, [4, 3]);
    } else if (ends === PANE_ENDS_EARLY) {
      fill(context, fills.dots, 1);
      outline(context, palette.ontime, 0.45, [2, 3]);
    } else {
      fill(context, palette.ontime, plain);
      outline(context, palette.ontime, 0.55, []);
    }
  }
  context.globalAlpha = 1;
  context.setLineDash([]);
}

function fill(context: CanvasRenderingContext2D, style: CanvasPattern | string, alpha: number): void {
  context.globalAlpha = alpha;
  context.fillStyle = style;
  context.fill();
}

function outline(context: CanvasRenderingContext2D, color: string, alpha: number, dash: readonly number[]): void {
  context.globalAlpha = alpha;
  context.strokeStyle = color;
  context.setLineDash([...dash]);
  context.stroke();
}

export function paneFills(context: CanvasRenderingContext2D, palette: Palette): PaneFills {
  return {
    dots: patternOf(context, palette.ontime, (tile) => {
      tile.globalAlpha = 0.04;
      tile.fillRect(0, 0, 6, 6);
      tile.globalAlpha = 0.55;
      tile.beginPath();
      tile.arc(2, 2, 0.9, 0, 7);
      tile.fill();
    }),
    hatch: patternOf(context, palette.late, (tile) => {
      tile.globalAlpha = 0.08;
      tile.fillRect(0, 0, 6, 6);
      tile.globalAlpha = 0.42;
      tile.lineWidth = 1.2;
      tile.beginPath();
      for (const from of [-6, 0, 6]) {
        tile.moveTo(from, 6);
        tile.lineTo(from + 6, 0);
      }
      tile.stroke();
    }),
  };
}

function patternOf(
  context: CanvasRenderingContext2D,
  color: string,
  draw: (tile: CanvasRenderingContext2D) => void,
): CanvasPattern | string {
  const scale = 2;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 6 * scale;
  const tile = canvas.getContext('2d');
  if (tile === null) return color;
  tile.scale(scale, scale);
  tile.fillStyle = tile.strokeStyle = color;
  draw(tile);
  const pattern = context.createPattern(canvas, 'repeat');
  pattern?.setTransform(new DOMMatrix().scale(1 / scale));
  return pattern ?? color;
}

/** What a pane came to, in few words. */
export function paneLabel(data: PlaneData, { place, ends, hasFired }: ShownPane, isOfOneKey: boolean): string | null {
  const value = data.panes.value.at(place);
  const results = data.panes.results.at(place);
  const figure = Number.isNaN(value) || (ends === PANE_ENDS_LATE && !isOfOneKey) ? '' : ` ${shortNumber(value)}`;
  if (ends === PANE_ENDS_EARLY) return `early${figure}`;
  if (ends === PANE_ENDS_ON_TIME) return `on time${figure === '' && results > 1 ? ` ×${String(results)}` : figure}`;
  if (ends === PANE_ENDS_LATE) return `late${figure}`;
  return ends === PANE_OPEN && !hasFired ? 'open' : null;
}

function shortNumber(value: number): string {
  return Number.isInteger(value) ? formatCount(value) : String(Math.round(value * 100) / 100);
}

/** One label a pane, where there is room for it and none stands yet; the newest first. */
export function drawPaneLabels(
  context: CanvasRenderingContext2D,
  frame: Frame,
  {
    data,
    palette,
    panes,
  }: { readonly data: PlaneData; readonly palette: Palette; readonly panes: readonly ShownPane[] },
): void {
  const { root } = palette;
  const isOfOneKey = data.facts.keyNames.length === 0 || data.facts.window?.isMerging === true;
  context.font = `650 ${String(11 * root)}px ${palette.font}`;
  context.textBaseline = 'top';
  const heightPx = 13 * root;
  const places = new LabelPlaces(heightPx);
  for (const pane of panes.toReversed()) {
    const { left, right, top, bottom, ends } = pane;
    if (bottom - top < heightPx || right - left < 30) continue;
    const text = paneLabel(data, pane, isOfOneKey);
    if (text === null) continue;
    const width = context.measureText(text).width;
    if (width + 8 > right - left) continue;
    const isRight = ends === PANE_ENDS_EARLY || ends === PANE_OPEN;
    const color = ends === PANE_ENDS_LATE ? palette.late : ends === PANE_OPEN ? palette.ink2 : palette.ontime;
    context.textAlign = isRight ? 'right' : 'left';
    const x = isRight ? Math.min(right, frame.right) - 5 : Math.max(left, frame.left) + 5;
    const y = Math.max(top, frame.top) + 2.5;
    if (!places.take(isRight ? x - width : x, y, width)) continue;
    halo(context, text, { x, y }, [color, palette.surface]);
  }
}

/** Text that can be read on anything. */
export function halo(
  context: CanvasRenderingContext2D,
  text: string,
  { x, y }: { readonly x: number; readonly y: number },
  [color, surface]: readonly [color: string, surface: string],
): void {
  context.lineJoin = 'round';
  context.lineWidth = 4;
  context.strokeStyle = surface;
  context.strokeText(text, x, y);
  context.fillStyle = color;
  context.fillText(text, x, y);
}
