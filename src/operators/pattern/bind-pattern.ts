import { compilePredicate } from '../../expression/compile.ts';
import type { StreamType } from '../../stream/batch.ts';
import type { BindRequest } from '../../stream/node-definition.ts';
import { configProblem } from '../../stream/node-definition.ts';
import type { Problem, Result } from '../../stream/problem.ts';
import { resultOf } from '../../stream/problem.ts';
import type { Schema } from '../../stream/types.ts';
import { BOOLEAN, field } from '../../stream/types.ts';
import { dialectNamed } from '../dialects/dialects.ts';
import { duplicateColumns } from '../shared/duplicate-columns.ts';
import { expressionProblems } from '../shared/expression-problems.ts';
import { inputOf } from '../shared/inputs.ts';
import { bindKey } from '../shared/key-columns.ts';
import { bindMeasures } from './bind-measures.ts';
import type { BoundStep, PatternBound } from './bound.ts';
import { checkLanguage } from './check-language.ts';
import { checkSteps } from './check-steps.ts';
import type { PatternConfig } from './config.ts';
import { conditionSchema } from './condition-schema.ts';

interface BoundTo {
  readonly input: StreamType;
  readonly bound: PatternBound;
}

/** Resolves conditions, key and measures, or says all that is wrong. */
export function bindPattern({
  config,
  inputs,
  dialect: name,
  timeDomain,
}: BindRequest<PatternConfig>): Result<BoundTo> {
  const input = inputOf(inputs, 0);
  const dialect = dialectNamed(name);
  const problems: Problem[] = [...checkSteps(config, input.schema)];
  if (dialect.patterns !== null) problems.push(...checkLanguage(config, dialect.patterns, dialect.title));
  const key = bindKey(config.keys, input.schema, 'config.keys');
  const steps = bindSteps(config, input.schema);
  const measures = bindMeasures(config, input.schema, dialect);
  problems.push(...key.problems, ...steps.problems, ...measures.problems);
  if (!key.ok || !steps.ok || !measures.ok) return { ok: false, problems };
  const timedOut = config.timeouts ? [field('timed_out', BOOLEAN)] : [];
  const fields = [...key.value.fields, ...timedOut, ...measures.value.map(({ aggregate }) => aggregate.field)];
  problems.push(...duplicateColumns(fields, { path: 'config.measures', fix: 'Rename the measure.' }));
  problems.push(...waitsForEver(config));
  const bound: PatternBound = {
    key: key.value,
    steps: steps.value,
    withinMs: config.withinMs ?? 0,
    skip: config.skip,
    skipStep: skipStepOf(config),
    timeouts: config.timeouts,
    measures: measures.value,
    timeDomain,
  };
  return resultOf({ input, bound }, problems);
}

function bindSteps(config: PatternConfig, input: Schema): Result<readonly BoundStep[]> {
  const problems: Problem[] = [];
  const steps = config.steps.flatMap((step, i): readonly BoundStep[] => {
    const { schema, steps: known } = conditionSchema(config.steps, i, input);
    const condition = compilePredicate(step.condition.trim() === '' ? 'TRUE' : step.condition, schema);
    if (!condition.ok) {
      problems.push(...expressionProblems(condition.problems, `config.steps.${i}.condition`));
      return [];
    }
    const read = new Set(condition.predicate.columns);
    const {
      name,
      contiguity,
      negated,
      minTimes,
      maxTimes = minTimes,
      orMore,
      optional,
      greedy,
      repeatContiguity,
    } = step;
    const asks = known.filter((other) => read.has(config.steps[other]?.name ?? ''));
    return [
      {
        name,
        condition: condition.predicate,
        asks,
        contiguity,
        negated,
        minTimes,
        maxTimes: orMore ? Infinity : maxTimes,
        optional,
        greedy,
        repeatContiguity,
      },
    ];
  });
  return resultOf(steps, problems.length === 0 ? [] : problems);
}

function skipStepOf({ skip, skipStep, steps }: PatternConfig): number | null {
  if (skip !== 'to-first' && skip !== 'to-last') return null;
  return steps.findIndex(({ name }) => name === skipStep);
}

/** Beginnings that no row ends wait for the rest as long as the stream goes on. */
function waitsForEver({ withinMs, steps }: PatternConfig): readonly Problem[] {
  const isEndless = steps.some(({ contiguity, orMore }, i) => (i > 0 && contiguity !== 'strict') || orMore);
  if (withinMs !== undefined || !isEndless) return [];
  return [
    {
      ...configProblem(
        'unbounded-state',
        'config.withinMs',
        'Without a time, every beginning is kept until the rest has come: state grows for ever.',
        'Say within what time a match must be complete.',
      ),
      severity: 'warning',
    },
  ];
}
