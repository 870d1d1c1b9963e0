import { expect, test } from 'vitest';
import type { Engine } from '../../engine/engine.ts';
import { planOfGraph } from '../../testing/graphs/graph.ts';
import { graphTrials } from '../../testing/graphs/graphs.ts';
import { logOf } from '../../testing/log.ts';
import { recordedRun } from '../../testing/recorded-run.ts';
import fc from 'fast-check';
import { RunPoints } from './run-points.ts';

const [trial] = fc.sample(graphTrials('bounded'), { numRuns: 1, seed: 7 });
const plan = planOfGraph(trial!.graph);
const { feeds } = recordedRun(plan, logOf([], []));

/** Has a run of 100 rounds, a second of work each, put down points where they are due. Gives the bytes of state of each. */
function putDown(mostBytes: number, stateBytesAt: (round: number) => number): readonly number[] {
  const points = new RunPoints(mostBytes);
  const down: number[] = [];
  for (let position = 1; position <= 100; position++) {
    const bytes = stateBytesAt(position);
    const engine = {
      position,
      stateBytes: () => bytes,
      snapshot: () => {
        down.push(bytes);
        // What is put down tells more than the state alone.
        return Uint8Array.from({ length: 3 * bytes }, (_, i) => (i * 40_503 + position) >> 7);
      },
    } as unknown as Engine;
    points.worked(1_000);
    if (points.isDue(position, engine))
      points.keep({ plan, engine, feeds, taken: [], rejected: [], edit: null }, () => 0);
    expect(points.isDue(position, engine)).toBe(false);
  }
  return down;
}

test('a run puts down points all along', () => {
  expect(putDown(1e9, (round) => 100 * round)).toHaveLength(100);
});

test('state that has no room as a point is put down once; what is smaller is again', () => {
  const most = 8_000_000;
  expect(putDown(most, () => 1_900_000)).toEqual([1_900_000]);
  expect(putDown(most, () => 3_000_000)).toEqual([]);
  const shrinking = putDown(most, (round) => (round <= 50 ? 1_900_000 : 20_000));
  expect(shrinking).toEqual([1_900_000, ...Array<number>(50).fill(20_000)]);
});
