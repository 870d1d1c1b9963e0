import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Watch } from '../../engine/hits/hit.ts';
import { bindWatch } from '../../engine/hits/bind-watch.ts';
import type { GraphTrial } from '../../testing/graphs/graphs.ts';
import { edited, graphEdits, plannedGraph } from '../../testing/graphs/edited-graph.ts';
import { graphTrials } from '../../testing/graphs/graphs.ts';
import { graphSchemas, planOfGraph } from '../../testing/graphs/graph.ts';
import { logOf } from '../../testing/log.ts';
import { recordedRun } from '../../testing/recorded-run.ts';
import { runPicture } from '../../testing/run-picture.ts';
import { RunEdits } from '../edits/run-edits.ts';
import { Pacing } from '../pacing.ts';
import type { Run } from '../run.ts';
import { goTo } from './go-to.ts';
import { stepTo } from './step-to.ts';
import { Turns } from './turns.ts';

const runs = Number(process.env['LAW_RUNS'] ?? 200);
const turns = (): Turns =>
  new Turns(
    () => 0,
    () => true,
  );

function open({ graph }: GraphTrial, tickMs = 0): Run {
  return recordedRun(planOfGraph(graph), logOf(graph.entries, graphSchemas(graph)), { tickMs });
}

/** What each node shows that a watch may wait for: a list of counts and figures that only it changes. */
function shown(run: Run, kind: Watch['kind']): readonly string[] {
  return run.feeds.nodes.map((node) => {
    if (kind === 'drop') return String(node.newestDrops.seen);
    if (kind === 'watermark') return String(node.watermark);
    if (kind === 'anomaly') return String(run.ledger().get(node.facts.node.id)?.rejected);
    if (node.facts.isSink) return '';
    return String(node.newest?.rows(200).filter(({ window }) => window !== null).length ?? 0);
  });
}

/** By stepping: the entries at which something of a node changed, and the nodes. */
async function entriesOf(trial: GraphTrial, kind: Watch['kind']): Promise<readonly { seq: number; node: number }[]> {
  const run = open(trial);
  const found: { seq: number; node: number }[] = [];
  let before = shown(run, kind);
  while (await run.step()) {
    const after = shown(run, kind);
    after.forEach((text, node) => {
      if (text !== before[node]) found.push({ seq: run.seq - 1, node });
    });
    before = after;
  }
  return found;
}

describe('over random graphs', () => {
  test(
    'a step goes right behind the next or the previous entry at which it happened',
    { timeout: 300_000 },
    async () => {
      const property = fc.asyncProperty(
        graphTrials('any'),
        fc.constantFrom('firing' as const, 'watermark' as const),
        fc.record({
          from: fc.nat({ max: 26 }),
          chosen: fc.option(fc.nat({ max: 6 })),
          tickMs: fc.constantFrom(0, 100),
        }),
        async (trial, kind, { from, chosen, tickMs }) => {
          const run = open(trial, tickMs);
          const node = chosen === null ? null : chosen % run.plan.nodes.length;
          const nodeId = node === null ? null : (run.plan.nodes[node]?.id ?? null);
          const all = (await entriesOf(trial, kind)).filter((entry) => node === null || entry.node === node);
          await goTo(run, { by: 'seq', seq: from }, turns());
          const start = run.seq;
          await stepTo(run, { kind, direction: 'next', nodeId }, turns());
          const next = all.find(({ seq }) => seq >= start);
          expect(run.seq).toBe(next === undefined ? trial.graph.entries.length : next.seq + 1);
          run.stopAt([]);
          await goTo(run, { by: 'seq', seq: from }, turns());
          await stepTo(run, { kind, direction: 'previous', nodeId }, turns());
          const last = all.findLast(({ seq }) => seq + 1 < start);
          expect(run.seq).toBe(last === undefined ? 0 : last.seq + 1);
        },
      );
      await fc.assert(property, { numRuns: runs, seed: 20261 });
    },
  );

  test('a step back finds what happened before an edit, by the graph as it was', { timeout: 300_000 }, async () => {
    let edits = 0;
    let found = 0;
    const property = fc.asyncProperty(
      graphTrials('any'),
      fc.constantFrom<'firing' | 'watermark'>('firing', 'watermark'),
      fc.record({
        at: fc.nat({ max: 20 }),
        edit: graphEdits,
        from: fc.nat({ max: 30 }),
        tickMs: fc.constantFrom(0, 100),
      }),
      async ({ graph }, kind, { at, edit, from, tickMs }) => {
        const planned = plannedGraph(graph);
        const log = logOf(graph.entries, graphSchemas(graph));
        const run = recordedRun(planned.plan, log, { tickMs, edits: new RunEdits(planned) });
        const after = edited(graph, edit);
        // Step by step, with the edit on the way: what is seen there is what a step goes back to.
        const all: number[] = [];
        let before = shown(run, kind);
        const note = (): void => {
          const now = shown(run, kind);
          const isSame = now.length === before.length && now.every((text, node) => text === before[node]);
          if (!isSame) all.push(run.seq - 1);
          before = now;
        };
        while (run.seq < at && (await run.step())) note();
        await run.readAhead();
        if (after === null || run.change(plannedGraph(after)).reopen !== null) return;
        edits++;
        const editSeq = run.seq;
        await goTo(run, { by: 'seq', seq: editSeq + 1 }, turns());
        before = shown(run, kind);
        while (await run.step()) note();
        await goTo(run, { by: 'seq', seq: editSeq + 1 + from }, turns());
        const last = all.findLast((seq) => seq + 1 < run.seq);
        if (last !== undefined && last < editSeq) found++;
        await stepTo(run, { kind, direction: 'previous', nodeId: null }, turns());
        expect(run.seq).toBe(last === undefined ? 0 : last + 1);
      },
    );
    await fc.assert(property, { numRuns: runs, seed: 20261 });
    expect(edits).toBeGreaterThan(runs / 10);
    expect(found).toBeGreaterThan(0);
  });

  test('a run stops behind each entry that a breakpoint waits for, as it was then', { timeout: 300_000 }, async () => {
    const property = fc.asyncProperty(
      graphTrials('any'),
      fc.constantFrom('drop' as const, 'anomaly' as const, 'firing' as const),
      async (trial, kind) => {
        const run = open(trial, 100);
        run.stopAt([{ kind, nodeId: null }]);
        const stops: number[] = [];
        for (;;) {
          const advance = await run.advance(new Pacing(() => 0), Infinity);
          if (advance.kind !== 'hit') break;
          stops.push(advance.hit.seq);
          await goTo(run, { by: 'seq', seq: advance.hit.seq + 1 }, turns());
          const straight = open(trial);
          while (straight.seq < run.seq) await straight.step();
          expect(runPicture(run)).toBe(runPicture(straight));
        }
        expect(stops).toEqual([...new Set((await entriesOf(trial, kind)).map(({ seq }) => seq))]);
      },
    );
    await fc.assert(property, { numRuns: Math.ceil(runs / 2), seed: 20261 });
  });
});

test('a condition stops at the rows for which it is true, and what is wrong with one is said at its place', async () => {
  const trial = fc.sample(graphTrials('any'), { numRuns: 1, seed: 5 })[0]!;
  const { plan } = open(trial);
  const source = plan.nodes[plan.sources[0]!]!.id;
  const bad = bindWatch(plan, { kind: 'condition', nodeId: source, side: 'out', condition: 'n > nobody' });
  expect(bad.problems[0]).toMatchObject({ code: 'unknown-column', path: 'condition', span: { from: 4, to: 10 } });
  expect(bindWatch(plan, { kind: 'drop', nodeId: 'gone' }).problems[0]?.code).toBe('no-node');
  const property = fc.asyncProperty(graphTrials('any'), async (one) => {
    const run = open(one, 100);
    const nodeId = run.plan.nodes[run.plan.sources[0]!]!.id;
    run.stopAt([{ kind: 'condition', nodeId, side: 'out', condition: 'n > 1' }]);
    const stops: number[] = [];
    for (;;) {
      const advance = await run.advance(new Pacing(() => 0), Infinity);
      if (advance.kind !== 'hit') break;
      stops.push(advance.hit.seq);
      await goTo(run, { by: 'seq', seq: advance.hit.seq + 1 }, turns());
    }
    await goTo(run, { by: 'seq', seq: 1e9 }, turns());
    const rows = run.feeds.nodes[run.plan.sources[0]!]!.newest?.rows(200) ?? [];
    expect(stops).toEqual(rows.filter(({ row }) => Number(row['n']) > 1).map(({ seq }) => seq));
  });
  await fc.assert(property, { numRuns: Math.ceil(runs / 2), seed: 20261 });
});
