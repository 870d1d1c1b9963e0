import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Engine } from '../../engine/engine.ts';
import { curesByRuns } from '../../engine/explain/cures-by-runs.ts';
import { explainDrop } from '../../engine/explain/explain-drop.ts';
import type { PlanEra } from '../../engine/explain/plan-eras.ts';
import type { ExplainedRun } from '../../engine/explain/replaying.ts';
import { effectsOf } from '../../engine/lineage/effects.ts';
import { lineageOf } from '../../engine/lineage/lineage.ts';
import { maskedKernels } from '../../engine/lineage/masked-kernels.ts';
import { TimeRecord } from '../../engine/lineage/time-record.ts';
import type { NodeLedger } from '../../engine/ledger.ts';
import { DEFAULT_LIMITS } from '../../engine/limits.ts';
import type { KernelRegistry } from '../../engine/node.ts';
import type { Probe } from '../../engine/probe.ts';
import type { DropRecord, ResultRecord } from '../../engine/result-records.ts';
import { dropRecord, recordLine, resultRecords } from '../../engine/result-records.ts';
import type { Plan } from '../../pipeline/plan.ts';
import { cutSlice } from '../../sources/log/cut-slice.ts';
import { defined } from '../../stream/assert.ts';
import type { LogSlice } from '../../stream/log-slice.ts';
import { lawSeed } from '../../testing/check-laws.ts';
import { graphWithFigure } from '../../testing/explained-run.ts';
import { plannedGraph } from '../../testing/graphs/edited-graph.ts';
import type { EditStep, EditedRun } from '../../testing/graphs/edited-run.ts';
import { editSteps, editedRun, goTo } from '../../testing/graphs/edited-run.ts';
import type { Graph } from '../../testing/graphs/graph.ts';
import type { GraphTrial } from '../../testing/graphs/graphs.ts';
import { graphTrials } from '../../testing/graphs/graphs.ts';
import type { Entry } from '../../testing/log.ts';
import type { RecordedRunOptions } from '../../testing/recorded-run.ts';
import { explainedRun } from './explained-run.ts';

const numRuns = Number(process.env['EXPLAIN_RUNS'] ?? 40);
/** A run that keeps how it stands after every round, and its rounds are short. */
const POINTS = { tickMs: 100, entries: 3 };
const TIMEOUT = { timeout: 900_000 };

interface Plain {
  readonly drops: readonly DropRecord[];
  readonly results: readonly ResultRecord[];
  readonly ledger: ReadonlyMap<string, NodeLedger>;
}

/** Runs eras over a log one entry after the other: a loop that shares nothing with how runs are explained. */
function plainRun(
  eras: readonly PlanEra[],
  log: readonly LogSlice[],
  how: { readonly probe?: (plan: Plan) => Probe; readonly registry?: (plan: Plan) => KernelRegistry } = {},
): Plain {
  const drops: DropRecord[] = [];
  const results: ResultRecord[] = [];
  const engineOf = (plan: Plan): Engine => {
    const idOf = (node: number): string => defined(plan.nodes[node], 'node').id;
    const probe: Probe = {
      ...how.probe?.(plan),
      output: (node, port, batch) => {
        const type = plan.nodes[node]?.outputs.out;
        if (port !== 'out' || type === undefined || plan.sources.includes(node)) return;
        results.push(...resultRecords(idOf(node), batch, type));
      },
      drop: (node, drop) => drops.push(dropRecord(idOf(node), '', drop)),
    };
    return new Engine(plan, probe, how.registry?.(plan));
  };
  let engine = engineOf(defined(eras[0], 'an era').plan);
  for (const slice of log) {
    for (let i = 0; i < slice.length; i++) {
      const era = eras.find(({ fromSeq }, e) => e > 0 && fromSeq === slice.firstSeq + i);
      if (era !== undefined) {
        const next = engineOf(era.plan);
        next.goOnFrom(engine, era.begins);
        engine = next;
      }
      engine.run(cutSlice(slice, i, i + 1));
    }
  }
  return { drops, results, ledger: engine.ledger() };
}

interface Edited {
  readonly made: EditedRun;
  readonly explained: ExplainedRun;
  readonly log: readonly LogSlice[];
  readonly plain: Plain;
}

type Trial = readonly [GraphTrial, readonly EditStep[], number];

/** Early ones, so that much comes behind them. */
const earlySteps = editSteps.map((steps) =>
  steps.map(({ at, edit }, i): EditStep => ({ at: Math.floor(at / 3) + i, edit })),
);
const trials: fc.Arbitrary<Trial> = fc.tuple(graphTrials('any'), earlySteps, fc.nat(1000));

/** The run at its end, explained, beside the plain loop, which comes to the same. Null where no edit was made. */
async function edited([{ graph }, path]: Trial, how: RecordedRunOptions = {}, leastGraphs = 2): Promise<Edited | null> {
  const made = await editedRun(graph, path, how);
  const { run, graphs } = made;
  if (graphs.size < leastGraphs) return null;
  await goTo(run, 100);
  const log: LogSlice[] = [];
  for await (const slice of run.slices(0, run.seq)) log.push(slice);
  const context = { clock: () => 0, limits: DEFAULT_LIMITS, signal: new AbortController().signal };
  const explained = explainedRun(run, context, (document, { nodeId, path: of }, value) => {
    try {
      return plannedGraph(graphWithFigure(defined(graphs.get(document), 'a graph'), nodeId, of, value)).plan;
    } catch {
      return null;
    }
  });
  const plain = plainRun(explained.eras, log);
  expect(plain.ledger).toEqual(run.ledger());
  return { made, explained, log, plain };
}

/** How many of a list before the one at `index` are of its node and entry. */
function nthOf(list: readonly { readonly node: string; readonly seq: number }[], index: number): number {
  const own = defined(list[index], 'a record');
  return list.slice(0, index).filter(({ node, seq }) => node === own.node && seq === own.seq).length;
}

async function checkDrops({ explained, log, plain: { drops } }: Edited): Promise<number> {
  let cures = 0;
  for (const [i, drop] of drops.slice(-3).entries()) {
    const index = Math.max(0, drops.length - 3) + i;
    const place = { nodeId: drop.node, seq: drop.seq, nth: nthOf(drops, index) };
    const evidence = await explainDrop(explained, place);
    if (evidence === null) throw new Error(`no evidence for ${JSON.stringify(drop)}`);
    expect(evidence.reason).toBe(drop.reason);
    expect(evidence.row).toEqual(drop.row);
    expect(String(evidence.watermarkMs ?? -Infinity)).toBe(String(drop.watermark));
    expect(evidence.editsBefore).toBe(explained.eras.slice(1).filter(({ fromSeq }) => fromSeq <= drop.seq).length);
    const all = [...evidence.cures, ...(evidence.needsRuns ? await curesByRuns(explained, evidence) : [])];
    for (const cure of all.filter(({ kind }) => kind !== 'tolerance')) {
      const alike = (figureMs: number): number => {
        const eras = defined(explained.replan(cure, figureMs) ?? undefined, 'a graph that runs');
        const isSame = ({ node, seq, reason, row }: DropRecord): boolean =>
          node === drop.node &&
          seq === drop.seq &&
          reason === 'late' &&
          JSON.stringify(row) === JSON.stringify(drop.row);
        return plainRun(eras, log).drops.filter(isSame).length;
      };
      expect(alike(cure.aboveMs)).toBeGreaterThan(evidence.alikeBefore);
      expect(alike(cure.aboveMs + 1)).toBeLessThanOrEqual(evidence.alikeBefore);
      if (evidence.editsBefore > 0) cures++;
    }
  }
  return cures;
}

/** The listed events and witnesses bring the result again under the same edits; without one of the witnesses it does not come. */
async function checkLineage({ explained, log, plain: { results } }: Edited, pick: number): Promise<number> {
  const { eras } = explained;
  const editedFrom = defined(eras[1], 'an era').fromSeq;
  // Steps of time bring what was gathered before.
  const late = results.flatMap(({ seq, phase }, index) => (seq >= editedFrom && phase === 1 ? [index] : []));
  const own = late.length > 0 ? late : results.flatMap(({ seq }, index) => (seq >= editedFrom ? [index] : []));
  const index = own[pick % Math.max(1, own.length)];
  const record = results[index ?? -1];
  if (index === undefined || record === undefined) return 0;
  const lineage = await lineageOf(explained, { nodeId: record.node, seq: record.seq, nth: nthOf(results, index) });
  if (lineage === null) throw new Error(`no lineage of ${recordLine(record)}`);
  expect(recordLine(lineage.result)).toBe(recordLine(record));
  expect(lineage.isLeast).toBe(true);
  const time = new TimeRecord(explained.entries);
  plainRun(eras, log, {
    probe: (plan) => ({ curve: (node, curve) => time.add(defined(plan.nodes[node], 'node').id, curve) }),
  });
  const brings = (seqs: readonly number[]): boolean => {
    const kept = new Set(seqs);
    const registry = (plan: Plan): KernelRegistry => maskedKernels(plan, time, (seq) => kept.has(seq));
    const lines = plainRun(eras, log, { registry }).results.map(recordLine);
    return lines.includes(recordLine(record));
  };
  const listed = [...lineage.events, ...lineage.witnesses];
  expect(brings(listed)).toBe(true);
  for (const left of lineage.witnesses) expect(brings(listed.filter((seq) => seq !== left))).toBe(false);
  return lineage.events.some((seq) => seq < editedFrom) ? 1 : 0;
}

/** What an event took part in, by two plain runs: the results that the one without it does not bring, as often as the other. */
async function checkEffects({ made, explained, log, plain: { results } }: Edited, seq: number): Promise<number> {
  const effects = await effectsOf(explained, seq);
  const { eras } = explained;
  const time = new TimeRecord(explained.entries);
  plainRun(eras, log, {
    probe: (plan) => ({ curve: (node, curve) => time.add(defined(plan.nodes[node], 'node').id, curve) }),
  });
  const registry = (plan: Plan): KernelRegistry => maskedKernels(plan, time, (other) => other !== seq);
  const left = plainRun(eras, log, { registry }).results.map(recordLine);
  const expected = results.map(recordLine).filter((line) => {
    const index = left.indexOf(line);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
  const told = effects.results.filter(({ port }) => port === 'out');
  const lines = told.map(({ nth: _nth, ...record }) => recordLine({ ...record, port: 'in' }));
  expect(lines.toSorted()).toEqual(expected.toSorted());
  for (const effect of told) {
    const own = results.filter(({ node, seq: at }) => node === effect.node && at === effect.seq)[effect.nth];
    expect(own?.row).toEqual(effect.row);
  }
  const entries = effects.results.map((effect) => effect.seq);
  expect(entries).toEqual(entries.toSorted((a, b) => a - b));
  return told.length > 0 && made.run.points.nearest(seq) !== null ? 1 : 0;
}

test(
  'what an event took part in is what a run without it lacks, from wherever the replay begins',
  TIMEOUT,
  async () => {
    let fromPoints = 0;
    const check = async (trial: Trial): Promise<void> => {
      for (const how of [{}, POINTS]) {
        const run = await edited(trial, how);
        if (run === null) continue;
        const { eras, entries } = run.explained;
        // Also before the first edit, which may have made what the run kept until then another one.
        for (const before of [entries, defined(eras[1], 'an era').fromSeq + 1]) {
          fromPoints += await checkEffects(run, trial[2] % before);
        }
      }
    };
    await fc.assert(fc.asyncProperty(trials, check), { numRuns, seed: lawSeed });
    expect(fromPoints).toBeGreaterThan(numRuns / 20);
  },
);

/** The same run with what it kept to go back by; counts the replays that began so. */
function counted({ explained }: Edited): { readonly explained: ExplainedRun; readonly fromPoints: () => number } {
  let fromPoints = 0;
  const replay: ExplainedRun['replay'] = async (request) => {
    const first = await explained.replay(request);
    if (first > 0) fromPoints++;
    return first;
  };
  return { explained: { ...explained, replay }, fromPoints: () => fromPoints };
}

test('a drop is explained alike from wherever the replay begins', TIMEOUT, async () => {
  let fromPoints = 0;
  const check = async ([trial, path, pick]: Trial): Promise<void> => {
    for (const steps of [path, []]) {
      const plain = await edited([trial, steps, pick], {}, 1);
      const kept = await edited([trial, steps, pick], POINTS, 1);
      if (plain === null || kept === null) continue;
      const { drops } = plain.plain;
      const from = counted(kept);
      for (let index = Math.max(0, drops.length - 12); index < drops.length; index++) {
        const drop = defined(drops[index], 'a drop');
        const place = { nodeId: drop.node, seq: drop.seq, nth: nthOf(drops, index) };
        expect(await explainDrop(from.explained, place)).toEqual(await explainDrop(plain.explained, place));
      }
      fromPoints += from.fromPoints();
    }
  };
  await fc.assert(fc.asyncProperty(trials, check), { numRuns, seed: lawSeed });
  expect(fromPoints).toBeGreaterThan(numRuns / 4);
});

/** Every effect of every event, also of those before an edit; says how many have a point that is none of the run by now. */
async function checkAllEffects(trial: Trial): Promise<number> {
  const kept = await edited(trial, POINTS);
  const plain = await edited(trial);
  if (kept === null || plain === null) return 0;
  const { run } = kept.made;
  let others = 0;
  for (let seq = 0; seq < kept.explained.entries; seq++) {
    const { results, total, ends } = await effectsOf(plain.explained, seq);
    expect(await effectsOf(kept.explained, seq)).toMatchObject({ results, total, ends });
    const point = run.points.nearest(seq);
    if (point !== null && run.edits.at(point.edit).eras.some((era, e) => era !== run.eras[e])) others++;
  }
  return others;
}

test('a replay begins with no point at which nodes were other ones than they are by now', TIMEOUT, async () => {
  let others = 0;
  const lateTrials: fc.Arbitrary<Trial> = fc.tuple(graphTrials('any'), editSteps, fc.nat(1000));
  const check = async (trial: Trial): Promise<void> => void (others += await checkAllEffects(trial));
  await fc.assert(fc.asyncProperty(lateTrials, check), { numRuns, seed: lawSeed });
  expect(others).toBeGreaterThan(numRuns);
});

/** A count in windows of 10 ms. */
function windowsOf(entries: readonly Entry[]): Graph {
  const window = { kind: 'tumbling', sizeMs: 10, keys: [], aggregates: [{ name: 'rows', function: 'count' }] };
  return {
    dialect: 'flink-datastream',
    timeDomain: 'event',
    sources: [{ strategy: 'per-event', delayMs: 0, intervalMs: 100, idleMs: 0, maxAheadMs: 0 }],
    nodes: [
      { id: 'window-0', kind: 'window', config: window, engine: {}, inputs: ['source-0'] },
      { id: 'sink-0', kind: 'sink', config: { view: 'table' }, engine: {}, inputs: ['window-0'] },
    ],
    entries,
  };
}

const rowsAt = (times: readonly number[]): readonly Entry[] =>
  times.map((ts, i) => ({ kind: 'row', source: 0, ts, values: ['a', i, 0, 0, null, 0], partition: 0, at: 1_000 + i }));

test('windows that were of half the size at the points are explained as they are by now', TIMEOUT, async () => {
  const graph = windowsOf(rowsAt([11, 12, 13, 14, 15, 16, 17, 18, 45]));
  const doubled: EditStep = { at: 7, edit: { node: 0, parameter: 1, value: 0 } };
  expect(await checkAllEffects([{ graph, picks: [] }, [doubled], 0])).toBeGreaterThan(0);
});

test('a watermark that was stated long before a point still counts', async () => {
  const stated: Entry = { kind: 'watermark', source: 0, time: 1, partition: 0, at: 1_000 };
  const graph = windowsOf([stated, ...rowsAt([11, 12, 13, 14, 15, 16, 25, 31, 11])]);
  const place = { nodeId: 'window-0', seq: 9, nth: 0 };
  const trial: Trial = [{ graph, picks: [] }, [], 0];
  const kept = counted(defined((await edited(trial, POINTS, 1)) ?? undefined, 'a run with points'));
  const plain = defined((await edited(trial, {}, 1)) ?? undefined, 'a run without');
  const evidence = await explainDrop(kept.explained, place);
  expect(kept.fromPoints()).toBe(1);
  expect(evidence).toMatchObject({ reason: 'late', needsRuns: true });
  expect(evidence).toEqual(await explainDrop(plain.explained, place));
});

test('a drop of a run that was edited is explained by the settings in force when the row came', TIMEOUT, async () => {
  let cures = 0;
  const check = async (trial: Trial): Promise<void> => {
    const run = await edited(trial);
    if (run !== null) cures += await checkDrops(run);
  };
  await fc.assert(fc.asyncProperty(trials, check), { numRuns, seed: lawSeed });
  expect(cures).toBeGreaterThan(0);
});

test('the events of a result bring it again under the edits of its run', TIMEOUT, async () => {
  let overEdits = 0;
  const check = async (trial: Trial): Promise<void> => {
    const run = await edited(trial);
    if (run !== null) overEdits += await checkLineage(run, trial[2]);
  };
  await fc.assert(fc.asyncProperty(trials, check), { numRuns, seed: lawSeed });
  expect(overEdits).toBeGreaterThan(numRuns / 40);
});
