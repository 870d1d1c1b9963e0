import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OperatorKind } from '../../operators/operator.ts';
import { OPERATOR_KINDS } from '../../operators/operator.ts';
import { lawSeed } from '../../testing/check-laws.ts';
import { explainedGraph, explainedScenario } from '../../testing/explained-run.ts';
import { graphTrials } from '../../testing/graphs/graphs.ts';
import type { Scenario } from '../../testing/scenario.ts';
import { scenarioOf } from '../../testing/scenarios/scenarios.ts';
import type { Curve } from '../../stream/curve.ts';
import { runLog } from '../../testing/transcript.ts';
import type { ResultRecord } from '../result-records.ts';
import { effectsOf } from './effects.ts';
import { lineageOf } from './lineage.ts';
import { maskedKernels } from './masked-kernels.ts';
import { TimeRecord } from './time-record.ts';

type Explained = ReturnType<typeof explainedScenario>;

const RUNS = Number(process.env['LINEAGE_RUNS'] ?? 12);

/** Results of a run in which the listed rows alone are there, and time passes as it did with all; of all where null. */
async function resultsOf(
  { plan, log, replay, eras }: Explained,
  kept: ReadonlySet<number> | null,
): Promise<readonly string[]> {
  if (kept === null) return runLog(plan, log).transcript.results;
  const time = new TimeRecord(log.length);
  const curve = (node: number, each: Curve): void => time.add(plan.nodes[node]?.id ?? '', each);
  await replay({ eras, probe: { curve }, entries: log.length });
  return runLog(plan, log, { registry: maskedKernels(plan, time, (seq) => kept.has(seq)) }).transcript.results;
}

/** The listed events, run again as a whole with the plan's watermarks, bring the result; leaving one out does not. */
async function checkLineage(run: Explained, picks: readonly number[], counts = false): Promise<number> {
  const lines = await resultsOf(run, null);
  const records = lines.map((line) => JSON.parse(line) as ResultRecord);
  for (const pick of picks.slice(0, 2)) {
    if (records.length === 0) return 0;
    const chosen = pick % records.length;
    const record = records[chosen];
    if (record === undefined) return 0;
    const before = records.slice(0, chosen).filter(({ node, seq }) => node === record.node && seq === record.seq);
    const place = { nodeId: record.node, seq: record.seq, nth: before.length };
    const lineage = await lineageOf(run, place);
    if (lineage === null) throw new Error(`no lineage of ${lines[chosen] ?? ''}`);
    expect(lineage.isLeast).toBe(true);
    const listed = [...lineage.events, ...lineage.witnesses];
    expect(await resultsOf(run, new Set(listed))).toContain(lines[chosen]);
    const needed = counts ? listed : lineage.witnesses;
    for (const left of needed) {
      expect(await resultsOf(run, new Set(listed.filter((seq) => seq !== left)))).not.toContain(lines[chosen]);
    }
  }
  return records.length;
}

/** Whether the results of a window tell how many rows are in them: each event that is left out shows. */
function countsRows({ kind, config }: Scenario): boolean {
  const { aggregates = [] } = config as { readonly aggregates?: readonly Readonly<Record<string, unknown>>[] };
  const isCount = (aggregate: Readonly<Record<string, unknown>>): boolean =>
    aggregate['function'] === 'count' && Object.keys(aggregate).length === 2;
  return kind === 'window' && aggregates.some(isCount);
}

describe('the events of a result bring it again by themselves', () => {
  const kinds = OPERATOR_KINDS.filter((kind): kind is OperatorKind => kind !== 'sink');
  test.each(kinds)('%s', { timeout: 120_000 }, async (kind) => {
    const property = fc.asyncProperty(
      scenarioOf(kind, true),
      fc.array(fc.nat(1000), { minLength: 2 }),
      async (scenario, picks) => {
        const { surroundings: _left, ...alone } = scenario;
        await checkLineage(explainedScenario(alone), picks, countsRows(alone));
      },
    );
    await fc.assert(property, { numRuns: RUNS, seed: lawSeed });
  });

  test('in random graphs', { timeout: 120_000 }, async () => {
    const property = fc.asyncProperty(graphTrials('any'), async ({ graph, picks }) => {
      await checkLineage(explainedGraph(graph), picks);
    });
    await fc.assert(property, { numRuns: 2 * RUNS, seed: lawSeed });
  });
});

describe('what an event took part in', () => {
  test('is every result whose lineage it is in, of windows that count', { timeout: 120_000 }, async () => {
    const property = fc.asyncProperty(scenarioOf('window', true), fc.nat(1000), async (scenario, pick) => {
      const { surroundings: _left, ...alone } = scenario;
      if (!countsRows(alone)) return;
      const run = explainedScenario(alone);
      const sources = run.log.kinds.length;
      if (sources === 0) return;
      const seq = pick % sources;
      const effects = await effectsOf(run, seq);
      const told = effects.results.filter(({ node, port }) => node === 'operator' && port === 'out').map(keyOf);
      const own = (await resultsOf(run, null)).map((line) => JSON.parse(line) as ResultRecord);
      const seen = new Map<number, number>();
      for (const record of own.filter(({ node }) => node === 'sink-out')) {
        const nth = seen.get(record.seq) ?? 0;
        seen.set(record.seq, nth + 1);
        const lineage = await lineageOf(run, { nodeId: 'operator', seq: record.seq, nth });
        const isIn = lineage?.events.includes(seq) === true;
        if (isIn) expect(told).toContain(keyOf(lineage.result));
      }
    });
    await fc.assert(property, { numRuns: RUNS, seed: lawSeed });
  });
});

function keyOf({ seq, phase, op, row }: ResultRecord): string {
  return JSON.stringify([seq, phase, op, row]);
}
