import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OPERATOR_KINDS } from '../operators/operator.ts';
import { brokenKernels } from '../testing/broken-kernels.ts';
import { kindsUnder, trialsOf } from '../testing/law-trials.ts';
import { laws } from '../testing/laws.ts';

/** Runs a law, over all operators; at least 50 an operator. `LAW_RUNS` and `LAW_SEED` set runs and seed. */
const runs = Number(process.env['LAW_RUNS'] ?? 2000);
const seed = Number(process.env['LAW_SEED'] ?? 20261);
const runsPerKind = Math.max(50, Math.ceil(runs / OPERATOR_KINDS.length));

describe.each(laws)('law $number: $title', (law) => {
  test.each(kindsUnder(law))('%s', { timeout: 120_000 }, (kind) => {
    fc.assert(fc.property(trialsOf(law, kind), law.check), { numRuns: runsPerKind, seed });
  });
});

describe('a kernel that breaks a law is found', () => {
  test.each(brokenKernels)('$law: $fault', { timeout: 120_000 }, ({ law: number, kind, registry }) => {
    const law = laws.find((candidate) => candidate.number === number)!;
    const outcome = fc.check(fc.property(trialsOf(law, kind, registry), law.check), {
      numRuns: 2000,
      seed,
      endOnFailure: true,
    });
    expect(outcome.failed).toBe(true);
  });

  test('every law has its planted fault', () => {
    expect(new Set(brokenKernels.map(({ law }) => law))).toEqual(new Set(laws.map(({ number }) => number)));
  });
});
