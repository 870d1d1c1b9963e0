import fc from 'fast-check';
import type { KernelRegistry } from '../engine/node.ts';
import { operatorDefinitions } from '../operators/definitions.ts';
import { kernels } from '../operators/kernels.ts';
import { OPERATOR_KINDS } from '../operators/operator.ts';
import type { OperatorKind } from '../operators/operator.ts';
import type { Law, Trial } from './laws.ts';
import { boundedScenarioOf, scenarioOf } from './scenarios/scenarios.ts';

/** Random trials of a law for one kind of operator. */
export function trialsOf(law: Law, kind: OperatorKind, registry: KernelRegistry = kernels): fc.Arbitrary<Trial> {
  const scenarios = law.logs === 'bounded' ? boundedScenarioOf(kind) : scenarioOf(kind, law.logs === 'plain');
  const picks = fc.array(fc.nat({ max: 1000 }), { minLength: 3, maxLength: 12 });
  return fc.record({ scenario: scenarios, picks, registry: fc.constant(registry) });
}

/** The kinds of operator that a law binds. */
export function kindsUnder(law: Law): readonly OperatorKind[] {
  return OPERATOR_KINDS.filter((kind) => law.number !== 8 || !operatorDefinitions[kind].orderSensitive);
}
