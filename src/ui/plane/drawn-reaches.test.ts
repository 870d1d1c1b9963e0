import { expect, test } from 'vitest';
import { Engine } from '../../engine/engine.ts';
import { defined } from '../../stream/assert.ts';
import type { Batch } from '../../stream/batch.ts';
import { rowAt } from '../../stream/batch.ts';
import { BIGINT, STRING, field } from '../../stream/types.ts';
import { cell } from '../../stream/value.ts';
import { watermarkConfig } from '../../stream/watermark-config.ts';
import type { Entry } from '../../testing/log.ts';
import { logOf } from '../../testing/log.ts';
import type { Scenario } from '../../testing/scenario.ts';
import { OPERATOR_ID, planOf } from '../../testing/scenario.ts';
import { PlaneFeed } from '../../worker/plane/plane-feed.ts';
import { drawOverlay } from './draw-overlay.ts';
import type { Frame } from './frame.ts';
import { frameOf } from './frame.ts';
import type { Palette } from './palette.ts';
import { PlaneData } from './plane-data.ts';
import { RecordedCanvas } from './recorded-canvas-in-tests.ts';

/** What is drawn of a row's reach and of a lineage, against what the engine gives and a plain look at the rows. */

const SCHEMA = { fields: [field('k', STRING), field('n', BIGINT)] };
const PALETTE = { surface: 'surface', ink: 'ink', ontime: 'ontime', root: 1, font: 'x' } as Palette;
const NOTHING = { cursor: null, selection: null, selected: -1, hovered: -1, lit: [], lineage: [], box: null };
const HIGH = { atFromMs: 1_990, atToMs: 3_100, eventFromMs: 1_800, eventToMs: 3_400 };
const FRAME = frameOf(HIGH, 1_280, 420, 1);
const LANE_WIDTH = 3;

/** Rows of one key in order of their times, each `n` its number, with gaps of no rule. */
const TIMES = Array.from({ length: 60 }, (_, i) => 2_000 + 17 * i + ((i * i * 7) % 13));

function entries(numberOf: (i: number) => number): readonly Entry[] {
  const rows = TIMES.map((ts, i): Entry => ({ kind: 'row', source: 0, ts, at: ts, values: ['a', numberOf(i)] }));
  return [...rows, { kind: 'end', source: 0, at: defined(TIMES.at(-1), 'time') }];
}

interface Given {
  readonly data: PlaneData;
  /** What the operator gave, row by row: its columns, and the bounds of its window. */
  readonly results: readonly {
    readonly values: readonly unknown[];
    readonly startMs: number;
    readonly endMs: number;
  }[];
}

function given(scenario: Omit<Scenario, 'sources' | 'entries'>, numberOf = (i: number): number => i): Given {
  const whole: Scenario = {
    ...scenario,
    sources: [{ schema: SCHEMA, watermark: watermarkConfig.parse({ delayMs: 0 }) }],
    entries: entries(numberOf),
  };
  const plan = planOf(whole);
  const log = logOf(whole.entries, [SCHEMA]);
  const index = plan.nodes.findIndex(({ id }) => id === OPERATOR_ID);
  const feed = new PlaneFeed(plan, index);
  feed.begin(log);
  new Engine(plan, feed).run(log);
  feed.end();
  const update = feed.take();
  const data = new PlaneData(defined(update.facts, 'facts'), 1);
  data.append({ ...update, filling: 1, runSeq: log.length, runAtMs: defined(TIMES.at(-1), 'time') });
  const results: Given['results'][number][] = [];
  const { fields } = defined(plan.nodes[index]?.outputs.out, 'output').schema;
  const committed = (sink: number, batch: Batch): void => {
    if (plan.nodes[sink]?.id !== 'sink-out') return;
    for (let i = 0; i < batch.length; i++) {
      const row = rowAt(batch, i);
      const { windowStartMs, windowEndMs } = batch.origin ?? {};
      results.push({
        values: fields.map(({ type }, f) => cell(defined(batch.columns[f], 'column'), type, row)),
        startMs: windowStartMs?.[row] ?? Number.NaN,
        endMs: windowEndMs?.[row] ?? Number.NaN,
      });
    }
  };
  new Engine(plan, { committed }).run(log);
  return { data, results };
}

/** The bars that are drawn while a row is pointed at, in event time. */
function lanesOf(data: PlaneData, hovered: number, frame: Frame = FRAME): readonly (readonly [number, number])[] {
  const canvas = new RecordedCanvas();
  drawOverlay(canvas.context, frame, data, { palette: PALETTE, marked: { ...NOTHING, hovered } });
  return canvas.strokes
    .filter(({ lineWidth, color }) => lineWidth === LANE_WIDTH && color === 'ontime')
    .map(({ path }) => {
      const [from, to] = path.map(({ args }) => frame.eventAt(args[0] ?? Number.NaN));
      // Never the zero below zero.
      return [Math.round(from ?? Number.NaN) + 0, Math.round(to ?? Number.NaN) + 0] as const;
    });
}

test('sliding windows: the bar before a row is the window that ends with it, as its engine has it', () => {
  const sizeMs = 60;
  const aggregates = [{ name: 'rows', function: 'count' }];
  const config = { kind: 'sliding', sizeMs, latenessMs: 0, keys: ['k'], aggregates };
  const { data, results } = given({ kind: 'window', dialect: 'kafka-streams', config });
  const windows = new Set(results.map(({ startMs, endMs }) => `${String(startMs)} ${String(endMs)}`));
  expect(windows.size).toBeGreaterThan(TIMES.length);
  TIMES.forEach((time, place) => {
    const [before, behind] = lanesOf(data, place);
    expect(before).toEqual([time - sizeMs, time]);
    expect(behind).toEqual([time, time + sizeMs]);
    // Of the last ones none has closed yet. One behind a row is there where another row is in it.
    const lastMs = defined(TIMES.at(-1), 'time');
    if (time < lastMs) expect(windows).toContain(`${String(time - sizeMs)} ${String(time)}`);
    if (time + 1 + sizeMs < lastMs) expect(windows).toContain(`${String(time + 1)} ${String(time + 1 + sizeMs)}`);
  });
});

test('OVER: as many rows lie in the bar of a row as the engine counts for it', () => {
  const aggregates = [{ name: 'rows', function: 'count' }];
  const config = { frame: 'range', precedingMs: 75, keys: ['k'], aggregates };
  const { data, results } = given({ kind: 'over', config });
  expect(results).toHaveLength(TIMES.length);
  for (const { values } of results) {
    const place = Number(values[1]);
    const [[fromMs, toMs] = [0, 0], ...others] = lanesOf(data, place);
    expect(others).toEqual([]);
    expect(TIMES.filter((time) => time >= fromMs && time <= toMs)).toHaveLength(Number(values.at(-1)));
  }
});

test('patterns: a match from a row ends in its bar, and each row in the bar that can end one does', () => {
  const isEnd = (i: number): boolean => i % 3 === 1;
  const steps = [
    { name: 'a_', condition: 'n >= 100' },
    { name: 'b_', condition: 'n < 100', contiguity: 'relaxed-any' },
  ];
  const measures = [
    { name: 'from', function: 'first', argument: 'n', step: 'a_' },
    { name: 'to', function: 'first', argument: 'n', step: 'b_' },
  ];
  const config = { keys: ['k'], steps, withinMs: 90, skip: 'no-skip', measures };
  const { data, results } = given({ kind: 'pattern', config }, (i) => (isEnd(i) ? i : 100 + i));
  const matched = new Map<number, number[]>();
  for (const { values } of results) {
    const [from, to] = values.slice(-2).map(Number);
    matched.set((from ?? 0) - 100, [...(matched.get((from ?? 0) - 100) ?? []), to ?? -1]);
  }
  expect(matched.size).toBeGreaterThan(20);
  TIMES.forEach((_, place) => {
    if (isEnd(place)) return;
    const [[fromMs, toMs] = [0, 0]] = lanesOf(data, place);
    const inBar = TIMES.flatMap((time, i) => (isEnd(i) && time > fromMs && time < toMs ? [i] : []));
    expect((matched.get(place) ?? []).toSorted((a, b) => a - b)).toEqual(inBar);
  });
});

test('a row far out of view has no bar', () => {
  const config = { frame: 'range', precedingMs: 75, keys: ['k'], aggregates: [{ name: 'rows', function: 'count' }] };
  const { data } = given({ kind: 'over', config });
  const late = frameOf({ ...HIGH, eventFromMs: 2_700 }, 1_280, 420, 1);
  expect(lanesOf(data, 0, late)).toEqual([]);
  expect(lanesOf(data, 50, late)).toHaveLength(1);
});

test('each event of a lineage in view has a ring around it, and nothing else has', () => {
  const config = { frame: 'range', precedingMs: 75, keys: ['k'], aggregates: [{ name: 'rows', function: 'count' }] };
  const { data } = given({ kind: 'over', config });
  const lineage = [0, 7, 8, 31, 59];
  const view = { ...HIGH, eventFromMs: 2_100, atToMs: 2_900 };
  const frame = frameOf(view, 1_280, 420, 1);
  const canvas = new RecordedCanvas();
  drawOverlay(canvas.context, frame, data, { palette: PALETTE, marked: { ...NOTHING, lineage } });
  const rings = canvas.strokes.filter(({ path }) => path.some(({ op }) => op === 'arc'));
  // Twice: a halo in the colour of the ground, and the ring.
  expect(rings.map(({ color, lineWidth }) => [color, lineWidth])).toEqual([
    ['surface', 5],
    ['ink', 2],
  ]);
  const drawn = rings.map(({ path }) => path.filter(({ op }) => op === 'arc').map(({ args }) => args.slice(0, 3)));
  const [xPerMs, yPerMs] = [
    (frame.right - frame.left) / (view.eventToMs - view.eventFromMs),
    (frame.bottom - frame.top) / (view.atToMs - view.atFromMs),
  ];
  const wanted = [7, 8, 31].map((i) => {
    const time = TIMES[i] ?? Number.NaN;
    return [frame.left + (time - 2_100) * xPerMs, frame.bottom - (time - 1_990) * yPerMs, 8];
  });
  for (const ring of drawn) {
    expect(ring).toHaveLength(3);
    ring.flat().forEach((value, i) => expect(value).toBeCloseTo(defined(wanted.flat()[i], 'place'), 6));
  }
});
