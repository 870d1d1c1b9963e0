import { describe, expect, it } from 'vitest';
import { FATE_DROPPED, FATE_LATE_KEPT, FATE_ON_TIME } from '../../app/plane-updates.ts';
import type { Frame } from './frame.ts';
import { frameOf } from './frame.ts';
import type { PlaneData } from './plane-data.ts';
import type { PointInTests } from './plane-data-in-tests.ts';
import { planeOf } from './plane-data-in-tests.ts';
import { PixelCounts, eachCell, takenOf } from './pixel-counts.ts';

const POINTS = 120_000;
const WIDTH = 700;
const HEIGHT = 320;

/** One every 10 ms, each up to 5 s old, one in 50 up to a minute. */
const many: readonly PointInTests[] = Array.from({ length: POINTS }, (_, i) => {
  const share = ((i * 7_919) % 10_007) / 10_007;
  const isStraggler = i % 50 === 0;
  const atMs = 1_700_000_000_000 + i * 10;
  const fate = isStraggler ? (i % 100 === 0 ? FATE_DROPPED : FATE_LATE_KEPT) : FATE_ON_TIME;
  return { atMs, tsMs: atMs - share * (isStraggler ? 60_000 : 5_000), fate };
});

function frameOver(fromMs: number, toMs: number, leadMs = 61_000): Frame {
  const view = { eventFromMs: fromMs - leadMs, eventToMs: toMs, atFromMs: fromMs, atToMs: toMs };
  return frameOf(view, WIDTH, HEIGHT, 1);
}

const [FIRST_MS, LAST_MS] = [many[0]?.atMs ?? 0, many.at(-1)?.atMs ?? 0];
const whole = frameOver(FIRST_MS - 10_000, LAST_MS + 10_000);
const all = { from: 0, to: POINTS };

/** By pixel, straight from the points. */
function plainly(points: readonly PointInTests[], { view, eventPerPx, atPerPx }: Frame, weight = 1): Float32Array {
  const [width, height] = sizeOf(whole);
  const counts = new Float32Array(width * height);
  for (const { tsMs, atMs, fate } of points) {
    const x = Math.floor((tsMs - view.eventFromMs) / eventPerPx);
    const y = height - 1 - Math.floor((atMs - view.atFromMs) / atPerPx);
    if (fate !== FATE_ON_TIME || x < 0 || x >= width || y < 0 || y >= height) continue;
    counts[y * width + x] = (counts[y * width + x] ?? 0) + weight;
  }
  return counts;
}

function sizeOf({ left, right, top, bottom }: Frame): readonly [number, number] {
  return [Math.ceil(right - left), Math.ceil(bottom - top)];
}

function counted(data: PlaneData, frame: Frame, places = all): Float32Array {
  const pixels = new PixelCounts();
  pixels.count(data, frame, places);
  return pixels.counts.slice();
}

/** How many lie left of each column, and above each row. */
function sums(counts: Float32Array): readonly (readonly number[])[] {
  const [width, height] = sizeOf(whole);
  const add = (length: number, cross: number, placeOf: (i: number, j: number) => number): readonly number[] => {
    let sum = 0;
    return Array.from({ length }, (_, i) => {
      for (let j = 0; j < cross; j++) sum += counts[placeOf(i, j)] ?? 0;
      return sum;
    });
  };
  return [add(width, height, (x, y) => y * width + x), add(height, width, (y, x) => y * width + x)];
}

function expectNear(counts: Float32Array, plain: Float32Array): void {
  const expected = sums(plain);
  for (const [axis, line] of sums(counts).entries()) {
    for (const [i, sum] of line.entries()) {
      const of = expected[axis] ?? [];
      expect(sum).toBeGreaterThanOrEqual(of[i - 1] ?? 0);
      expect(sum).toBeLessThanOrEqual(of[Math.min(i + 1, line.length - 1)] ?? 0);
    }
    expect(line.at(-1)).toBe(expected[axis]?.at(-1));
  }
}

describe('how many rows each pixel of the plane stands for', () => {
  const plain = plainly(many, whole);

  it('is what they are one by one, before any are in cells', () => {
    expect(counted(planeOf(many), whole)).toEqual(plain);
  });

  it('is by cells off by one pixel at most, and nothing is lost or told twice, however many are in cells by now', () => {
    const data = planeOf(many);
    for (const isWhole of [false, false, true]) {
      expect(data.points.count(POINTS / 3)).toBe(isWhole);
      expectNear(counted(data, whole), plain);
    }
    expect(takenOf(data, whole, all)).toMatchObject({ tailFrom: POINTS });
  });

  it('is there also nearer than the smallest cells, and where few are in view', () => {
    const data = planeOf(many);
    data.points.count(POINTS);
    for (const frame of [frameOver(FIRST_MS, FIRST_MS + 20_000, 100), frameOver(FIRST_MS, FIRST_MS + 2, 1)]) {
      expect(counted(data, frame)).toEqual(plainly(many, frame));
    }
    const few = { from: 1_000, to: 31_000 };
    expect(counted(data, whole, few)).toEqual(plainly(many.slice(few.from, few.to), whole));
  });

  it('goes by what each point stands for, from where that changed on', () => {
    const data = planeOf(many.slice(0, POINTS / 2));
    const more = planeOf(many.slice(POINTS / 2)).points;
    const from = POINTS / 2;
    data.points.append({
      length: from,
      seq: more.seq.values.slice(0, from).map((seq) => seq + from),
      tsMs: more.tsMs.values.slice(0, from),
      atMs: more.atMs.values.slice(0, from),
      fate: more.fate.values.slice(0, from),
      side: more.side.values.slice(0, from),
      key: more.key.values.slice(0, from),
      lane: more.lane.values.slice(0, from),
      judgedMs: more.judgedMs.values.slice(0, from),
      weight: 4,
    });
    data.runAtMs = LAST_MS;
    const light = plainly(many.slice(0, from), whole);
    const heavy = plainly(many.slice(from), whole, 4);
    const both = light.map((count, i) => count + (heavy[i] ?? 0));
    expect(counted(data, whole)).toEqual(both);
    data.points.count(POINTS);
    expectNear(counted(data, whole), both);
  });
});

describe('cells of those that were not on time', () => {
  it('hold each of them once, by fate', () => {
    const data = planeOf(many);
    data.points.count(POINTS);
    for (const fate of [FATE_DROPPED, FATE_LATE_KEPT]) {
      const { cellMs } = takenOf(data, whole, all);
      const runs = data.points.cells?.runsOf(fate, 0, cellMs ?? 0) ?? [];
      let sum = 0;
      let cells = 0;
      eachCell(runs, FIRST_MS, LAST_MS, (_tsMs, _atMs, count) => {
        sum += count;
        cells++;
      });
      expect(sum).toBe(many.filter((point) => point.fate === fate).length);
      expect(cells).toBeLessThanOrEqual(sum);
    }
  });
});
