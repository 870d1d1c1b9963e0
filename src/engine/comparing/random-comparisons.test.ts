import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OperatorKind } from '../../operators/operator.ts';
import { operatorDefinitions as definitions } from '../../operators/definitions.ts';
import { OPERATOR_KINDS } from '../../operators/operator.ts';
import type { Plan } from '../../pipeline/plan.ts';
import type { DialectName } from '../../stream/node-definition.ts';
import { DIALECTS } from '../../stream/node-definition.ts';
import { logOf } from '../../testing/log.ts';
import type { Scenario } from '../../testing/scenario.ts';
import { planOf, schemasOf } from '../../testing/scenario.ts';
import { scenarioOf } from '../../testing/scenarios/scenarios.ts';
import { Engine } from '../engine.ts';
import { compareRuns, isUnexplained } from './explain-differences.ts';
import { OutcomeRecorder } from './outcome.ts';

const RUNS = Number(process.env['COMPARE_RUNS'] ?? 25);
const SEED = 20261;

/** The scenario by the rules of another dialect; null where that has no such operator, or not with these settings. */
function inDialect(scenario: Scenario, dialect: DialectName): Plan | null {
  if (!definitions[scenario.kind].dialects.includes(dialect)) return null;
  try {
    return planOf({ ...scenario, dialect });
  } catch {
    return null;
  }
}

function outcomesOf(plan: Plan, scenario: Scenario) {
  const recorder = new OutcomeRecorder(plan);
  const log = logOf(scenario.entries, schemasOf(scenario));
  recorder.begin(log);
  new Engine(plan, recorder.probe).run(log);
  return { plan, outcomes: recorder.outcomes() };
}

interface Counted {
  readonly differences: number;
  /** Those without a rule: operator, dialects, kind of difference, and how many. */
  readonly unexplained: Readonly<Record<string, number>>;
}

function count(pairs: Iterable<readonly [Scenario, Plan, Plan]>): Counted {
  const unexplained: Record<string, number> = {};
  let differences = 0;
  for (const [scenario, a, b] of pairs) {
    for (const node of compareRuns(outcomesOf(a, scenario), outcomesOf(b, scenario))) {
      differences += node.differences.length;
      for (const difference of node.differences.filter(isUnexplained)) {
        const name = `${scenario.kind} ${a.dialect.name} ${b.dialect.name} ${difference.kind}`;
        unexplained[name] = (unexplained[name] ?? 0) + 1;
      }
    }
  }
  return { differences, unexplained };
}

/** Each random scenario of a kind by the rules of every two dialects that take it. */
function* pairsOf(kind: OperatorKind): Iterable<readonly [Scenario, Plan, Plan]> {
  for (const { surroundings: _left, ...scenario } of fc.sample(scenarioOf(kind, true), { numRuns: RUNS, seed: SEED })) {
    const plans = DIALECTS.flatMap((dialect) => inDialect(scenario, dialect) ?? []);
    for (const [i, a] of plans.entries()) for (const b of plans.slice(i + 1)) yield [scenario, a, b];
  }
}

/** What has no rule yet, at the number of runs that the test has by itself. */
const WITHOUT_RULE: Readonly<Record<string, number>> = {};

test('every difference of random operators in two dialects has a rule', { timeout: 300_000 }, () => {
  let differences = 0;
  const unexplained: Record<string, number> = {};
  for (const kind of OPERATOR_KINDS.filter((each) => each !== 'sink')) {
    const counted = count(pairsOf(kind));
    differences += counted.differences;
    Object.assign(unexplained, counted.unexplained);
  }
  expect(differences).toBeGreaterThan(20 * RUNS);
  expect(unexplained).toEqual(WITHOUT_RULE);
});

test('what is no matter of dialects is not explained by one', { timeout: 60_000 }, () => {
  const changed: (readonly [Scenario, Plan, Plan])[] = [];
  for (const scenario of fc.sample(scenarioOf('window', true), { numRuns: 60, seed: SEED })) {
    const { surroundings: _left, ...own } = scenario;
    const config = own.config as Readonly<Record<string, unknown>>;
    if (config['kind'] !== 'tumbling' || own.dialect !== 'flink-datastream') continue;
    const other = inDialect(
      { ...own, config: { ...config, sizeMs: Number(config['sizeMs']) * 3 } },
      'flink-datastream',
    );
    const plan = inDialect(own, 'flink-datastream');
    if (plan !== null && other !== null) changed.push([own, plan, other]);
  }
  const { differences, unexplained } = count(changed);
  expect(differences).toBeGreaterThan(0);
  expect(Object.values(unexplained).reduce((sum, each) => sum + each, 0)).toBeGreaterThan(differences / 2);
});
