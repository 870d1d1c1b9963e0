import fc from 'fast-check';
import { describe, test } from 'vitest';
import { kernels } from '../operators/kernels.ts';
import { graphLaws } from '../testing/graphs/graph-laws.ts';
import { graphTrials } from '../testing/graphs/graphs.ts';

/** Runs a law. `LAW_RUNS` and `LAW_SEED` set runs and seed. */
const runs = Number(process.env['LAW_RUNS'] ?? 2000);
const seed = Number(process.env['LAW_SEED'] ?? 20261);

describe('laws over random graphs', () => {
  test.each(graphLaws)('law $number: $title', { timeout: 600_000 }, (law) => {
    fc.assert(
      fc.property(graphTrials(law.logs), (trial) => law.check(trial, kernels)),
      { numRuns: runs, seed },
    );
  });
});
