import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ENTRY_STATUS, ENTRY_WATERMARK } from '../stream/log-slice.ts';
import type { ManualEntry } from '../sources/log/log.ts';
import type { GraphTrial } from '../testing/graphs/graphs.ts';
import { graphTrials } from '../testing/graphs/graphs.ts';
import { graphSchemas, planOfGraph } from '../testing/graphs/graph.ts';
import { logOf } from '../testing/log.ts';
import { recordedRun } from '../testing/recorded-run.ts';
import type { RecordedRunOptions } from '../testing/recorded-run.ts';
import { pictureDifference, runPicture } from '../testing/run-picture.ts';
import { NodeFeed } from './feeds/node-feed.ts';
import type { Run } from './run.ts';
import { PointFiller } from './travel/point-filler.ts';
import { yieldToMessages } from './yield-to-messages.ts';

/** Seeks of the whole test. `SEEK_RUNS`, else `LAW_RUNS`, sets how many there are. */
const SEEKS = Number(process.env['SEEK_RUNS'] ?? process.env['LAW_RUNS'] ?? 2000);
const SEEKS_A_GRAPH = 8;

async function goTo(run: Run, seq: number): Promise<void> {
  run.seek(seq);
  while (!(await run.goOnTo(seq, 0)));
}

/** A run that took so many entries one by one and never went back. */
async function stepped(trial: GraphTrial, seq: number, inserted: RecordedRunOptions['inserted']): Promise<Run> {
  const run = recordedRun(planOfGraph(trial.graph), logOf(trial.graph.entries, graphSchemas(trial.graph)), {
    ...(inserted === undefined ? {} : { inserted }),
  });
  while (run.seq < seq && (await run.step()));
  return run;
}

/** `turns`: how long the run stands, in turns of whoever fills in points meanwhile. */
type Move = ({ readonly to: number } | { readonly put: ManualEntry }) & { readonly turns: number };

const manual = fc.record({
  kind: fc.constantFrom(ENTRY_WATERMARK, ENTRY_STATUS),
  source: fc.nat({ max: 1 }),
  partition: fc.constant(0),
  payload: fc.nat({ max: 1 }),
});
const turns = fc.constantFrom(0, 1, 3, 8, 200);
const moves: fc.Arbitrary<readonly Move[]> = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.record({ to: fc.nat({ max: 30 }), turns }) },
    { weight: 1, arbitrary: fc.record({ put: manual, turns }) },
  ),
  { minLength: SEEKS_A_GRAPH, maxLength: SEEKS_A_GRAPH },
);
const options = fc.record({
  entries: fc.constantFrom(1, 3, 7, 4096),
  keptBytes: fc.constantFrom(1, 600, 1e9),
  pointBytes: fc.constantFrom(1, 2e6, 1e9),
  tickMs: fc.constantFrom(0, 5, 100),
});

async function check(trial: GraphTrial, path: readonly Move[], how: RecordedRunOptions): Promise<void> {
  const { graph } = trial;
  const run = recordedRun(planOfGraph(graph), logOf(graph.entries, graphSchemas(graph)), how);
  const sources = graph.sources.length;
  let stands = false;
  let nowMs = 0;
  // Every look at the clock ends a turn.
  const filler = new PointFiller(
    () => (nowMs += 100),
    () => (stands ? run : null),
    0,
  );
  filler.start();
  for (const move of path) {
    stands = false;
    if ('to' in move) await goTo(run, move.to);
    else if (move.put.source < sources) {
      await run.readAhead();
      run.insert(timed(move.put, run));
    }
    stands = true;
    filler.wake();
    for (let turn = 0; turn < move.turns; turn++) await yieldToMessages();
    const straight = await stepped(trial, run.seq, run.log.inserted);
    expect(pictureDifference(runPicture(run), runPicture(straight))).toBeNull();
  }
}

/** A watermark about where the run stands. */
function timed(entry: ManualEntry, run: Run): ManualEntry {
  return entry.kind === ENTRY_WATERMARK ? { ...entry, payload: run.processingTimeMs ?? 0 } : entry;
}

describe('a run that goes to an entry', () => {
  test('shows what a run shows that stopped there, however it came there', { timeout: 900_000 }, async () => {
    await fc.assert(fc.asyncProperty(graphTrials('any'), moves, options, check), {
      numRuns: Math.ceil(SEEKS / SEEKS_A_GRAPH),
      seed: 20261,
    });
  });

  test('shows when a feed is not put back: a planted fault is found', async () => {
    const { sharedFields } = NodeFeed;
    Object.assign(NodeFeed, { sharedFields: [...sharedFields, 'newest'] });
    try {
      const path = [12, 0, 5].map((to) => ({ to, turns: 0 }));
      const how = { entries: 1, tickMs: 100 };
      const property = fc.asyncProperty(graphTrials('any'), (trial) => check(trial, path, how));
      await expect(fc.assert(property, { numRuns: 50, seed: 20261 })).rejects.toThrow();
    } finally {
      Object.assign(NodeFeed, { sharedFields });
    }
  });
});
