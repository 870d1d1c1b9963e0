import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ManualEntry } from '../sources/log/log.ts';
import { defined } from '../stream/assert.ts';
import { CONTROL_CHECKPOINT, ENTRY_CONTROL } from '../stream/log-slice.ts';
import { edited, plannedGraph } from '../testing/graphs/edited-graph.ts';
import type { EditStep } from '../testing/graphs/edited-run.ts';
import { editSteps, editedRun, goTo, runOfGraph } from '../testing/graphs/edited-run.ts';
import type { Graph } from '../testing/graphs/graph.ts';
import type { GraphTrial } from '../testing/graphs/graphs.ts';
import { graphTrials } from '../testing/graphs/graphs.ts';
import type { RecordedRunOptions } from '../testing/recorded-run.ts';
import { pictureDifference, runPicture } from '../testing/run-picture.ts';
import type { Run } from './run.ts';

/** Graphs of each test. `EDIT_RUNS` sets how many there are. */
const numRuns = Number(process.env['EDIT_RUNS'] ?? 60);
const TIMEOUT = { timeout: 900_000 };

/** A run of `graph` in which nothing is edited, over the same log as `run` up to where that stands. */
async function fresh(graph: Graph, run: Run): Promise<Run> {
  const straight = runOfGraph(graph, {
    inserted: run.log.inserted.map((item) => ({ ...item, entry: neutral(item.entry) })),
  });
  await goTo(straight, run.seq);
  return straight;
}

/** A checkpoint in place of an edit: an entry that changes nothing. */
function neutral(entry: ManualEntry): ManualEntry {
  return entry.kind === ENTRY_CONTROL ? { ...entry, payload: CONTROL_CHECKPOINT } : entry;
}

const options = fc.record({
  entries: fc.constantFrom(1, 3, 4096),
  pointBytes: fc.constantFrom(1, 2e6, 1e9),
  tickMs: fc.constantFrom(0, 5, 100),
});

/** The graph with so much lateness in all its windows; null where it has none that takes it. */
function withLateness(graph: Graph, latenessMs: number): Graph | null {
  const nodes = graph.nodes.map((node) => {
    if (node.kind !== 'window') return node;
    const { emission } = node.config as { readonly emission: string };
    const isFinal = emission === 'on-close' ? {} : { emission: 'on-close' };
    return { ...node, config: { ...(node.config as object), ...isFinal, latenessMs } };
  });
  try {
    plannedGraph({ ...graph, nodes });
  } catch {
    return null;
  }
  return nodes.some(({ kind }) => kind === 'window') ? { ...graph, nodes } : null;
}

describe('a run whose graph is edited', () => {
  test('is, where nodes are rebuilt, the run of the graph that it has become', TIMEOUT, async () => {
    let checked = 0;
    const check = async (trial: GraphTrial, path: readonly EditStep[], how: RecordedRunOptions): Promise<void> => {
      await editedRun(trial.graph, path, how, async (run, graph, isPure) => {
        if (!isPure) return;
        checked++;
        for (const seq of [run.seq, run.seq + 3, 100]) {
          await goTo(run, seq);
          expect(pictureDifference(runPicture(run), runPicture(await fresh(graph, run)))).toBeNull();
        }
      });
    };
    await fc.assert(fc.asyncProperty(graphTrials('any'), editSteps, options, check), { numRuns, seed: 9 });
    expect(checked).toBeGreaterThan(numRuns / 4);
  });

  test('goes anywhere, back and forth over its edits, as it went before', TIMEOUT, async () => {
    const check = async (trial: GraphTrial, path: readonly EditStep[], how: RecordedRunOptions): Promise<void> => {
      const { run } = await editedRun(trial.graph, path, how);
      const straight = runOfGraph(trial.graph, { entries: 1 });
      const again = await replayed(trial, path, straight);
      for (const { at } of [...path, { at: 0 }, { at: 40 }, { at: 7 }]) {
        await goTo(run, at);
        await goTo(again, at);
        expect(pictureDifference(runPicture(run), runPicture(again))).toBeNull();
      }
    };
    await fc.assert(fc.asyncProperty(graphTrials('any'), editSteps, options, check), { numRuns, seed: 10 });
  });

  test(
    'keeps windows for longer from here on: where none was closed yet, as if it had been so from the start',
    TIMEOUT,
    async () => {
      let checked = 0;
      const check = async (trial: GraphTrial, at: number, how: RecordedRunOptions): Promise<void> => {
        const [less, more] = [5, 20].map((latenessMs) => withLateness(trial.graph, latenessMs));
        if (less === undefined || more === undefined || less === null || more === null) return;
        const run = runOfGraph(less, how);
        await goTo(run, at);
        await run.readAhead();
        const windows = less.nodes
          .filter(({ kind }) => kind === 'window')
          .map(({ id }) => defined(run.ledger().get(id), id));
        if (windows.some(({ used, late, filtered, lateWindows }) => used + late + filtered + lateWindows > 0)) return;
        const change = run.change(plannedGraph(more));
        if (change.reopen !== null || change.rebuilt.length > 0) return;
        checked += windows.some(({ held }) => held > 0) ? 1 : 0;
        await goTo(run, 100);
        expect(pictureDifference(runPicture(run), runPicture(await fresh(more, run)))).toBeNull();
      };
      const runs = { numRuns: 4 * numRuns, seed: 12 };
      await fc.assert(fc.asyncProperty(graphTrials('any'), fc.nat({ max: 20 }), options, check), runs);
      expect(checked).toBeGreaterThan(numRuns / 40);
    },
  );

  test('leaves all as it was that does not stand below an edit', TIMEOUT, async () => {
    const check = async (trial: GraphTrial, path: readonly EditStep[], how: RecordedRunOptions): Promise<void> => {
      const below = new Set<string>();
      const then = new Map(plannedGraph(trial.graph).document.nodes.map((node) => [node.id, JSON.stringify(node)]));
      const { run } = await editedRun(trial.graph, path, how, (_, graph) => {
        const { document, plan } = plannedGraph(graph);
        for (const node of document.nodes) if (then.get(node.id) !== JSON.stringify(node)) below.add(node.id);
        for (const { id, inputs } of plan.nodes) {
          if (inputs.some(({ fromNode }) => below.has(defined(plan.nodes[fromNode], 'node').id))) below.add(id);
        }
        return Promise.resolve();
      });
      await goTo(run, 100);
      const plain = await fresh(trial.graph, run);
      const ids = run.plan.nodes.map(({ id }) => id).filter((id) => !below.has(id));
      for (const id of ids) expect(nodePicture(run, id)).toBe(nodePicture(plain, id));
      for (const ledger of run.ledger().values()) expect(balance(ledger)).toBe(0);
    };
    await fc.assert(fc.asyncProperty(graphTrials('any'), editSteps, options, check), { numRuns, seed: 11 });
  });
});

/** The same edits made to a run that takes one entry after the other and never goes back. */
async function replayed(trial: GraphTrial, path: readonly EditStep[], straight: Run): Promise<Run> {
  let { graph } = trial;
  for (const { at, edit } of path.toSorted((a, b) => a.at - b.at)) {
    while (straight.seq < at && (await straight.step()));
    await straight.readAhead();
    const after = edited(graph, edit);
    if (after === null || straight.change(plannedGraph(after)).reopen !== null) continue;
    graph = after;
    await straight.step();
  }
  return straight;
}

function nodePicture(run: Run, id: string): string {
  const all = JSON.parse(runPicture(run)) as { nodes: { id: string }[] };
  return JSON.stringify(all.nodes.find((node) => node.id === id));
}

function balance(ledger: Parameters<Parameters<ReturnType<Run['ledger']>['forEach']>[0]>[0]): number {
  const { used, held, late, filtered, unmatched, rejected } = ledger;
  return ledger.in - used - held - late - filtered - unmatched - rejected;
}
