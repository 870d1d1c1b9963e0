import { expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '../engine/limits.ts';
import { clicksToPurchases } from '../pipeline/templates/clicks-to-purchases.ts';
import type { DocumentNode } from '../pipeline/document.ts';
import { openRun } from './open-run.ts';
import type { Run } from './run.ts';
import { stateMarks } from './state-marks.ts';
import type { StateMark } from './state-protocol.ts';

async function runOf(source: DocumentNode['config'], rows: number): Promise<Run> {
  const { document } = clicksToPurchases;
  const nodes = document.nodes.map((node) =>
    node.type === 'source.generator' ? { ...node, config: { ...node.config, ...source } } : node,
  );
  const opened = await openRun(
    { run: 1, document: { ...document, nodes }, files: {} },
    { clock: () => 0, limits: DEFAULT_LIMITS, signal: new AbortController().signal, onProgress: () => undefined },
  );
  if (!opened.ok) throw new Error(opened.problems[0]?.message);
  while (opened.value.taken.reduce((sum, count) => sum + count, 0) < rows) await opened.value.step();
  return opened.value;
}

function marksOf(run: Run, nodeId: string): readonly StateMark[] {
  return stateMarks(
    run,
    run.plan.nodes.findIndex(({ id }) => id === nodeId),
  );
}

/** The least of those that are not idle. */
function leastOf(marks: readonly StateMark[]): number {
  return Math.min(...marks.filter(({ isIdle }) => !isIdle).map(({ watermarkMs }) => watermarkMs ?? -Infinity));
}

test('of two inputs the one that is behind holds the watermark of the join', async () => {
  const run = await runOf({}, 500);
  const marks = marksOf(run, 'click-to-purchase');
  expect(marks.map(({ nodeId, port }) => [nodeId, port])).toEqual([
    ['real-pages', 'left'],
    ['purchases', 'right'],
  ]);
  const join = run.plan.nodes.findIndex(({ id }) => id === 'click-to-purchase');
  expect(run.feeds.nodes[join]?.watermark).toBe(leastOf(marks));
  expect(marks.filter(({ holds }) => holds).map(({ nodeId }) => nodeId)).toEqual(['purchases']);
});

test('of the partitions of a source the least holds its watermark', async () => {
  const run = await runOf({ partitions: 4 }, 500);
  const partitions = marksOf(run, 'clicks-per-user').filter(({ partition }) => partition !== null);
  expect(partitions.map(({ partition }) => partition)).toEqual([0, 1, 2, 3]);
  const clicks = run.plan.nodes.findIndex(({ id }) => id === 'clicks');
  expect(run.feeds.nodes[clicks]?.watermark).toBe(leastOf(partitions));
  const holders = partitions.filter(({ holds }) => holds);
  expect(holders).toHaveLength(1);
  expect(holders[0]?.watermarkMs).toBe(leastOf(partitions));
});

test('one input and one partition hold nothing back from each other', async () => {
  const run = await runOf({}, 50);
  expect(marksOf(run, 'clicks-per-user').map(({ holds }) => holds)).toEqual([false]);
  expect(marksOf(run, 'clicks')).toEqual([]);
});

test('of many partitions the first 16 by watermark are told', async () => {
  const run = await runOf({ partitions: 40 }, 2_000);
  const marks = marksOf(run, 'clicks');
  expect(marks).toHaveLength(16);
  expect(marks[0]?.holds).toBe(true);
});
