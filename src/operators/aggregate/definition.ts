import { z } from 'zod';
import { configProblem } from '../../stream/node-definition.ts';
import type { Problem } from '../../stream/problem.ts';
import type { DurationMs } from '../../stream/time.ts';
import { dialectNamed } from '../dialects/dialects.ts';
import type { OperatorDefinition } from '../operator.ts';
import { aggregateConfig, withWholeAggregates } from '../shared/aggregates/aggregate-config.ts';
import { bindAggregate } from '../shared/aggregates/bind-aggregate.ts';
import type { BoundAggregate } from '../shared/aggregates/bound-aggregate.ts';
import { duplicateColumns } from '../shared/duplicate-columns.ts';
import { inputOf } from '../shared/inputs.ts';
import type { BoundKey } from '../shared/key-columns.ts';
import { bindKey, bindTableKey } from '../shared/key-columns.ts';
import { stateTtlEngine } from '../shared/state-ttl.ts';
import { aggregateFace } from './face.ts';

const config = z.strictObject({
  keys: z
    .array(z.string().max(200))
    .max(100)
    .default([])
    .meta({
      title: 'Key',
      description: 'Columns that rows are grouped by, each value for itself; none means one group.',
      control: 'columns',
      engineNames: { 'flink-sql': 'GROUP BY', 'kafka-streams': 'groupBy', ksqldb: 'GROUP BY' },
    }),
  aggregates: z
    .array(aggregateConfig)
    .max(100)
    .default([{ name: 'count', function: 'count' }])
    .meta({
      title: 'Aggregates',
      description: 'What is computed for each key, over all rows so far.',
      control: 'aggregates',
    }),
});

export type AggregateConfig = z.infer<typeof config>;

export interface AggregateBound {
  readonly key: BoundKey;
  readonly aggregates: readonly BoundAggregate[];
  /** The key of an input whose rows replace each other; null for one that spells out what goes. */
  readonly tableKey: BoundKey | null;
  /** How long after its last row a group is forgotten, ms by the processing clock; 0 for never. */
  readonly ttlMs: DurationMs;
}

const engine = z.strictObject(stateTtlEngine);

const KEEPS_EVERY_VALUE: ReadonlySet<string> = new Set(['collect-list', 'string-agg', 'percentile']);

/**
 * Groups rows by key and gives out the aggregates over all rows so far with every change: a changelog. Rows that the input
 * takes back are taken out of their group; one that takes back from a group that is not there is rejected. Without an end:
 * nothing is late, and nothing is forgotten unless the engine forgets state that nobody writes to.
 */
export const aggregateDefinition: OperatorDefinition<
  'aggregate',
  AggregateConfig,
  AggregateBound,
  z.infer<typeof engine>
> = {
  ...aggregateFace,
  config,
  engine,
  orderSensitive: true,
  describe: ({ keys }) => (keys.length > 0 ? `running · by ${keys.join(', ')}` : 'running'),
  suggest: (inputs) => {
    const key = inputs[0]?.schema.fields.find((field) => field.type.kind === 'STRING')?.name;
    return config.parse({ keys: key === undefined ? [] : [key] });
  },
  fill: withWholeAggregates,
  grows: ({ config: { keys, aggregates }, engine: { ttlMs }, dialect }) => {
    const { hasTimeToLive } = dialectNamed(dialect).tables;
    if (hasTimeToLive && ttlMs > 0) return null;
    const lists = aggregates.filter(({ function: name, limit }) => KEEPS_EVERY_VALUE.has(name) && limit === undefined);
    const forget = 'Give state a time to live under Engine';
    const window = 'group within a window';
    if (lists.length > 0) {
      const what = `every value of ${lists.map(({ name }) => name).join(', ')}`;
      return {
        by: 'rows',
        what,
        fix: hasTimeToLive ? `${forget}, or ${window}.` : `Choose another aggregate, or ${window}.`,
      };
    }
    // A table of Kafka has a row for each key: that is what it is.
    if (!hasTimeToLive || keys.length === 0) return null;
    return { by: 'keys', what: 'the aggregates of every key', fix: `${forget}, or ${window}.` };
  },
  bind: ({ config: { keys, aggregates: wanted }, engine: { ttlMs }, inputs, dialect: name }) => {
    const input = inputOf(inputs, 0);
    const dialect = dialectNamed(name);
    const problems: Problem[] = [];
    const key = bindKey(keys, input.schema, 'config.keys');
    const tableKey = bindTableKey(input);
    problems.push(...key.problems, ...tableKey.problems);
    const aggregates = wanted.flatMap((aggregate, i) => {
      const context = { schema: input.schema, path: `config.aggregates.${i}`, dialect, initial: null };
      const takesChanges = input.changes !== 'append';
      const bound = bindAggregate(aggregate, { ...context, takesChanges, mayBeEmpty: takesChanges });
      problems.push(...bound.problems);
      return bound.ok ? [bound.value] : [];
    });
    if (dialect.tables.changes === 'upsert' && input.changes === 'retract') {
      const message = `${dialect.title} has tables by key, not changelogs that spell out what they replace.`;
      problems.push(configProblem('dialect-lacks', 'inputs', message, 'Give the source a key and the changes upsert.'));
    }
    const fields = [...(key.ok ? key.value.fields : []), ...aggregates.map(({ field }) => field)];
    problems.push(...duplicateColumns(fields, { path: 'config.aggregates', fix: 'Rename the aggregate.' }));
    if (!key.ok || !tableKey.ok || problems.length > 0) return { ok: false, problems };
    const { changes } = dialect.tables;
    const { eventTime, delayMs = 0 } = input;
    const out = { schema: { fields }, changes, key: keys, eventTime, delayMs };
    const bound = {
      key: key.value,
      aggregates,
      tableKey: tableKey.value,
      ttlMs: dialect.tables.hasTimeToLive ? ttlMs : 0,
    };
    return { ok: true, value: { outputs: { out, rejected: input }, bound }, problems };
  },
};
