import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { brokenKernels } from '../testing/broken-kernels.ts';
import { checkLaws, lawSeed } from '../testing/check-laws.ts';
import { trialsOf } from '../testing/law-trials.ts';
import { laws } from '../testing/laws.ts';

/** The others are in `laws-of-runs.test.ts`. */
checkLaws([4, 6, 7, 8]);

describe('a kernel that breaks a law is found', () => {
  test.each(brokenKernels)('$law: $fault', { timeout: 600_000 }, ({ law: number, kind, registry }) => {
    const law = laws.find((candidate) => candidate.number === number)!;
    const outcome = fc.check(fc.property(trialsOf(law, kind, registry), law.check), {
      numRuns: 2000,
      seed: lawSeed,
      endOnFailure: true,
    });
    expect(outcome.failed).toBe(true);
  });

  test('every law has its planted fault', () => {
    expect(new Set(brokenKernels.map(({ law }) => law))).toEqual(new Set(laws.map(({ number }) => number)));
  });
});
