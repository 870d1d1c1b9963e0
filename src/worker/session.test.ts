import { expect, test } from 'vitest';
import type { Limits } from '../engine/limits.ts';
import { DEFAULT_LIMITS } from '../engine/limits.ts';
import { clicksToPurchases } from '../pipeline/templates/clicks-to-purchases.ts';
import type { PipelineDocument } from '../pipeline/document.ts';
import type { Frame, LedgerReport, Speed } from './protocol.ts';
import { FramePort } from './frame-port.ts';
import { inspectFile } from './inspect-file.ts';
import { Session } from './session.ts';

const document = clicksToPurchases.document;

interface Page {
  readonly session: Session;
  readonly frames: Frame[];
  readonly until: (kind: Frame['status']['kind']) => Promise<Frame>;
}

/** A page that takes every frame at once. */
function page(limits?: Limits): Page {
  const frames: Frame[] = [];
  const session = new Session(() => performance.now(), limits);
  const waiting: { kind: string; resolve: (frame: Frame) => void }[] = [];
  const channel = {
    onmessage: null as ((event: MessageEvent) => void) | null,
    postMessage: (frame: Frame) => {
      frames.push(frame);
      for (const { kind, resolve } of waiting) if (frame.status.kind === kind) resolve(frame);
      setTimeout(() => channel.onmessage?.({ data: { credit: 1 } } as MessageEvent));
    },
  };
  session.frames.connect(new FramePort(channel, () => session.frames.credited()));
  return {
    session,
    frames,
    until: (kind) => new Promise((resolve) => waiting.push({ kind, resolve })),
  };
}

async function runToEnd(
  { session, until }: Page,
  speed: Speed,
  graph: PipelineDocument = document,
): Promise<LedgerReport> {
  session.setSpeed(speed);
  const report = await session.open({ run: 1, document: graph, files: {} });
  expect(report.ok).toBe(true);
  const ended = until('ended');
  session.play();
  await ended;
  return session.looks.ledger();
}

function short(events: number): PipelineDocument {
  return {
    ...document,
    nodes: document.nodes.map((node) =>
      node.type === 'source.generator' ? { ...node, config: { ...node.config, events } } : node,
    ),
  };
}

test('a run comes to its end, and every ledger adds up in every frame', async () => {
  const one = page();
  const ledger = await runToEnd(one, { kind: 'max' });
  expect(ledger.run.entries).toBe(13_202);
  expect(ledger.run.watermark).toBe('Infinity');
  for (const frame of one.frames) {
    for (const node of frame.nodes) {
      expect(node.in).toBe(node.used + node.held + node.late + node.filtered + node.unmatched + node.rejected);
    }
  }
  const last = one.frames.at(-1)!;
  expect(last.nodes.map(({ nodeId, late }) => [nodeId, late])).toEqual(
    Object.entries(ledger.nodes).map(([nodeId, { late }]) => [nodeId, late]),
  );
  expect(last.position).toMatchObject({ rows: 13_200, totalRows: 13_200, progress: 1 });
});

test('neither speed nor pauses nor steps change what comes out', async () => {
  const graph = short(400);
  const reference = await runToEnd(page(), { kind: 'max' }, graph);

  expect(await runToEnd(page(), { kind: 'clock', factor: 3_600 }, graph)).toEqual(reference);
  expect(await runToEnd(page(), { kind: 'events', perSec: 4_000 }, graph)).toEqual(reference);

  const stepped = page();
  await stepped.session.open({ run: 1, document: graph, files: {} });
  for (let entry = 0; entry < reference.run.entries; entry++) await stepped.session.step();
  expect(stepped.session.looks.ledger()).toEqual(reference);
});

test('a step takes one entry and stands', async () => {
  const { session, frames } = page();
  await session.open({ run: 1, document, files: {} });
  await session.step();
  expect(session.looks.ledger().run.entries).toBe(1);
  await session.step();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(session.looks.ledger().run.entries).toBe(2);
  expect(frames.at(-1)!.status.kind).toBe('paused');
  expect(frames.at(-1)!.position).toMatchObject({ seq: 2, rows: 2 });
});

test('a restart begins at the first entry and ends with the same ledger', async () => {
  const one = page();
  const first = await runToEnd(one, { kind: 'max' });
  await one.session.restart(2);
  expect(one.session.looks.ledger().run.entries).toBe(0);
  const ended = one.until('ended');
  one.session.play();
  expect((await ended).run).toBe(2);
  expect(one.session.looks.ledger()).toEqual(first);
});

test('charts of the watched node tell what its ledger tells', async () => {
  const one = page();
  one.session.watch('clicks-per-user');
  const ledger = await runToEnd(one, { kind: 'max' });
  await new Promise((resolve) => setTimeout(resolve, 50));
  const charts = one.frames.flatMap((frame) => frame.charts);
  const drops = charts.filter((update) => update.chart === 'drops').at(-1)!;
  const dropped = ledger.nodes['clicks-per-user']!.late;
  expect(dropped).toBeGreaterThan(0);
  expect(drops.data.counts.reduce((sum, count) => sum + count, 0)).toBe(dropped);
  const lateness = charts.filter((update) => update.chart === 'lateness').at(-1)!;
  expect(lateness.data!.rows).toBe(12_000);
  expect(lateness.data!.latenessMs).toBe(2_000);
  const results = one.frames.findLast((frame) => frame.results !== null)!.results!;
  expect(results.length).toBe(200);
  expect(one.frames.findLast((frame) => frame.drops !== null)!.drops!.length).toBe(Math.min(200, dropped));
});

test('a graph that cannot run is a report with the reasons', async () => {
  const { session } = page();
  const broken = { ...document, edges: document.edges.slice(1) };
  const report = await session.open({ run: 1, document: broken, files: {} });
  expect(report.ok).toBe(false);
  expect(report.problems.some((problem) => problem.severity === 'error')).toBe(true);
});

test('a run that goes over a limit stands after that very entry, says what to do, and its ledgers add up', async () => {
  const limits = { ...DEFAULT_LIMITS, stateBytes: 1_000_000 };
  // Nothing leaves the join before the end.
  const HOUR_MS = 3_600_000;
  const holding = {
    ...document,
    nodes: document.nodes.map((node) =>
      node.type === 'join.interval'
        ? { ...node, config: { ...node.config, lowerMs: -HOUR_MS, upperMs: HOUR_MS } }
        : node,
    ),
  };
  const one = page(limits);
  one.session.setSpeed({ kind: 'max' });
  await one.session.open({ run: 1, document: holding, files: {} });
  const failed = one.until('failed');
  one.session.play();
  const { status, nodes } = await failed;
  if (status.kind !== 'failed') throw new Error(status.kind);
  expect(status.failure.code).toBe('state-limit');
  expect(status.failure.message).toContain('1,000,000');
  expect(status.failure.fix).not.toBe('');
  expect(document.nodes.map(({ id }) => id)).toContain(status.failure.nodeId);
  expect(nodes.reduce((sum, node) => sum + node.stateBytes, 0)).toBeGreaterThan(1_000_000);
  for (const node of nodes) {
    expect(node.in).toBe(node.used + node.held + node.late + node.filtered + node.unmatched + node.rejected);
  }

  const stepped = page(limits);
  await stepped.session.open({ run: 1, document: holding, files: {} });
  const stopped = stepped.until('failed');
  const { entries } = one.session.looks.ledger().run;
  for (let entry = 0; entry < entries + 5; entry++) await stepped.session.step();
  await stopped;
  expect(stepped.session.looks.ledger()).toEqual(one.session.looks.ledger());
});

test('the watermark in the ledger is how far event time has come at the sinks', async () => {
  const { session, frames } = page();
  await session.open({ run: 1, document, files: {} });
  expect(session.looks.ledger().run.watermark).toBe('-Infinity');
  for (let entry = 0; entry < 400; entry++) await session.step();
  await new Promise((resolve) => setTimeout(resolve, 20));
  const sinks = document.nodes.filter(({ type }) => type === 'sink').map(({ id }) => id);
  const reached = frames.at(-1)!.nodes.filter(({ nodeId }) => sinks.includes(nodeId));
  expect(session.looks.ledger().run.watermark).toBe(
    Math.min(...reached.map(({ watermarkMs }) => watermarkMs ?? -Infinity)),
  );
});

test('rows that an expression fails for are shown with the reason, as many as the ledger counts', async () => {
  const { session, until } = page();
  const lines = ['ts,a', ...[2, 0, 5, 0].map((a, i) => `2024-01-01T00:00:0${i}Z,${a}`)];
  const file = new File([lines.join('\n')], 'events.csv');
  const { config } = await inspectFile(file, {});
  const graph: PipelineDocument = {
    ...document,
    nodes: [
      { id: 'file', type: 'source.file', typeVersion: 1, config, engine: {} },
      { id: 'divided', type: 'filter', typeVersion: 1, config: { predicate: '10 / a > 1' }, engine: {} },
      { id: 'kept', type: 'sink', typeVersion: 1, config: { view: 'table' }, engine: {} },
    ],
    edges: [
      { from: { node: 'file', port: 'out' }, to: { node: 'divided', port: 'in' } },
      { from: { node: 'divided', port: 'out' }, to: { node: 'kept', port: 'in' } },
    ],
  };
  const report = await session.open({ run: 1, document: graph, files: { file } });
  expect(report.problems).toEqual([]);
  const ended = until('ended');
  session.play();
  await ended;
  const rows = session.looks.rejectedRows('divided', 200);
  expect(session.looks.ledger().nodes['divided']!.rejected).toBe(rows.length);
  expect(rows.map(({ row }) => row['a'])).toEqual([0, 0]);
  for (const { message } of rows) expect(message).toMatch(/zero/i);
  expect(session.looks.rejectedRows('divided', 1)).toEqual(rows.slice(1));
});

test('a run that is drained goes on to the last timer that waits for the clock', async () => {
  const nodes = [
    { id: 'made', type: 'source.generator' as const, config: { events: 200 } },
    { id: 'win', type: 'window' as const, config: { kind: 'tumbling', sizeMs: 1_000 } },
    { id: 'seen', type: 'sink' as const, config: {} },
  ];
  const edge = (from: string, to: string) =>
    ({ from: { node: from, port: 'out' }, to: { node: to, port: 'in' } }) as const;
  const graph = (end: 'flush' | 'drain'): PipelineDocument => ({
    ...document,
    time: { domain: 'processing' },
    nodes: nodes.map((node) => ({ ...node, typeVersion: 1, engine: {} })),
    edges: [edge('made', 'win'), edge('win', 'seen')],
    layout: {},
    run: { seed: 1, end },
  });
  const flushed = await runToEnd(page(), { kind: 'max' }, graph('flush'));
  const drained = await runToEnd(page(), { kind: 'max' }, graph('drain'));
  expect(flushed.nodes['win']!.held).toBeGreaterThan(0);
  expect(drained.nodes['win']!.held).toBe(0);
  expect(drained.run.entries).toBe(flushed.run.entries + 1);
});
