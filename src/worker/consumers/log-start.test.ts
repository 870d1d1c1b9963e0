import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Engine } from '../../engine/engine.ts';
import type { ReadFrom } from '../../sources/log/log-start.ts';
import type { GraphTrial } from '../../testing/graphs/graphs.ts';
import { graphTrials } from '../../testing/graphs/graphs.ts';
import { graphSchemas, planOfGraph } from '../../testing/graphs/graph.ts';
import type { Entry } from '../../testing/log.ts';
import { logOf } from '../../testing/log.ts';
import { recordedRun } from '../../testing/recorded-run.ts';
import type { Transcript } from '../../testing/transcript.ts';
import { cutsOfOne, emptyTranscript, recorder, runLog } from '../../testing/transcript.ts';

const TRIALS = Number(process.env['CONSUMER_RUNS'] ?? 150);

/** Numbers of the entries that a reader takes, found by going through them once for each. */
function readEntries(entries: readonly Entry[], { seq, tsMs }: ReadFrom): readonly number[] {
  const partitionOf = (entry: Entry): number => ('partition' in entry ? (entry.partition ?? 0) : 0);
  const startOf = (source: number, partition: number): number => {
    const first = entries.findIndex(
      (entry) =>
        entry.kind === 'row' &&
        entry.source === source &&
        partitionOf(entry) === partition &&
        tsMs !== null &&
        entry.ts >= tsMs,
    );
    return first < 0 ? seq : Math.min(first, seq);
  };
  return entries.flatMap((entry, i) => {
    if (entry.kind === 'end' || entry.kind === 'control') return [i];
    if (entry.kind !== 'clock') return i >= startOf(entry.source, partitionOf(entry)) ? [i] : [];
    const hasBegun = entries.some(
      (other, o) => o < i && other.kind === 'row' && o >= startOf(other.source, partitionOf(other)),
    );
    return hasBegun || i >= seq ? [i] : [];
  });
}

/** What a run showed, its entries by other numbers. */
function shown({ results, drops, rejections, firings, watermarks }: Transcript, numbers?: readonly number[]): unknown {
  const other = (text: string, seq: string): number => numbers?.[Number(seq)] ?? Number(text && seq);
  const renamed = (line: string): string =>
    line.replaceAll(/"seq":(\d+)/g, (text, seq: string) => `"seq":${String(other(text, seq))}`);
  const failed = rejections.map((line) =>
    line.replace(/ (\d+) /, (text, seq: string) => ` ${String(other(text, seq))} `),
  );
  return {
    results: results.map(renamed),
    drops: drops.map(renamed),
    failed,
    firings: firings.map(renamed),
    watermarks,
  };
}

interface Reading {
  readonly from: ReadFrom;
  /** Entries of a slice of the log, and of a round. */
  readonly entries: number;
}

async function check({ graph }: GraphTrial, { from, entries }: Reading, fault = 0): Promise<void> {
  const plan = planOfGraph(graph);
  const schemas = graphSchemas(graph);
  const numbers = readEntries(graph.entries, from);
  const left = logOf(
    numbers.flatMap((seq) => graph.entries[seq] ?? []),
    schemas,
  );
  const expected = runLog(plan, left, { cuts: cutsOfOne(left) });

  const own = { ...from, seq: from.seq + fault };
  const run = recordedRun(plan, logOf(graph.entries, schemas), { entries, from: own });
  const transcript = emptyTranscript(plan);
  const engine = new Engine(plan, recorder(plan, transcript));
  for await (const slice of run.slices(0, Infinity)) engine.run(slice);
  expect(engine.position).toBe(graph.entries.length);
  expect(shown(transcript)).toEqual(shown(expected.transcript, numbers));
  expect([...engine.ledger()]).toEqual([...expected.ledger]);

  // Cut into rounds, and after it went back, a run comes to the same.
  run.seek(Infinity);
  while (!(await run.goOnTo(Infinity, 0)));
  run.seek(Math.floor(graph.entries.length / 2));
  while (!(await run.goOnTo(Infinity, 0)));
  expect([...run.ledger()]).toEqual([...expected.ledger]);
}

const readings = fc.record({
  from: fc.record({
    seq: fc.nat({ max: 26 }),
    tsMs: fc.oneof(fc.constant(null), fc.integer({ min: -20, max: 300 })),
  }),
  entries: fc.constantFrom(1, 3, 4096),
});

describe('a reader that begins further on', () => {
  test('sees what a run sees over a log without the entries before', { timeout: 600_000 }, async () => {
    const property = fc.asyncProperty(graphTrials('any'), readings, (trial, reading) => check(trial, reading));
    await fc.assert(property, { numRuns: TRIALS, seed: 20264 });
  });

  test('of one that begins an entry too late it is found', { timeout: 600_000 }, async () => {
    const reading = { from: { seq: 5, tsMs: null }, entries: 3 };
    const property = fc.asyncProperty(graphTrials('any'), (trial) => check(trial, reading, 1));
    await expect(fc.assert(property, { numRuns: 60, seed: 20264 })).rejects.toThrow();
  });
});
