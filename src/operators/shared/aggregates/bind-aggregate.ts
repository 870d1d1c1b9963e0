import { z } from 'zod';
import type { CompiledExpression, CompiledPredicate } from '../../../expression/compile.ts';
import { compileExpression, compilePredicate } from '../../../expression/compile.ts';
import { configProblem } from '../../../stream/node-definition.ts';
import type { Result } from '../../../stream/problem.ts';
import type { DataType, Field, Schema } from '../../../stream/types.ts';
import { BIGINT, typeName } from '../../../stream/types.ts';
import type { Dialect } from '../../dialects/dialect.ts';
import { expressionProblems } from '../expression-problems.ts';

export const AGGREGATE_FUNCTIONS = ['count', 'sum', 'avg', 'min', 'max'] as const;
export type AggregateFunction = (typeof AGGREGATE_FUNCTIONS)[number];

export const aggregateConfig = z.strictObject({
  name: z.string().min(1).max(200).meta({ title: 'Name', description: 'Name of the output column.' }),
  function: z.enum(AGGREGATE_FUNCTIONS).meta({
    title: 'Function',
    description: 'NULL values are left out; over none at all, count is 0 and every other function NULL.',
  }),
  argument: z.string().max(4096).optional().meta({
    title: 'Of',
    description: 'What is aggregated. Only count may go without: it then counts rows.',
    control: 'expression',
  }),
  filter: z
    .string()
    .max(4096)
    .optional()
    .meta({
      title: 'Only where',
      description: 'A row for which this is not TRUE is left out of this aggregate; the others still take it.',
      control: 'expression',
      engineNames: { 'flink-sql': 'FILTER (WHERE …)' },
    }),
});

export type AggregateConfig = z.infer<typeof aggregateConfig>;

export interface BoundAggregate {
  readonly function: AggregateFunction;
  /** Null for a count of rows. */
  readonly argument: CompiledExpression | null;
  /** Only rows for which it holds are aggregated; null for all. */
  readonly filter: CompiledPredicate | null;
  /** Whether rows may be taken back. */
  readonly takesChanges: boolean;
  /** The output column. */
  readonly field: Field;
}

export interface AggregateContext {
  readonly schema: Schema;
  readonly path: string;
  readonly dialect: Dialect;
  /** Whether rows may be taken back, so that every aggregate must be able to forget one. */
  readonly takesChanges: boolean;
  /** What a joined text begins with; null for nothing. */
  readonly initial: string | null;
}

/** Resolves an aggregate's argument and the type of its result. */
export function bindAggregate(aggregate: AggregateConfig, context: AggregateContext): Result<BoundAggregate> {
  const { schema, path, takesChanges } = context;
  const filtered = bindFilter(aggregate, context);
  if (!filtered.ok) return filtered;
  const filter = filtered.value;
  const text = aggregate.argument?.trim() ?? '';
  if (text === '' || text === '*') {
    if (aggregate.function === 'count') {
      return found({ function: 'count', argument: null, filter, takesChanges, field: counted(aggregate.name) });
    }
    const message = `${aggregate.function} needs to know of what.`;
    return fails(configProblem('missing-argument', `${path}.argument`, message, 'Enter a column or an expression.'));
  }
  const compiled = compileExpression(text, schema);
  if (!compiled.ok) return { ok: false, problems: expressionProblems(compiled.problems, `${path}.argument`) };
  const argument = compiled.expression;
  const type = resultType(aggregate.function, argument.type, context.dialect);
  if (type === null) {
    const message = `${aggregate.function} cannot be computed of ${typeName(argument.type)}.`;
    return fails(
      configProblem('wrong-type', `${path}.argument`, message, 'Choose another function or cast the argument.'),
    );
  }
  const nullable = argument.nullable || filter !== null || takesChanges;
  const field = aggregate.function === 'count' ? counted(aggregate.name) : { name: aggregate.name, type, nullable };
  return found({ function: aggregate.function, argument, filter, takesChanges, field });
}

function bindFilter({ filter }: AggregateConfig, { schema, path }: AggregateContext): Result<BoundAggregate['filter']> {
  if (filter === undefined || filter.trim() === '') return { ok: true, value: null, problems: [] };
  const compiled = compilePredicate(filter, schema);
  if (!compiled.ok) return { ok: false, problems: expressionProblems(compiled.problems, `${path}.filter`) };
  return { ok: true, value: compiled.predicate, problems: [] };
}

function found(value: BoundAggregate): Result<BoundAggregate> {
  return { ok: true, value, problems: [] };
}

function fails(problem: ReturnType<typeof configProblem>): Result<BoundAggregate> {
  return { ok: false, problems: [problem] };
}

function counted(name: string): Field {
  return { name, type: BIGINT, nullable: false };
}

/** Type of the result, null where the function is not defined. */
function resultType(name: AggregateFunction, argument: DataType, { aggregates: rules }: Dialect): DataType | null {
  switch (name) {
    case 'count':
      return BIGINT;
    case 'sum':
      return rules.sumType(argument);
    case 'avg':
      return rules.averageType(argument);
    case 'min':
    case 'max':
      return isCollection(argument) || argument.kind === 'BYTES' ? null : argument;
  }
}

function isCollection(type: DataType): boolean {
  return type.kind === 'ARRAY' || type.kind === 'MAP' || type.kind === 'ROW';
}
