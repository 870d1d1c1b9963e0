import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Engine } from '../../engine/engine.ts';
import { cutSlice } from '../../sources/log/cut-slice.ts';
import type { WindowJoinBound } from '../../operators/join-window/bound.ts';
import type { WindowBound } from '../../operators/window/bound.ts';
import type { Firing } from '../../operators/operator.ts';
import type { Plan } from '../../pipeline/plan.ts';
import { defined } from '../../stream/assert.ts';
import { rowAt, rowCount } from '../../stream/batch.ts';
import type { LogSlice } from '../../stream/log-slice.ts';
import { cell } from '../../stream/value.ts';
import { logOf } from '../../testing/log.ts';
import { OPERATOR_ID, planOf } from '../../testing/scenario.ts';
import type { Scenario } from '../../testing/scenario.ts';
import { scenarioOf } from '../../testing/scenarios/scenarios.ts';
import {
  FATE_DROPPED,
  FATE_LATE_KEPT,
  FATE_ON_TIME,
  FATE_REFUSED,
  FATE_REJECTED,
  PANE_ENDS_EARLY,
  PANE_ENDS_LATE,
  PANE_ENDS_ON_TIME,
  PANE_OPEN,
} from '../plane-protocol.ts';
import { PlaneFeed } from './plane-feed.ts';

/** What the plane is told, against plain loops over what the engine's probe says entry by entry. */

const RUNS = Number(process.env['PLANE_RUNS'] ?? 60);
const SEED = 20261;

interface Told {
  readonly points: { seq: number; tsMs: number; atMs: number; fate: number; side: number; judgedMs: number }[];
  readonly clock: { seq: number; watermarkMs: number }[];
  readonly panes: Map<number, Pane>;
  readonly pairs: { left: number; right: number; seq: number }[];
  readonly byFate: readonly number[];
  readonly pairsFound: number;
}

interface Pane {
  readonly startMs: number;
  readonly endMs: number;
  readonly key: number;
  readonly fromSeq: number;
  readonly toSeq: number;
  readonly ends: number;
  readonly value: number;
  readonly results: number;
}

function cutInto(slice: LogSlice, sizes: readonly number[]): readonly LogSlice[] {
  const cuts: LogSlice[] = [];
  for (let from = 0, i = 0; from < slice.length; i++) {
    const to = Math.min(slice.length, from + (sizes[i % sizes.length] ?? 1));
    cuts.push(cutSlice(slice, from, to));
    from = to;
  }
  return cuts;
}

/** Runs the log and takes what the feed has after every round; `again`: the rounds that it hears of, some of them twice. */
function told(plan: Plan, index: number, rounds: readonly LogSlice[]): Told {
  const feed = new PlaneFeed(plan, index);
  const engine = new Engine(plan, feed);
  const all: Told = { points: [], clock: [], panes: new Map(), pairs: [], byFate: [], pairsFound: 0 };
  let counts = feed.counts();
  for (const slice of rounds) {
    feed.begin(slice);
    engine.run(slice);
    feed.end();
    const update = feed.take();
    counts = update.counts;
    addTo(all, update);
  }
  return { ...all, byFate: counts.byFate, pairsFound: counts.pairs };
}

function addTo(all: Told, { points, steps, panes, pairs }: ReturnType<PlaneFeed['take']>): void {
  const at = (column: ArrayLike<number>, i: number): number => defined(column[i], 'element');
  for (let i = 0; i < (points?.length ?? 0) && points !== null; i++) {
    const { seq, tsMs, atMs, fate, side, judgedMs } = points;
    all.points.push({
      seq: at(seq, i),
      tsMs: at(tsMs, i),
      atMs: at(atMs, i),
      fate: at(fate, i),
      side: at(side, i),
      judgedMs: at(judgedMs, i),
    });
  }
  for (const { line, length, seq, watermarkMs } of steps) {
    if (line !== 0) continue;
    for (let i = 0; i < length; i++) all.clock.push({ seq: at(seq, i), watermarkMs: at(watermarkMs, i) });
  }
  for (let i = 0; i < (panes?.length ?? 0) && panes !== null; i++) {
    all.panes.set(at(panes.index, i), {
      startMs: at(panes.startMs, i),
      endMs: at(panes.endMs, i),
      key: at(panes.key, i),
      fromSeq: at(panes.fromSeq, i),
      toSeq: at(panes.toSeq, i),
      ends: at(panes.ends, i),
      value: at(panes.value, i),
      results: at(panes.results, i),
    });
  }
  for (let i = 0; i < (pairs?.length ?? 0) && pairs !== null; i++) {
    all.pairs.push({ left: at(pairs.left, i), right: at(pairs.right, i), seq: at(pairs.seq, i) });
  }
}

interface Plain {
  readonly rows: { seq: number; tsMs: number; input: number; texts: string }[];
  readonly drops: { seq: number; tsMs: number; reason: string; watermark: number }[];
  readonly rejected: number;
  /** After each entry. */
  readonly clock: number[];
  readonly firings: Firing[];
  readonly results: { seq: number; texts: string; values: readonly unknown[] }[];
  readonly late: number;
  readonly in: number;
}

/** Entry by entry. */
function plainly(plan: Plan, index: number, log: LogSlice): Plain {
  const node = defined(plan.nodes[index], 'node');
  const plain = { rows: [], drops: [], clock: [], firings: [], results: [] } as Omit<Plain, 'late' | 'in' | 'rejected'>;
  let rejected = 0;
  const engine = new Engine(plan, {
    clock: (at, curve) => (at === index ? void plain.clock.push(defined(curve.watermarks[0], 'watermark')) : undefined),
    drop: (at, { batch, row, reason, watermark }) => {
      const seq = defined(batch.seq[row], 'seq');
      if (at === index) plain.drops.push({ seq, tsMs: defined(batch.ts[row], 'time'), reason, watermark });
    },
    rejected: (at) => (at === index ? void rejected++ : undefined),
    firing: (at, firing) => (at === index ? void plain.firings.push(firing) : undefined),
    output: (at, port, batch) => {
      const textsOf = (fields: readonly { type: never }[], row: number): readonly unknown[] =>
        fields.map(({ type }, i) => cell(defined(batch.columns[i], 'column'), type, row));
      for (let i = 0; i < rowCount(batch); i++) {
        const row = rowAt(batch, i);
        const seq = defined(batch.seq[row], 'seq');
        node.inputs.forEach(({ fromNode, fromPort, type }, input) => {
          if (fromNode !== at || fromPort !== port) return;
          const texts = JSON.stringify(textsOf(type.schema.fields as never, row), bigintsAsText);
          plain.rows.push({ seq, tsMs: defined(batch.ts[row], 'time'), input, texts });
        });
        if (at !== index || port !== 'out') continue;
        const values = textsOf((node.outputs.out?.schema.fields ?? []) as never, row);
        plain.results.push({ seq, texts: JSON.stringify(values, bigintsAsText), values });
      }
    },
  });
  for (let i = 0; i < log.length; i++) engine.run(cutSlice(log, i, i + 1));
  const ledger = defined(engine.ledger().get(node.id), 'ledger');
  return { ...plain, rejected, late: ledger.late, in: ledger.in };
}

const bigintsAsText = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

interface Trial {
  readonly scenario: Scenario;
  readonly sizes: readonly number[];
}

function trialsOf(kind: Scenario['kind']): fc.Arbitrary<Trial> {
  const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
  return fc.record({ scenario: scenarioOf(kind, false), sizes });
}

function check(kind: Scenario['kind'], judge: (seen: Told, plain: Plain, plan: Plan) => void): void {
  fc.assert(
    fc.property(trialsOf(kind), ({ scenario, sizes }) => {
      const plan = planOf(scenario);
      const log = logOf(
        scenario.entries,
        scenario.sources.map(({ schema }) => schema),
      );
      if (log.length === 0) return;
      const index = plan.nodes.findIndex(({ id }) => id === OPERATOR_ID);
      judge(told(plan, index, cutInto(log, sizes)), plainly(plan, index, log), plan);
    }),
    { numRuns: RUNS, seed: SEED, endOnFailure: true },
  );
}

const byPlace = (a: { seq: number; input: number }, b: { seq: number; input: number }): number =>
  a.seq - b.seq || a.input - b.input;

test.each(['window', 'join.interval', 'join.window', 'filter', 'union', 'dedup', 'join.stream', 'aggregate'] as const)(
  'every row that comes to a %s is a point, with the fate that the engine told',
  (kind) => {
    check(kind, ({ points, byFate }, plain, plan) => {
      const isStores = plan.dialect.windows.machine === 'stores';
      expect(points.map(({ seq, tsMs }) => [seq, tsMs])).toEqual(
        plain.rows.toSorted(byPlace).map(({ seq, tsMs }) => [seq, tsMs]),
      );
      expect(byFate.reduce((sum, count) => sum + count, 0)).toBe(plain.in);
      const ofFate = (fate: number): number => points.filter((point) => point.fate === fate).length;
      expect(byFate).toEqual([0, 1, 2, 3, 4, 5].map(ofFate));
      expect(ofFate(FATE_DROPPED)).toBe(plain.drops.filter(({ reason }) => reason === 'late').length);
      // A store may forget rows that it had taken: they are the ledger's, but came in time.
      if (!isStores) expect(ofFate(FATE_DROPPED)).toBe(plain.late);
      expect(ofFate(FATE_REFUSED)).toBe(plain.drops.filter(({ reason }) => reason !== 'late').length);
      expect(ofFate(FATE_REJECTED)).toBeLessThanOrEqual(plain.rejected);
      const dropped = points.filter(({ fate }) => fate === FATE_DROPPED);
      expect(dropped.map(({ seq, tsMs, judgedMs }) => [seq, tsMs, judgedMs])).toEqual(
        plain.drops
          .filter(({ reason }) => reason === 'late')
          .map(({ seq, tsMs, watermark }) => [seq, tsMs, Number.isFinite(watermark) ? watermark : NaN]),
      );
      if (
        isStores ||
        plan.nodes.some(({ bound }) => (bound as { timeDomain?: string } | null)?.timeDomain === 'processing')
      ) {
        return;
      }
      for (const { seq, tsMs, fate } of points) {
        const before = seq === 0 ? -Infinity : defined(plain.clock[seq - 1], 'clock');
        if (fate === FATE_ON_TIME) expect(tsMs <= before).toBe(false);
        if (fate === FATE_LATE_KEPT) expect(tsMs).toBeLessThanOrEqual(before);
      }
    });
  },
);

test.each(['window', 'join.interval', 'union'] as const)(
  'the line of a %s holds the watermark that its rows are judged by, entry by entry',
  (kind) => {
    check(kind, ({ clock, points }, plain, plan) => {
      const isStreamTime = plan.dialect.windows.machine === 'stores' && kind === 'window';
      let next = 0;
      let value = -Infinity;
      let streamTime = -Infinity;
      plain.clock.forEach((watermark, seq) => {
        while ((clock[next]?.seq ?? Infinity) <= seq) value = defined(clock[next++], 'step').watermarkMs;
        for (const point of points) {
          const isUsable = point.seq === seq && point.fate < FATE_REFUSED && !Number.isNaN(point.tsMs);
          if (isUsable) streamTime = Math.max(streamTime, point.tsMs);
        }
        expect(value).toBe(isStreamTime ? streamTime : watermark);
      });
    });
  },
);

const TIMING_ENDS = [PANE_ENDS_EARLY, PANE_ENDS_ON_TIME, PANE_ENDS_LATE];

function hasShownWindows(plan: Plan): boolean {
  const node = defined(
    plan.nodes.find(({ id }) => id === OPERATOR_ID),
    'operator',
  );
  if (node.kind === 'join.window') return (node.bound as WindowJoinBound).window !== 'session';
  const { kind, gap, result, groupingSets, key } = node.bound as WindowBound;
  const isOneGroup = groupingSets.every((set) => set.length === key.columns.length);
  const isShown = ['tumbling', 'hopping', 'cumulate', 'inherited'].includes(kind);
  return result === 'aggregates' && (isShown || (kind === 'session' && gap === null && isOneGroup));
}

test.each(['window', 'join.window'] as const)(
  'every firing of a %s ends a stretch of its pane, and no stretch ends with a result that did not fire',
  (kind) => {
    let shown = 0;
    check(kind, ({ panes }, plain, plan) => {
      if (!hasShownWindows(plan)) return;
      const fired = new Set<string>();
      for (const { seq, startMs, endMs, timing, results } of plain.firings) {
        if (results > 0) fired.add([seq, startMs, endMs, TIMING_ENDS[timing]].join(' '));
      }
      const ended = new Set<string>();
      for (const { toSeq, startMs, endMs, ends } of panes.values()) {
        if (TIMING_ENDS.includes(ends)) ended.add([toSeq, startMs, endMs, ends].join(' '));
      }
      shown += ended.size;
      expect([...ended].sort()).toEqual([...fired].sort());
    });
    expect(shown).toBeGreaterThan(RUNS / 4);
  },
);

test('stretches of one window and key follow each other without gap or overlap, and sessions of one key never meet', () => {
  check('window', ({ panes }, _, plan) => {
    if (!hasShownWindows(plan)) return;
    const windows = new Map<string, Pane[]>();
    for (const [, pane] of [...panes].sort(([a], [b]) => a - b)) {
      const name = [pane.startMs, pane.endMs, pane.key].join(' ');
      windows.set(name, [...(windows.get(name) ?? []), pane]);
      expect(pane.toSeq).toBeGreaterThanOrEqual(pane.fromSeq);
    }
    for (const stretches of windows.values()) {
      stretches.forEach((pane, i) => {
        const after = stretches[i + 1];
        if (after === undefined) return;
        expect(pane.ends).not.toBe(PANE_OPEN);
        expect(after.fromSeq).toBeGreaterThanOrEqual(pane.toSeq);
      });
    }
  });
});

test.each(['join.interval', 'join.regular', 'join.window', 'join.stream'] as const)(
  'each result of a %s with two rows is a pair of rows that hold what the result holds',
  (kind) => {
    let pairs = 0;
    check(kind, (seen, plain, plan) => {
      const node = defined(
        plan.nodes.find(({ id }) => id === OPERATOR_ID),
        'operator',
      );
      const [left, right] = node.inputs.map(({ type }) => type.schema.fields.length);
      if (node.outputs.out?.schema.fields.length !== (left ?? 0) + (right ?? 0)) return;
      const rows = plain.rows.toSorted(byPlace);
      const whole = plain.results.filter(
        ({ values }) =>
          values.slice(0, left).some((value) => value !== null) && values.slice(left).some((value) => value !== null),
      );
      expect(seen.pairsFound).toBe(whole.length);
      expect(seen.pairs.length).toBe(whole.length);
      pairs += whole.length;
      seen.pairs.forEach((pair, i) => {
        const result = defined(whole[i], 'result');
        const leftRow = defined(rows[pair.left], 'left row');
        const rightRow = defined(rows[pair.right], 'right row');
        expect([leftRow.input, rightRow.input]).toEqual([0, 1]);
        const joined = [...(JSON.parse(leftRow.texts) as unknown[]), ...(JSON.parse(rightRow.texts) as unknown[])];
        expect(JSON.stringify(joined)).toBe(result.texts);
        expect(pair.seq).toBe(result.seq);
      });
    });
    expect(pairs).toBeGreaterThan(0);
  },
);

test('the cut into rounds does not show, and entries that come once more are told once', () => {
  fc.assert(
    fc.property(trialsOf('window'), ({ scenario, sizes }) => {
      const plan = planOf(scenario);
      const log = logOf(
        scenario.entries,
        scenario.sources.map(({ schema }) => schema),
      );
      if (log.length < 2) return;
      const index = plan.nodes.findIndex(({ id }) => id === OPERATOR_ID);
      const whole = told(plan, index, [log]);
      expect(told(plan, index, cutInto(log, sizes))).toEqual(whole);
      expect(toldTwice(plan, index, log)).toEqual(whole.points);
    }),
    { numRuns: RUNS, seed: SEED, endOnFailure: true },
  );
});

/** The first half of the log is gone through again by another engine, as after a seek to the start. */
function toldTwice(plan: Plan, index: number, log: LogSlice): Told['points'] {
  const feed = new PlaneFeed(plan, index);
  const all: Told = { points: [], clock: [], panes: new Map(), pairs: [], byFate: [], pairsFound: 0 };
  const half = log.length >> 1;
  const run = (engine: Engine, from: number, to: number): void => {
    const slice = cutSlice(log, from, to);
    feed.begin(slice);
    engine.run(slice);
    feed.end();
    addTo(all, feed.take());
  };
  run(new Engine(plan, feed), 0, half);
  const again = new Engine(plan, feed);
  run(again, 0, Math.max(1, half >> 1));
  run(again, Math.max(1, half >> 1), log.length);
  return all.points;
}
