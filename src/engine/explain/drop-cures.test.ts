import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OperatorKind } from '../../operators/operator.ts';
import type { Plan } from '../../pipeline/plan.ts';
import { lawSeed } from '../../testing/check-laws.ts';
import { explainedGraph, explainedScenario } from '../../testing/explained-run.ts';
import { graphTrials } from '../../testing/graphs/graphs.ts';
import { scenarioOf } from '../../testing/scenarios/scenarios.ts';
import { runLog } from '../../testing/transcript.ts';
import { cutSlice } from '../../sources/log/cut-slice.ts';
import type { DropRecord } from '../result-records.ts';
import { curesByRuns } from './cures-by-runs.ts';
import type { DropEvidence } from './drop-evidence.ts';
import { explainDrop } from './explain-drop.ts';
import type { Figure } from './replaying.ts';

type Explained = ReturnType<typeof explainedScenario>;

const RUNS = Number(process.env['EXPLAIN_RUNS'] ?? 40);

function dropsOf(plan: Plan, { log }: Explained): readonly DropRecord[] {
  return runLog(plan, log).transcript.drops.map((line) => JSON.parse(line) as DropRecord);
}

function planWith(run: Explained, cure: Figure, figureMs: number): Plan {
  const plan = run.replan(cure, figureMs)?.[0]?.plan;
  if (plan === undefined) throw new Error('the graph does not run with this figure');
  return plan;
}

/** Late rows of an entry at a node with the values of the one that is explained, in a run of their own. */
function lateAt(plan: Plan, run: Explained, { place, row: dropped }: DropEvidence): number {
  const text = JSON.stringify(dropped);
  return dropsOf(plan, run).filter(
    ({ node, seq, reason, row }) =>
      node === place.nodeId && seq === place.seq && reason === 'late' && JSON.stringify(row) === text,
  ).length;
}

/** Every drop of a run is explained as the plain run has it; the figures that keep it do, and those before them do not. */
async function checkDrops(run: Explained, most: number): Promise<number> {
  const drops = dropsOf(run.plan, run);
  const seen = new Map<string, number>();
  let cures = 0;
  for (const drop of drops.slice(0, most)) {
    const name = `${drop.node} ${String(drop.seq)}`;
    const nth = seen.get(name) ?? 0;
    seen.set(name, nth + 1);
    const evidence = await explainDrop(run, { nodeId: drop.node, seq: drop.seq, nth });
    if (evidence === null) throw new Error(`no evidence for ${JSON.stringify(drop)}`);
    expect(evidence.reason).toBe(drop.reason);
    expect(evidence.row).toEqual(drop.row);
    expect(evidence.atMs).toBe(run.log.at[drop.seq]);
    expect(String(evidence.watermarkMs ?? -Infinity)).toBe(String(drop.watermark));
    expect(evidence.windows.map(({ startMs, endMs }) => [startMs, endMs])).toEqual(drop.windows.map(finite));
    checkStep(run, evidence);
    if (drop.reason !== 'late') continue;
    if (!drops.some((other) => other !== drop && other.seq === drop.seq)) checkByWindow(run, evidence);
    const byRuns = evidence.needsRuns ? await curesByRuns(run, evidence) : [];
    const isAlike = (other: DropRecord): boolean =>
      other.seq === drop.seq &&
      `${other.node} ${other.reason} ${JSON.stringify(other.row)}` ===
        `${drop.node} ${drop.reason} ${JSON.stringify(drop.row)}`;
    const alikeBefore = drops.slice(0, drops.indexOf(drop)).filter(isAlike).length;
    expect(evidence.alikeBefore).toBe(alikeBefore);
    for (const cure of [...evidence.cures, ...byRuns]) {
      const { kind, aboveMs } = cure;
      if (kind === 'tolerance') continue;
      const late = (figureMs: number): number => lateAt(planWith(run, cure, figureMs), run, evidence);
      expect(late(aboveMs), `${kind} ${String(aboveMs)}`).toBeGreaterThan(alikeBefore);
      expect(late(aboveMs + 1), `${kind} above ${String(aboveMs)}`).toBeLessThanOrEqual(alikeBefore);
      cures++;
    }
  }
  return cures;
}

/** The step that brought the watermark is the first after which it stands there; of Kafka's stores, the first row so new. */
function checkStep(run: Explained, { place, watermarkMs, closedBy }: DropEvidence): void {
  const index = run.plan.nodes.findIndex(({ id }) => id === place.nodeId);
  const node = run.plan.nodes[index];
  if (node?.kind !== 'window' || watermarkMs === null) return;
  if (run.plan.dialect.windows.machine === 'stores') {
    if (closedBy !== null) expect(closedBy.event?.tsMs ?? watermarkMs).toBe(watermarkMs);
    return;
  }
  const watermarks = runLog(run.plan, run.log).transcript.watermarks[index] ?? [];
  expect(closedBy?.seq).toBe(watermarks.findIndex((watermark) => watermark >= watermarkMs));
}

/** With a figure the row misses exactly the windows that are said to need a greater one. */
function checkByWindow(run: Explained, evidence: DropEvidence): void {
  const { nodeId, seq } = evidence.place;
  for (const cure of evidence.cures) {
    for (const { aboveMs } of cure.byWindow) {
      for (const figureMs of [aboveMs, aboveMs + 1]) {
        const plan = planWith(run, cure, figureMs);
        const misses = (entries: number): number =>
          runLog(plan, cutSlice(run.log, 0, entries)).ledger.get(nodeId)?.lateWindows ?? 0;
        const expected = cure.byWindow.filter((window) => window.aboveMs >= figureMs).length;
        expect(misses(seq + 1) - misses(seq)).toBe(expected);
      }
    }
  }
}

/** JSON has no infinities. */
function finite(window: readonly [number, number]): readonly [number, number] {
  return [window[0] ?? -Infinity, window[1] ?? Infinity];
}

describe('a drop is explained, and its cures keep the row', () => {
  const kinds: readonly OperatorKind[] = [
    'window',
    'join.interval',
    'join.window',
    'join.stream',
    'join.temporal',
    'dedup',
    'top-n',
    'over',
    'pattern',
    'suppress',
    'assign-timestamps',
    'map',
    'aggregate',
    'join.table',
  ];
  test.each(kinds)('%s', { timeout: 120_000 }, async (kind) => {
    let cures = 0;
    const property = fc.asyncProperty(scenarioOf(kind, false), async (scenario) => {
      const surroundings = { isFiltered: scenario.surroundings?.isFiltered === true, isWindowed: false };
      cures += await checkDrops(explainedScenario({ ...scenario, surroundings }), 3);
    });
    await fc.assert(property, { numRuns: RUNS, seed: lawSeed });
    if (kind === 'window') expect(cures).toBeGreaterThan(RUNS / 4);
  });

  test('in random graphs', { timeout: 120_000 }, async () => {
    const property = fc.asyncProperty(graphTrials('any'), async ({ graph }) => {
      await checkDrops(explainedGraph(graph), 3);
    });
    await fc.assert(property, { numRuns: RUNS, seed: lawSeed });
  });
});
