import { expect, test } from 'vitest';
import { Engine } from '../../engine/engine.ts';
import { DEFAULT_LIMITS } from '../../engine/limits.ts';
import { cutSlice } from '../../sources/log/cut-slice.ts';
import type { DocumentNode, PipelineDocument } from '../../pipeline/document.ts';
import { clicksToPurchases } from '../../pipeline/templates/clicks-to-purchases.ts';
import { panes } from '../../pipeline/templates/panes.ts';
import { sessions } from '../../pipeline/templates/sessions.ts';
import { updates } from '../../pipeline/templates/updates.ts';
import { PANE_LATE, PANE_ON_TIME, kindAt, rowAt, rowCount } from '../../stream/batch.ts';
import { DELETE, UPDATE_BEFORE } from '../../stream/row-kind.ts';
import type { LatencyFigures, SpanFigures } from '../chart-protocol.ts';
import { openRun } from '../open-run.ts';
import type { OpenRequest } from '../protocol.ts';
import type { Run } from '../run.ts';
import { Pacing } from '../pacing.ts';

/** What charts of a run say, against plain loops over the same log taken entry by entry. */

const clock = (): number => performance.now();
const signal = new AbortController().signal;

function requestOf({ document }: { document: PipelineDocument }, source: DocumentNode['config']): OpenRequest {
  const nodes = document.nodes.map((node) =>
    node.type === 'source.generator' ? { ...node, config: { ...node.config, events: 1_500, ...source } } : node,
  );
  return { run: 1, document: { ...document, nodes }, files: {} };
}

async function open(request: OpenRequest): Promise<Run> {
  const opened = await openRun(request, { clock, limits: DEFAULT_LIMITS, signal, onProgress: () => undefined });
  if (!opened.ok) throw new Error(opened.problems[0]?.message);
  return opened.value;
}

async function toEnd(request: OpenRequest): Promise<Run> {
  const run = await open(request);
  const pacing = new Pacing(clock);
  pacing.setSpeed({ kind: 'max' });
  while ((await run.advance(pacing, Infinity)).kind !== 'ended') continue;
  return run;
}

interface Emitted {
  readonly node: number;
  readonly atMs: number;
  readonly tsMs: number;
  readonly endMs: number;
  readonly timing: number | null;
}

interface Plain {
  readonly emitted: Emitted[];
  /** By node, after each entry. */
  readonly sizes: { readonly atMs: number; readonly rows: readonly number[]; readonly bytes: readonly number[] }[];
  /** By source: time, processing time and partition of each row. */
  readonly rows: { readonly tsMs: number; readonly atMs: number; readonly partition: number }[][];
}

async function plainly(run: Run): Promise<Plain> {
  const { plan } = run;
  const log = run.log.cursor();
  const plain: Plain = { emitted: [], sizes: [], rows: plan.sources.map(() => []) };
  let atMs = 0;
  const engine = new Engine(plan, {
    keepsRounds: 0,
    output: (node, port, batch) => {
      for (let i = 0; i < rowCount(batch); i++) {
        const row = rowAt(batch, i);
        const kind = kindAt(batch, row);
        if (port !== 'out' || kind === UPDATE_BEFORE || kind === DELETE) continue;
        const { origin } = batch;
        const endMs = origin?.windowEndMs[row] ?? Number.NaN;
        plain.emitted.push({ node, atMs, tsMs: batch.ts[row]!, endMs, timing: origin?.timing[row] ?? null });
      }
    },
  });
  for (let slice = await log.nextSlice(64); slice !== null; slice = await log.nextSlice(64)) {
    for (let i = 0; i < slice.length && engine.position < run.seq; i++) {
      const one = cutSlice(slice, i, i + 1);
      atMs = one.at[0]!;
      one.rows.forEach((batch, s) => {
        const partition = one.partition?.[0] ?? 0;
        if (batch !== null) plain.rows[s]!.push(...Array.from(batch.ts, (tsMs) => ({ tsMs, atMs, partition })));
      });
      engine.run(one);
      const ledger = [...engine.ledger().values()];
      const rows = ledger.map(({ stateRows }) => stateRows);
      plain.sizes.push({ atMs, rows, bytes: ledger.map(({ stateBytes }) => stateBytes) });
    }
  }
  return plain;
}

function expectLatency(told: LatencyFigures | null, took: readonly { atMs: number; ms: number }[]): void {
  const counted = took.filter(({ ms }) => ms >= 0);
  if (counted.length === 0) {
    expect(told).toBeNull();
    return;
  }
  const sorted = counted.map(({ ms }) => Math.ceil(ms)).toSorted((a, b) => a - b);
  expect(told).toMatchObject({ rows: counted.length, ahead: took.length - counted.length, maxMs: sorted.at(-1) });
  const shares = [
    [0.5, told!.p50Ms],
    [0.9, told!.p90Ms],
    [0.95, told!.p95Ms],
    [0.99, told!.p99Ms],
  ] as const;
  for (const [share, shown] of shares) {
    const exact = sorted[Math.ceil(share * sorted.length) - 1]!;
    expect(shown).toBeGreaterThanOrEqual(exact);
    expect(shown).toBeLessThanOrEqual(exact * 1.008);
  }
  const { over } = told!;
  over.atMs.forEach((fromMs, i) => {
    const own = counted.filter(({ atMs }) => atMs >= fromMs && atMs < fromMs + over.intervalMs).map(({ ms }) => ms);
    expect([over.counts[i], over.most[i]]).toEqual([own.length, Math.max(...own)]);
  });
}

test.each([
  ['tumbling windows and an interval join', clicksToPurchases, {}],
  ['sessions', sessions, {}],
  ['early and late panes', panes, {}],
  ['updates', updates, {}],
] as const)('latency of %s is that of plain loops over its results', async (_name, template, source) => {
  const request = requestOf(template, source);
  const run = await toEnd(request);
  const plain = await plainly(run);
  let waited = 0;
  run.plan.nodes.forEach((node, index) => {
    const { latency } = run.feeds.nodes[index]!;
    const own = plain.emitted.filter((each) => each.node === index);
    if (latency === null || node.kind === 'sink') return;
    waited++;
    const chart = latency.chart();
    const onTime = own.filter(({ timing }) => timing === PANE_ON_TIME);
    const finite = (took: { atMs: number; ms: number }[]): typeof took => took.filter(({ ms }) => Number.isFinite(ms));
    expectLatency(chart.fromEnd, finite(onTime.map(({ atMs, endMs }) => ({ atMs, ms: atMs - endMs }))));
    expectLatency(chart.fromEvent, finite(own.map(({ atMs, tsMs }) => ({ atMs, ms: atMs - tsMs }))));
    expect(chart.corrections).toBe(own.filter(({ timing }) => timing === PANE_LATE).length);
  });
  expect(waited).toBeGreaterThan(0);
});

function expectMost(told: SpanFigures, after: readonly { atMs: number; value: number }[]): void {
  told.atMs.forEach((fromMs, i) => {
    const own = after.filter(({ atMs }) => atMs >= fromMs && atMs < fromMs + told.intervalMs);
    expect(told.most[i]).toBe(Math.max(...own.map(({ value }) => value)));
  });
}

test('the size of state is what the ledger says after each entry, and at most that between long rounds', async () => {
  const request = requestOf(clicksToPurchases, {});
  const stepped = await open(request);
  while (await stepped.step()) continue;
  const atOnce = await toEnd(request);
  const plain = await plainly(stepped);
  const shown = stepped.plan.nodes.filter((_, index) => {
    const chart = stepped.feeds.nodes[index]!.size.chart();
    if (chart === null) {
      expect(plain.sizes.every(({ rows }) => rows[index] === 0)).toBe(true);
      return false;
    }
    const firstAtMs = chart.rows.atMs[0]!;
    const later = plain.sizes.filter(({ atMs }) => atMs >= firstAtMs);
    expectMost(
      chart.rows,
      later.map(({ atMs, rows }) => ({ atMs, value: rows[index]! })),
    );
    expectMost(
      chart.bytes,
      later.map(({ atMs, bytes }) => ({ atMs, value: bytes[index]! })),
    );
    expect(chart.mostBytes).toBe(Math.max(...plain.sizes.map(({ bytes }) => bytes[index]!)));
    const rough = atOnce.feeds.nodes[index]!.size.chart()!;
    expect(rough.mostRows).toBeGreaterThan(0);
    expect(rough.mostRows).toBeLessThanOrEqual(chart.mostRows);
    return true;
  });
  expect(shown.map(({ id }) => id)).toEqual(['clicks-per-user', 'click-to-purchase']);
});

test('each partition has the watermark of its own newest event, and a join those of its sources', async () => {
  const delayMs = 5_000;
  const request = requestOf(clicksToPurchases, { partitions: 3 });
  const run = await open(request);
  while (run.taken[0]! < 700 && (await run.step())) continue;
  const plain = await plainly(run);
  const window = run.plan.nodes.findIndex(({ id }) => id === 'clicks-per-user');
  const { parts, allParts } = run.feeds.clocks(window);
  expect(allParts).toBe(3);
  expect(parts.map(({ sourceId, partition }) => [sourceId, partition])).toEqual([0, 1, 2].map((p) => ['clicks', p]));
  for (const { partition, atMs, watermarkMs } of parts) {
    atMs.forEach((at, i) => {
      const own = plain.rows[0]!.filter((row) => row.partition === partition && row.atMs <= at);
      const newest = Math.max(...own.map(({ tsMs }) => tsMs));
      expect(watermarkMs[i]).toBe(own.length === 0 ? Number.NaN : newest - delayMs - 1);
    });
  }
  const join = run.plan.nodes.findIndex(({ id }) => id === 'click-to-purchase');
  const ofJoin = run.feeds.clocks(join);
  expect(ofJoin.parts).toHaveLength(6);
  expect(new Set(ofJoin.parts.map(({ sourceId }) => sourceId))).toEqual(new Set(['clicks', 'purchases']));
});

test('rows within the delay are those of a plain loop', async () => {
  const request = requestOf(clicksToPurchases, { delay: { distribution: 'exponential', meanMs: 4_000 } });
  const run = await toEnd(request);
  const plain = await plainly(run);
  const within = (rows: Plain['rows'][number], delayMs: number): number =>
    rows.filter(({ tsMs }, i) => Math.max(...rows.slice(0, i + 1).map((row) => row.tsMs)) - tsMs <= delayMs).length;
  const join = run.plan.nodes.findIndex(({ id }) => id === 'click-to-purchase');
  const chart = run.feeds.lateness(join)!;
  expect(chart.delayedRows).toBe(plain.rows[0]!.length + plain.rows[1]!.length);
  expect(chart.withinDelay).toBe(within(plain.rows[0]!, 5_000) + within(plain.rows[1]!, 10_000));
  expect(chart.withinDelay).toBeLessThan(chart.delayedRows);
});
