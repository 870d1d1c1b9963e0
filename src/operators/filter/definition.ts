import { z } from 'zod';
import type { CompiledPredicate } from '../../expression/compile.ts';
import { compilePredicate } from '../../expression/compile.ts';
import { dialectNamed } from '../dialects/dialects.ts';
import type { OperatorDefinition } from '../operator.ts';
import { expressionProblems } from '../shared/expression-problems.ts';
import { inputOf } from '../shared/inputs.ts';
import type { BoundKey } from '../shared/key-columns.ts';
import { bindTableKey } from '../shared/key-columns.ts';
import { filterFace } from './face.ts';

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
  /** The key of an input whose rows replace each other; null for one that spells out what goes. */
  readonly tableKey: BoundKey | null;
}

/**
 * Keeps rows for which a condition holds. Rows keep position, time and kind; the watermark passes unchanged.
 *
 * Of a keyed changelog the filter keeps the rows as they stand, so that a row that no longer passes is taken out. Kafka
 * (`KTableFilter`): a deletion, and nothing for a row that never was in. Flink (`ChangelogNormalize` before the filter): the
 * row that is replaced is spelled out, and those of both that pass go on.
 */
export const filterDefinition: OperatorDefinition<'filter', FilterConfig, FilterBound> = {
  ...filterFace,
  config,
  engine: z.strictObject({}),
  orderSensitive: false,
  describe: (filter) => filter.predicate,
  suggest: () => ({ predicate: 'TRUE' }),
  bind: ({ config: filter, inputs, dialect }) => {
    const input = inputOf(inputs, 0);
    const compiled = compilePredicate(filter.predicate, input.schema, dialectNamed(dialect).expressions);
    const tableKey = bindTableKey(input);
    if (!compiled.ok || !tableKey.ok) {
      const problems = compiled.ok ? [] : expressionProblems(compiled.problems, 'config.predicate');
      return { ok: false, problems: [...problems, ...tableKey.problems] };
    }
    const out = tableKey.value === null ? input : { ...input, changes: dialectNamed(dialect).tables.changes };
    const bound = { predicate: compiled.predicate, tableKey: tableKey.value };
    return { ok: true, value: { outputs: { out }, bound }, problems: [] };
  },
};
