import { compileExpression, compilePredicate } from '../../../expression/compile.ts';
import { configProblem } from '../../../stream/node-definition.ts';
import type { Problem, Result } from '../../../stream/problem.ts';
import type { Schema } from '../../../stream/types.ts';
import { typeName } from '../../../stream/types.ts';
import type { AggregateRules, Dialect } from '../../dialects/dialect.ts';
import { expressionProblems } from '../expression-problems.ts';
import type { AggregateConfig } from './aggregate-config.ts';
import type { BoundAggregate } from './bound-aggregate.ts';
import { DEFAULT_SEPARATOR } from './aggregate-config.ts';
import { mayBeNull, resultType } from './aggregate-type.ts';
import { AGGREGATE_FUNCTION_INFO, AGGREGATE_PARAMETERS, functionsTaking } from './functions.ts';

export interface AggregateContext {
  readonly schema: Schema;
  readonly path: string;
  readonly dialect: Dialect;
  /** Whether rows may be taken back, so that every aggregate must be able to forget one. */
  readonly takesChanges: boolean;
  /** What a joined text begins with; null for nothing. */
  readonly initial: string | null;
  /** Whether results over no row at all may be asked for. */
  readonly mayBeEmpty?: boolean;
}

/** Resolves argument, filter and parameters of an aggregate and the type of its result, or says all that is wrong. */
export function bindAggregate(aggregate: AggregateConfig, context: AggregateContext): Result<BoundAggregate> {
  const { path, dialect, takesChanges, initial } = context;
  const { aggregates: rules } = dialect;
  const argument = bindArgument(aggregate, context);
  const filter = bindFilter(aggregate, context);
  const problems = [...parameterProblems(aggregate, path), ...argument.problems, ...filter.problems];
  if (problems.length > 0 || !argument.ok || !filter.ok) return { ok: false, problems };
  const bound: Omit<BoundAggregate, 'field'> = {
    function: aggregate.function,
    argument: argument.value,
    filter: filter.value,
    distinct: isDistinct(aggregate),
    keepsNulls: keepsNulls(aggregate, rules),
    limit: aggregate.limit ?? null,
    percentile: aggregate.percentile ?? 0,
    separator: aggregate.separator ?? DEFAULT_SEPARATOR,
    initial: aggregate.function === 'string-agg' ? initial : null,
    takesChanges,
    rules,
  };
  const type = resultType(bound);
  if (type === null) return { ok: false, problems: [wrongType(bound, path)] };
  const mayBeEmpty = takesChanges || context.mayBeEmpty === true;
  const field = { name: aggregate.name, type, nullable: mayBeNull(bound, type, mayBeEmpty) };
  return { ok: true, value: { ...bound, field }, problems: [] };
}

function isDistinct({ function: name, distinct }: AggregateConfig): boolean {
  // Of a smallest or largest value it makes no difference.
  if (name === 'min' || name === 'max') return false;
  return distinct === true || name === 'collect-set' || name === 'top-k-distinct';
}

function keepsNulls({ function: name, nulls }: AggregateConfig, rules: AggregateRules): boolean {
  if (nulls !== undefined) return nulls === 'keep';
  return rules.collectsNulls && (name === 'collect-list' || name === 'collect-set');
}

function bindArgument(
  aggregate: AggregateConfig,
  { schema, path, dialect }: AggregateContext,
): Result<BoundAggregate['argument']> {
  const text = aggregate.argument?.trim() ?? '';
  const { needsArgument } = AGGREGATE_FUNCTION_INFO[aggregate.function];
  if (text === '' || text === '*') {
    if (!needsArgument && aggregate.distinct !== true) return { ok: true, value: null, problems: [] };
    const what = aggregate.distinct === true ? `${aggregate.function} of distinct values` : aggregate.function;
    const message = `${what} needs to know of what.`;
    const fix = 'Enter a column or an expression.';
    return { ok: false, problems: [configProblem('missing-argument', `${path}.argument`, message, fix)] };
  }
  const compiled = compileExpression(text, schema, dialect.expressions);
  if (!compiled.ok) return { ok: false, problems: expressionProblems(compiled.problems, `${path}.argument`) };
  return { ok: true, value: compiled.expression, problems: [] };
}

function bindFilter(
  { filter }: AggregateConfig,
  { schema, path, dialect }: AggregateContext,
): Result<BoundAggregate['filter']> {
  if (filter === undefined || filter.trim() === '') return { ok: true, value: null, problems: [] };
  const compiled = compilePredicate(filter, schema, dialect.expressions);
  if (!compiled.ok) return { ok: false, problems: expressionProblems(compiled.problems, `${path}.filter`) };
  return { ok: true, value: compiled.predicate, problems: [] };
}

/** Parameters that the function lacks, and those that it does not take. */
function parameterProblems(aggregate: AggregateConfig, path: string): readonly Problem[] {
  const { function: name } = aggregate;
  const { takes, needs } = AGGREGATE_FUNCTION_INFO[name];
  return AGGREGATE_PARAMETERS.flatMap((parameter) => {
    const value = aggregate[parameter];
    const at = `${path}.${parameter}`;
    if (value === undefined && needs.includes(parameter)) {
      const fix = parameter === 'limit' ? 'Enter a whole number from 1.' : 'Enter a number from 0 to 1.';
      return [configProblem('missing-field', at, `${name} needs ${parameter}.`, fix)];
    }
    if (value === undefined || value === false || takes.includes(parameter)) return [];
    const message = `${name} takes no ${parameter}, and ${parameter} is ${JSON.stringify(value)}.`;
    return [configProblem('value-range', at, message, cure(aggregate, parameter))];
  });
}

function cure({ function: name }: AggregateConfig, parameter: (typeof AGGREGATE_PARAMETERS)[number]): string {
  if (parameter === 'distinct' && name === 'top-k') return 'Remove it, and choose top-k-distinct.';
  if (parameter === 'distinct' && (name === 'collect-set' || name === 'top-k-distinct')) {
    return 'Remove it: the values are distinct already.';
  }
  return `Remove it, or choose ${functionsTaking(parameter).join(', ')}.`;
}

function wrongType({ function: name, argument }: Omit<BoundAggregate, 'field'>, path: string): Problem {
  const type = argument === null ? 'rows' : typeName(argument.type);
  const message = `${name} cannot be computed of ${type}.`;
  const fix = name === 'string-agg' ? 'Cast the argument to STRING.' : 'Choose another function or cast the argument.';
  return configProblem('wrong-type', `${path}.argument`, message, fix);
}
