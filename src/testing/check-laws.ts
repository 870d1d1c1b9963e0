import fc from 'fast-check';
import { describe, test } from 'vitest';
import { OPERATOR_KINDS } from '../operators/operator.ts';
import { kindsUnder, trialsOf } from './law-trials.ts';
import { laws } from './laws.ts';

/** Runs a law, over all operators; at least 50 an operator. `LAW_RUNS` and `LAW_SEED` set runs and seed. */
const runs = Number(process.env['LAW_RUNS'] ?? 2000);
const runsPerKind = Math.max(50, Math.ceil(runs / OPERATOR_KINDS.length));
export const lawSeed = Number(process.env['LAW_SEED'] ?? 20261);

/** Tests that the laws of these numbers hold for every operator. Files run side by side: each takes some of the laws. */
export function checkLaws(numbers: readonly number[]): void {
  const chosen = laws.filter(({ number }) => numbers.includes(number));
  describe.each(chosen)('law $number: $title', (law) => {
    test.each(kindsUnder(law))('%s', { timeout: 120_000 }, (kind) => {
      fc.assert(fc.property(trialsOf(law, kind), law.check), { numRuns: runsPerKind, seed: lawSeed });
    });
  });
}
