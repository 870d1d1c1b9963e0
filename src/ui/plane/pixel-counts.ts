import { FATE_ON_TIME } from '../../app/plane-updates.ts';
import type { CellRun } from './density.ts';
import type { Frame } from './frame.ts';
import { firstAtLeast } from './growing.ts';
import type { PlaneData } from './plane-data.ts';

/** Places of points among all that have come: from `from` to before `to`. */
export interface PlaceRange {
  readonly from: number;
  readonly to: number;
}

/** Cells that are counted together and drawn as points are at most so long, px: too short for the eye. */
const CELL_PX = 1.5;

/** Up to so many points are looked at one by one. */
const FEW_POINTS = 60_000;

/** How points are taken: those before `tailFrom` by cells, the others, or all where there are no cells, one by one. */
export interface Taken {
  readonly cellMs: number | null;
  readonly tailFrom: number;
}

/** Whether cells serve where these are in view; if so, more of them may have to be counted. */
export function needsCells({ from, to }: PlaceRange): boolean {
  return to - from > FEW_POINTS;
}

export function takenOf(data: PlaneData, frame: Frame, places: PlaceRange): Taken {
  const { cells, counted } = data.points;
  const cellMs = CELL_PX * Math.min(frame.eventPerPx, frame.atPerPx);
  if (!needsCells(places) || cells?.has(cellMs) !== true) return { cellMs: null, tailFrom: places.from };
  return { cellMs, tailFrom: Math.max(places.from, counted) };
}

/** The middles of cells whose rows lie between two moments, and how many rows each stands for. */
export function eachCell(
  runs: readonly CellRun[],
  fromAtMs: number,
  toAtMs: number,
  take: (tsMs: number, atMs: number, count: number) => void,
): void {
  for (const { level, from, to } of runs) {
    const { cellMs, x, y, count } = level;
    const [xs, ys, counts] = [x.values, y.values, count.values];
    const first = Math.max(from, firstAtLeast(ys, to, Math.floor(fromAtMs / cellMs)));
    const last = firstAtLeast(ys, to, Math.floor(toAtMs / cellMs) + 1);
    for (let i = first; i < last; i++) {
      take(((xs[i] ?? 0) + 0.5) * cellMs, ((ys[i] ?? 0) + 0.5) * cellMs, counts[i] ?? 0);
    }
  }
}

/** Rows on time by pixel of the plot, row by row from the top. */
export class PixelCounts {
  width = 0;
  height = 0;
  counts = new Float32Array(0);
  /** Pixels that stand for some. */
  readonly pixels: number[] = [];

  count(data: PlaneData, frame: Frame, places: PlaceRange): void {
    this.begin(Math.ceil(frame.right - frame.left), Math.ceil(frame.bottom - frame.top));
    const { points, runAtMs } = data;
    const { cellMs, tailFrom } = takenOf(data, frame, places);
    if (cellMs !== null) {
      const runs = points.cells?.runsOf(FATE_ON_TIME, 0, cellMs) ?? [];
      const add = (tsMs: number, atMs: number, count: number): void => this.add(frame, tsMs, atMs, count);
      eachCell(runs, frame.view.atFromMs, Math.min(frame.view.atToMs, runAtMs), add);
    }
    const [times, ats, fates] = [points.tsMs.values, points.atMs.values, points.fate.values];
    for (const { from, to, weight } of points.stretches(tailFrom, places.to)) {
      for (let place = from; place < to; place++) {
        if (fates[place] !== FATE_ON_TIME) continue;
        this.add(frame, times[place] ?? Number.NaN, ats[place] ?? Number.NaN, weight);
      }
    }
  }

  private begin(width: number, height: number): void {
    const { counts, pixels } = this;
    if (width !== this.width || height !== this.height) this.counts = new Float32Array(width * height);
    else for (const pixel of pixels) counts[pixel] = 0;
    this.width = width;
    this.height = height;
    pixels.length = 0;
  }

  private add({ view, eventPerPx, atPerPx }: Frame, tsMs: number, atMs: number, count: number): void {
    const { width, height, counts } = this;
    const x = Math.floor((tsMs - view.eventFromMs) / eventPerPx);
    const y = height - 1 - Math.floor((atMs - view.atFromMs) / atPerPx);
    // Also what has no event time.
    if (!(x >= 0 && x < width && y >= 0 && y < height)) return;
    const pixel = y * width + x;
    const before = counts[pixel] ?? 0;
    if (before === 0) this.pixels.push(pixel);
    counts[pixel] = before + count;
  }
}
