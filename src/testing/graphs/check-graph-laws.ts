import fc from 'fast-check';
import { describe, test } from 'vitest';
import { kernels } from '../../operators/kernels.ts';
import { graphLaws } from './graph-laws.ts';
import { graphTrials } from './graphs.ts';

/** Runs a law. `GRAPH_LAW_RUNS`, else `LAW_RUNS`, and `LAW_SEED` set runs and seed. */
const runs = Number(process.env['GRAPH_LAW_RUNS'] ?? process.env['LAW_RUNS'] ?? 2000);
export const lawSeed = Number(process.env['LAW_SEED'] ?? 20261);

/** Tests that the laws of these numbers hold over random graphs. Files run side by side: each takes some of the laws. */
export function checkGraphLaws(numbers: readonly number[]): void {
  const chosen = graphLaws.filter(({ number }) => numbers.includes(number));
  describe('over random graphs', () => {
    test.each(chosen)('law $number: $title', { timeout: 900_000 }, (law) => {
      fc.assert(
        fc.property(graphTrials(law.logs), (trial) => law.check(trial, kernels)),
        { numRuns: runs, seed: lawSeed },
      );
    });
  });
}
