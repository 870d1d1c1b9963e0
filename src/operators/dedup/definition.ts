import { z } from 'zod';
import type { OperatorDefinition } from '../operator.ts';
import { inputOf } from '../shared/inputs.ts';
import type { BoundKey } from '../shared/key-columns.ts';
import { bindKey } from '../shared/key-columns.ts';

const config = z.strictObject({
  keys: z
    .array(z.string().max(200))
    .max(100)
    .default([])
    .meta({
      title: 'Key',
      description: 'Columns by which rows are the same; none means that one row is kept of all.',
      control: 'columns',
      engineNames: { 'flink-sql': 'PARTITION BY' },
    }),
  keep: z
    .enum(['first', 'last'])
    .default('first')
    .meta({
      title: 'Keep',
      description: 'Which row of a key stays: the first or the last.',
      engineNames: { 'flink-sql': 'ROW_NUMBER() … ORDER BY … ASC, DESC' },
    }),
  orderBy: z
    .enum(['event-time', 'arrival'])
    .default('event-time')
    .meta({
      title: 'Order',
      description:
        'What first and last mean: by event time, where equal times go to the earlier arrival, or by arrival.',
      engineNames: { 'flink-sql': 'ORDER BY rowtime, proctime' },
    }),
});

export type DedupConfig = z.infer<typeof config>;

export interface DedupBound {
  readonly key: BoundKey;
  readonly keep: 'first' | 'last';
  readonly orderBy: 'event-time' | 'arrival';
}

/**
 * Keeps one row of each key. A row that takes another's place comes out at once, behind the one that it replaces: −U and
 * +U. The first by arrival never changes, so that its stream has new rows alone.
 */
export const dedupDefinition: OperatorDefinition<'dedup', DedupConfig, DedupBound> = {
  kind: 'dedup',
  version: 1,
  title: 'Deduplicate',
  group: 'transforms',
  stateful: true,
  summary: 'Keeps the first or the last row of each key.',
  config,
  engine: z.strictObject({}),
  inputs: [{ name: 'in', title: 'in', many: false, accepts: ['append'], needsEventTime: false }],
  outputs: [{ name: 'out', title: 'out' }],
  dialects: ['flink-datastream', 'flink-sql'],
  orderSensitive: true,
  describe: ({ keep, keys }) => `${keep}${keys.length > 0 ? ` · by ${keys.join(', ')}` : ''}`,
  suggest: (inputs) => {
    const key = inputs[0]?.schema.fields.find((field) => field.type.kind === 'STRING')?.name;
    return config.parse({ keys: key === undefined ? [] : [key] });
  },
  bind: ({ config: { keys, keep, orderBy }, inputs }) => {
    const input = inputOf(inputs, 0);
    const key = bindKey(keys, input.schema, 'config.keys');
    if (!key.ok) return { ok: false, problems: key.problems };
    const isFinal = keep === 'first' && orderBy === 'arrival';
    const out = { ...input, changes: isFinal ? ('append' as const) : ('retract' as const), key: isFinal ? null : keys };
    return { ok: true, value: { outputs: { out }, bound: { key: key.value, keep, orderBy } }, problems: [] };
  },
};
