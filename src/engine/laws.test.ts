import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { operatorDefinitions } from '../operators/definitions.ts';
import { kernels } from '../operators/kernels.ts';
import { OPERATOR_KINDS } from '../operators/operator.ts';
import type { OperatorKind } from '../operators/operator.ts';
import { brokenKernels } from '../testing/broken-kernels.ts';
import type { Law, Trial } from '../testing/laws.ts';
import { laws } from '../testing/laws.ts';
import { boundedScenarioOf, scenarioOf } from '../testing/scenarios/scenarios.ts';

/** Runs a law, over all operators; at least 50 an operator. `LAW_RUNS` and `LAW_SEED` set runs and seed. */
const runs = Number(process.env['LAW_RUNS'] ?? 2000);
const seed = Number(process.env['LAW_SEED'] ?? 20261);
const runsPerKind = Math.max(50, Math.ceil(runs / OPERATOR_KINDS.length));

function trials(law: Law, kind: OperatorKind, registry = kernels): fc.Arbitrary<Trial> {
  const scenarios = law.logs === 'bounded' ? boundedScenarioOf(kind) : scenarioOf(kind, law.logs === 'plain');
  const picks = fc.array(fc.nat({ max: 1000 }), { minLength: 3, maxLength: 12 });
  return fc.record({ scenario: scenarios, picks, registry: fc.constant(registry) });
}

function holds(law: Law, kind: OperatorKind): boolean {
  return law.number !== 8 || !operatorDefinitions[kind].orderSensitive;
}

describe.each(laws)('law $number: $title', (law) => {
  test.each(OPERATOR_KINDS.filter((kind) => holds(law, kind)))('%s', { timeout: 120_000 }, (kind) => {
    fc.assert(fc.property(trials(law, kind), law.check), { numRuns: runsPerKind, seed });
  });
});

describe('a kernel that breaks a law is found', () => {
  test.each(brokenKernels)('$law: $fault', { timeout: 120_000 }, ({ law: number, kind, registry }) => {
    const law = laws.find((candidate) => candidate.number === number)!;
    const outcome = fc.check(fc.property(trials(law, kind, registry), law.check), {
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
