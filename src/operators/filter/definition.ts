import { z } from 'zod';
import type { CompiledPredicate } from '../../expression/compile.ts';
import { compilePredicate } from '../../expression/compile.ts';
import { DIALECTS } from '../../stream/node-definition.ts';
import type { OperatorDefinition } from '../operator.ts';
import { expressionProblems } from '../shared/expression-problems.ts';
import { ANY_CHANGES, inputOf } from '../shared/inputs.ts';

const config = z.strictObject({
  predicate: z.string().max(4096).meta({
    title: 'Keep if',
    description: 'A row goes on when this is TRUE; when it is FALSE or NULL the row is filtered out.',
    control: 'expression',
  }),
});

export type FilterConfig = z.infer<typeof config>;

export interface FilterBound {
  readonly predicate: CompiledPredicate;
}

/** Keeps rows for which a condition holds. Rows keep position, time and kind; the watermark passes unchanged. */
export const filterDefinition: OperatorDefinition<'filter', FilterConfig, FilterBound> = {
  kind: 'filter',
  version: 1,
  title: 'Filter',
  group: 'transforms',
  stateful: false,
  summary: 'Keeps the rows for which a condition holds.',
  config,
  engine: z.strictObject({}),
  inputs: [{ name: 'in', title: 'in', many: false, accepts: ANY_CHANGES, needsEventTime: false }],
  outputs: [{ name: 'out', title: 'out' }],
  dialects: DIALECTS,
  orderSensitive: false,
  describe: (filter) => filter.predicate,
  suggest: () => ({ predicate: 'TRUE' }),
  bind: ({ config: filter, inputs }) => {
    const input = inputOf(inputs, 0);
    const compiled = compilePredicate(filter.predicate, input.schema);
    if (!compiled.ok) return { ok: false, problems: expressionProblems(compiled.problems, 'config.predicate') };
    return { ok: true, value: { outputs: { out: input }, bound: { predicate: compiled.predicate } }, problems: [] };
  },
};
