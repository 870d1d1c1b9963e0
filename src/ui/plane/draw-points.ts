import {
  FATE_DROPPED,
  FATE_LATE_KEPT,
  FATE_ON_TIME,
  FATE_REFIRED,
  FATE_REFUSED,
  FATE_REJECTED,
} from '../../app/plane-updates.ts';
import type { Frame } from './frame.ts';
import { firstAtLeast } from './growing.ts';
import { LabelPlaces } from './label-places.ts';
import type { Palette } from './palette.ts';
import { makeStamp, PixelLayer } from './pixel-layer.ts';
import type { Stamp } from './pixel-layer.ts';
import type { PlaneData } from './plane-data.ts';
import { drawMark } from './point-marks.ts';
import type { PlaceRange } from './pixel-counts.ts';
import { PixelCounts, eachCell, needsCells, takenOf } from './pixel-counts.ts';

/** With more in view, marks are stamped; with fewer than the other they are large, with fewer still they are numbered. */
const STAMPED_FROM = 1_200;
export const NUMBERED_UP_TO = 60;
/** With more that were not on time over the density, one mark stands for all in a square: else they would hide it. */
export const CROWDED_FROM = 3_000;
const CROWDED_CELL_PX = 14;
/** Points that are counted into cells in one frame. */
const COUNTED_A_FRAME = 30_000;
/** What lies above comes later. */
const OTHER_FATES = [FATE_LATE_KEPT, FATE_REFIRED, FATE_REJECTED, FATE_REFUSED, FATE_DROPPED];
const SIDES = [0, 1];

export const RADIUS = { dense: 2.2, plain: 4.5, numbered: 7 } as const;

/** Points that came while a stretch of processing time went on, up to where the run stands. */
export function placesIn(data: PlaneData, fromAtMs: number, toAtMs: number): PlaceRange {
  const { points, endSeq } = data;
  const end = firstAtLeast(points.seq.values, points.length, endSeq);
  const from = firstAtLeast(points.atMs.values, end, fromAtMs);
  const to = firstAtLeast(points.atMs.values, end, toAtMs + 1e-6);
  return { from, to: Math.max(from, to) };
}

/** Draws the points of the plane. Holds what is expensive to make: stamps, and the pixels that they go into. */
export class PointPainter {
  /** One of each size: another size would have to be made anew. */
  private readonly layer = new PixelLayer();
  private readonly shadeLayer = new PixelLayer();
  private stamps: readonly Stamp[] = [];
  private stampedFor = '';
  private readonly onTime = new PixelCounts();
  /** Whether all that is in view has been counted; where it has not, drawing it costs more. */
  isCounted = true;

  /** The radius of marks as they are drawn. */
  draw(
    context: CanvasRenderingContext2D,
    frame: Frame,
    data: PlaneData,
    { palette, key, scale }: { readonly palette: Palette; readonly key: number; readonly scale: number },
  ): number {
    const { points } = data;
    const margin = 10 * frame.atPerPx;
    const places = placesIn(data, frame.view.atFromMs - margin, frame.view.atToMs + margin);
    this.isCounted = true;
    if (points.isDense && places.to - places.from > 20_000 && key === 0) {
      this.drawDense(context, frame, data, { palette, scale, places });
      return RADIUS.dense;
    }
    const onTime = this.inView(data, frame, places, { key, isOnTime: true });
    const others = this.inView(data, frame, places, { key, isOnTime: false });
    const count = onTime.length + others.length;
    if (count <= STAMPED_FROM) {
      const r = radiusOf(count, frame) * palette.root;
      for (const place of onTime) this.mark(context, frame, data, { palette, place, r });
      for (const place of others) this.mark(context, frame, data, { palette, place, r });
      if (count <= NUMBERED_UP_TO) drawNumbers(context, frame, data, { palette, places: [...onTime, ...others], r });
      return r;
    }
    this.makeStamps(palette, scale);
    this.layer.begin(Math.ceil(frame.width * scale), Math.ceil(frame.height * scale));
    this.stamp(frame, data, onTime, scale);
    this.stamp(frame, data, others, scale);
    this.layer.drawOn(context, 0, 0, scale);
    return RADIUS.dense;
  }

  /** Rows on time as density; the others as marks, what was dropped above what was kept. */
  private drawDense(
    context: CanvasRenderingContext2D,
    frame: Frame,
    data: PlaneData,
    { palette, scale, places }: { readonly palette: Palette; readonly scale: number; readonly places: PlaceRange },
  ): void {
    this.isCounted = !needsCells(places) || data.points.count(COUNTED_A_FRAME);
    this.onTime.count(data, frame, places);
    this.shade(context, frame, palette);
    this.makeStamps(palette, scale);
    const { others } = data.points;
    const from = firstAtLeast(others.values, others.length, places.from);
    const shown = others.values.subarray(from, firstAtLeast(others.values, others.length, places.to));
    const isCrowded = shown.length > CROWDED_FROM;
    const cell = isCrowded ? Math.round(CROWDED_CELL_PX * scale) : 1;
    this.layer.begin(Math.ceil(frame.width * scale), Math.ceil(frame.height * scale), cell);
    // What comes last lies above; where a square takes one alone, the first does.
    if (isCrowded) this.stampCrowd(frame, data, places, scale);
    else for (const fate of OTHER_FATES) this.stampOf(fate, frame, data, { places: shown, scale });
    this.layer.drawOn(context, 0, 0, scale);
  }

  /** Of those that were not on time, one a square: what was dropped before all others. */
  private stampCrowd(frame: Frame, data: PlaneData, places: PlaceRange, scale: number): void {
    const { others, cells } = data.points;
    const { view } = frame;
    const marginMs = 10 * frame.atPerPx;
    const { cellMs, tailFrom } = takenOf(data, frame, places);
    const from = firstAtLeast(others.values, others.length, tailFrom);
    const tail = others.values.subarray(from, firstAtLeast(others.values, others.length, places.to));
    const toAtMs = Math.min(view.atToMs + marginMs, data.runAtMs);
    for (const fate of OTHER_FATES.toReversed()) {
      if ((data.counts.byFate[fate] ?? 0) === 0) continue;
      for (const side of cellMs === null ? [] : SIDES) {
        const stamp = this.stamps[2 * fate + side];
        const runs = cells?.runsOf(fate, side, cellMs ?? 0) ?? [];
        if (stamp === undefined) continue;
        eachCell(runs, view.atFromMs - marginMs, toAtMs, (tsMs, atMs) =>
          this.layer.stamp(frame.x(tsMs) * scale, frame.y(atMs) * scale, stamp),
        );
      }
      this.stampOf(fate, frame, data, { places: tail, scale });
    }
  }

  private stampOf(
    wanted: number,
    frame: Frame,
    data: PlaneData,
    { places, scale }: { readonly places: Uint32Array; readonly scale: number },
  ): void {
    if ((data.counts.byFate[wanted] ?? 0) === 0) return;
    const fates = data.points.fate.values;
    this.stamp(
      frame,
      data,
      places.filter((place) => fates[place] === wanted),
      scale,
    );
  }

  private inView(
    data: PlaneData,
    frame: Frame,
    { from, to }: PlaceRange,
    { key, isOnTime }: { readonly key: number; readonly isOnTime: boolean },
  ): readonly number[] {
    const { others } = data.points;
    const times = data.points.tsMs.values;
    const keys = data.points.key.values;
    const fates = data.points.fate.values;
    const margin = 10 * frame.eventPerPx;
    const fromMs = frame.view.eventFromMs - margin;
    const toMs = frame.view.eventToMs + margin;
    const isIn = (place: number): boolean => {
      const time = times[place] ?? Number.NaN;
      return time >= fromMs && time <= toMs && (key === 0 || keys[place] === key);
    };
    const places: number[] = [];
    if (isOnTime) {
      for (let place = from; place < to; place++) if (fates[place] === FATE_ON_TIME && isIn(place)) places.push(place);
      return places;
    }
    const last = firstAtLeast(others.values, others.length, to);
    const byFate: number[][] = [];
    for (let i = firstAtLeast(others.values, others.length, from); i < last; i++) {
      const place = others.values[i] ?? 0;
      if (isIn(place)) (byFate[fates[place] ?? 0] ??= []).push(place);
    }
    // What was dropped stands above what was kept.
    return byFate.flat();
  }

  private mark(
    context: CanvasRenderingContext2D,
    frame: Frame,
    data: PlaneData,
    { palette, place, r }: { readonly palette: Palette; readonly place: number; readonly r: number },
  ): void {
    const { tsMs, atMs, fate, side } = data.points;
    const look = { fate: fate.at(place), isSquare: side.at(place) === 1 };
    const size = look.fate === FATE_ON_TIME || r < RADIUS.numbered ? r : r - 1;
    drawMark(context, palette, look, { x: frame.x(tsMs.at(place)), y: frame.y(atMs.at(place)), r: size });
  }

  private stamp(frame: Frame, data: PlaneData, places: readonly number[] | Uint32Array, scale: number): void {
    const { tsMs, atMs, fate, side } = data.points;
    const { left, bottom, view, eventPerPx, atPerPx } = frame;
    const { layer, stamps } = this;
    const [times, ats, fates, sides] = [tsMs.values, atMs.values, fate.values, side.values];
    for (const place of places) {
      const stamp = stamps[2 * (fates[place] ?? 0) + (sides[place] === 1 ? 1 : 0)];
      const x = left + ((times[place] ?? Number.NaN) - view.eventFromMs) / eventPerPx;
      const y = bottom - ((ats[place] ?? Number.NaN) - view.atFromMs) / atPerPx;
      if (stamp !== undefined) layer.stamp(x * scale, y * scale, stamp);
    }
  }

  private makeStamps(palette: Palette, scale: number): void {
    const made = `${palette.ontime} ${palette.surface} ${String(scale)}`;
    if (made === this.stampedFor) return;
    this.stampedFor = made;
    this.stamps = Array.from({ length: 12 }, (_, i) => {
      const fate = i >> 1;
      const r = fate === FATE_ON_TIME ? RADIUS.dense : 2.6;
      const at = { x: 0, y: 0, r };
      return makeStamp(i, { radius: r + 4, scale }, (context) =>
        drawMark(context, palette, { fate, isSquare: i % 2 === 1 }, at),
      );
    });
  }

  /** Rows on time as density: each pixel the more blue, the more rows it stands for. */
  private shade(context: CanvasRenderingContext2D, frame: Frame, palette: Palette): void {
    const { counts, pixels, width, height } = this.onTime;
    this.shadeLayer.begin(width, height);
    this.shadeLayer.shade(pixels, palette.ontime, densityStrength(counts, pixels));
    this.shadeLayer.drawOn(context, frame.left, frame.top, 1);
  }
}

/** Large where marks have room, so that they can be told from each other. */
function radiusOf(count: number, frame: Frame): number {
  if (count <= NUMBERED_UP_TO) return RADIUS.numbered;
  // Rows lie along a diagonal, not all over the plot.
  const roomPx = Math.hypot(frame.right - frame.left, frame.bottom - frame.top) / count;
  return Math.max(RADIUS.dense, Math.min(RADIUS.plain, 1.6 * roomPx));
}

/** One row can be seen, the fullest pixel is solid, and between them the strength grows with the number of digits. */
function densityStrength(counts: Float32Array, pixels: readonly number[]): (pixel: number) => number {
  let most = 1;
  for (const pixel of pixels) most = Math.max(most, counts[pixel] ?? 0);
  const whole = Math.log(1 + most);
  return (pixel) => 0.3 + 0.7 * (Math.log(1 + (counts[pixel] ?? 0)) / whole);
}

/** Numbers of entries in, or beside, the marks that nothing lies on. */
function drawNumbers(
  context: CanvasRenderingContext2D,
  frame: Frame,
  data: PlaneData,
  { palette, places, r }: { readonly palette: Palette; readonly places: readonly number[]; readonly r: number },
): void {
  const { tsMs, atMs, fate, seq, side } = data.points;
  const taken = new LabelPlaces(1.6 * r);
  // What lies above is numbered: what lies below could not be read.
  for (const place of places.toReversed()) {
    const x = frame.x(tsMs.at(place));
    const y = frame.y(atMs.at(place));
    const text = String(seq.at(place));
    const half = (text.length > 2 ? 1 : 0.6) * r;
    if (!taken.take(x - half, y, 2 * half)) continue;
    const isInside = fate.at(place) === FATE_ON_TIME && text.length <= 3;
    context.textBaseline = 'middle';
    context.font = `${isInside ? 700 : 650} ${String((isInside ? (text.length > 2 ? 8 : 9) : 11) * palette.root)}px ${palette.font}`;
    if (isInside) {
      context.textAlign = 'center';
      context.fillStyle = side.at(place) === 1 ? palette.surface : palette.onOntime;
      context.fillText(text, x, y + 0.5);
    } else if (fate.at(place) !== FATE_ON_TIME) {
      context.textAlign = 'right';
      context.lineJoin = 'round';
      context.lineWidth = 4;
      context.strokeStyle = palette.surface;
      context.strokeText(text, x - r - 4, y);
      context.fillStyle = fate.at(place) > 2 ? palette.dropped : palette.late;
      context.fillText(text, x - r - 4, y);
    }
  }
}
