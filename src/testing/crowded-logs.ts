import fc from 'fast-check';
import { test } from 'vitest';
import { kernels } from '../operators/kernels.ts';
import { laws } from './laws.ts';
import type { Scenario } from './scenario.ts';

/** How many logs, and in how many places each may be cut. */
interface Effort {
  readonly runs: number;
  readonly cuts: number;
  readonly mostPlace: number;
}

const USUAL: Effort = { runs: 25, cuts: 6, mostPlace: 1000 };

/**
 * Tests of the laws of rounds, restoring, references and fates for scenarios that are longer or more crowded than those of
 * the common property tests.
 */
export function testCrowdedLogs(what: string, scenarios: fc.Arbitrary<Scenario>, effort: Effort = USUAL): void {
  const { runs, cuts, mostPlace } = effort;
  const picks = fc.array(fc.nat(mostPlace), { minLength: 3, maxLength: cuts });
  test.each(laws.filter(({ number }) => [2, 3, 4, 5].includes(number)))(
    `${what} keep law $number: $title`,
    { timeout: 60_000 },
    (law) => {
      fc.assert(
        fc.property(scenarios, picks, (scenario, places) => {
          law.check({ scenario, picks: places, registry: kernels });
        }),
        { numRuns: runs },
      );
    },
  );
}
