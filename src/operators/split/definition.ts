import { z } from 'zod';
import type { CompiledPredicate } from '../../expression/compile.ts';
import { compilePredicate } from '../../expression/compile.ts';
import { dialectNamed } from '../dialects/dialects.ts';
import type { OperatorDefinition } from '../operator.ts';
import { expressionProblems } from '../shared/expression-problems.ts';
import { inputOf } from '../shared/inputs.ts';
import type { BoundKey } from '../shared/key-columns.ts';
import { bindTableKey } from '../shared/key-columns.ts';
import { splitFace } from './face.ts';

const config = z.strictObject({
  predicate: z
    .string()
    .max(4096)
    .meta({
      title: 'First way if',
      description:
        'Rows for which this is TRUE leave by the first way; those for which it is FALSE or NULL by the other.',
      control: 'expression',
      engineNames: { 'kafka-streams': 'split, branch', 'flink-datastream': 'OutputTag', beam: 'Partition' },
    }),
});

export type SplitConfig = z.infer<typeof config>;

export interface SplitBound {
  readonly predicate: CompiledPredicate;
  /** The key of an input whose rows replace each other; null for one that spells out what goes. */
  readonly tableKey: BoundKey | null;
}

/**
 * Sends each row one of two ways: to `out` where the condition is TRUE, else to `rejected`, the others. A row for which it
 * fails goes neither way, and is told. Rows keep position, time and kind; the watermark passes unchanged to both. More ways
 * are a chain of these.
 *
 * Of a keyed changelog both ways are the tables that two filters would give, one by the condition and one by its opposite:
 * a row that changes sides is taken out of one and put into the other.
 */
export const splitDefinition: OperatorDefinition<'split', SplitConfig, SplitBound> = {
  ...splitFace,
  config,
  engine: z.strictObject({}),
  orderSensitive: false,
  describe: ({ predicate }) => predicate,
  suggest: () => ({ predicate: 'TRUE' }),
  bind: ({ config: { predicate }, inputs, dialect }) => {
    const input = inputOf(inputs, 0);
    const compiled = compilePredicate(predicate, input.schema, dialectNamed(dialect).expressions);
    const tableKey = bindTableKey(input);
    if (!compiled.ok || !tableKey.ok) {
      const problems = compiled.ok ? [] : expressionProblems(compiled.problems, 'config.predicate');
      return { ok: false, problems: [...problems, ...tableKey.problems] };
    }
    const out = tableKey.value === null ? input : { ...input, changes: dialectNamed(dialect).tables.changes };
    const bound = { predicate: compiled.predicate, tableKey: tableKey.value };
    return { ok: true, value: { outputs: { out, rejected: out }, bound }, problems: [] };
  },
};
