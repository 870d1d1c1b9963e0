import { configProblem } from '../../stream/node-definition.ts';
import type { Problem, Result } from '../../stream/problem.ts';
import { resultOf } from '../../stream/problem.ts';
import type { Schema } from '../../stream/types.ts';
import { printName } from '../../expression/print.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { AggregateConfig } from '../shared/aggregates/aggregate-config.ts';
import { bindAggregate } from '../shared/aggregates/bind-aggregate.ts';
import type { BoundMeasure } from './bound.ts';
import type { PatternConfig } from './config.ts';

/** Resolves the measures, those that stand for none included. */
export function bindMeasures(config: PatternConfig, schema: Schema, dialect: Dialect): Result<readonly BoundMeasure[]> {
  const { steps, measures } = config;
  const problems: Problem[] = [];
  const context = { schema, dialect, takesChanges: false, initial: null, mayBeEmpty: true };
  const bind = (step: number | null, aggregate: AggregateConfig, path: string): readonly BoundMeasure[] => {
    const bound = bindAggregate({ ...aggregate, ...withNulls(aggregate) }, { ...context, path });
    problems.push(...bound.problems);
    return bound.ok ? [{ step, aggregate: bound.value }] : [];
  };
  if (measures.length === 0) {
    const all = usual(config, schema).flatMap(({ step, ...rest }) => bind(step, rest, 'config.measures'));
    return resultOf(all, problems);
  }
  const bound = measures.flatMap(({ step: name, ...aggregate }, i) => {
    const step = name === '' ? null : steps.findIndex((other) => other.name === name && !other.negated);
    if (step === -1) {
      const known = steps.filter(({ negated }) => !negated).map((other) => other.name);
      const message = `There is no step ${name} that takes rows.`;
      const fix = `Choose one of: ${known.join(', ')}.`;
      problems.push(configProblem('unknown-step', `config.measures.${i}.step`, message, fix));
    }
    return bind(step, aggregate, `config.measures.${i}`);
  });
  return resultOf(bound, problems);
}

/** A match has the value of its first or last row, NULL as any other. */
function withNulls({ function: name, nulls }: AggregateConfig): Pick<AggregateConfig, 'nulls'> {
  return (name === 'first' || name === 'last') && nulls === undefined ? { nulls: 'keep' } : {};
}

/** The last row of each step, and how many a step took that may take several. */
function usual(
  { steps, keys }: PatternConfig,
  { fields }: Schema,
): readonly (AggregateConfig & { readonly step: number })[] {
  return steps.flatMap(({ name, negated, minTimes, maxTimes, orMore }, step) => {
    if (negated) return [];
    const repeats = orMore || (maxTimes ?? minTimes) > 1;
    const count = repeats ? [{ step, name: `${name}_count`, function: 'count' as const }] : [];
    const columns = fields.filter((column) => !keys.includes(column.name));
    return [
      ...count,
      ...columns.map((column) => ({
        step,
        name: `${name}_${column.name}`,
        function: 'last' as const,
        argument: printName(column.name),
      })),
    ];
  });
}
