import { z } from 'zod';
import { AGGREGATE_FUNCTIONS, AGGREGATE_FUNCTION_INFO, functionsTaking } from './functions.ts';

/** What joined texts have between them where the document does not say. */
export const DEFAULT_SEPARATOR = ',';
/** Most values that a limit may ask for. */
export const MAX_LIMIT = 10_000;

export const aggregateConfig = z.strictObject({
  name: z.string().min(1).max(200).meta({ title: 'Name', description: 'Name of the output column.' }),
  function: z.enum(AGGREGATE_FUNCTIONS).meta({
    title: 'Function',
    description: 'NULL values are left out; over none at all, count is 0 and most others NULL.',
    engineNames: {
      'flink-sql':
        'COUNT, SUM, AVG, MIN, MAX, FIRST_VALUE, LAST_VALUE, STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP, PERCENTILE, ARRAY_AGG, LISTAGG',
      ksqldb:
        'COUNT, SUM, AVG, MIN, MAX, EARLIEST_BY_OFFSET, LATEST_BY_OFFSET, STDDEV_SAMPLE, COLLECT_LIST, COLLECT_SET, TOPK, TOPKDISTINCT',
    },
  }),
  argument: z.string().max(4096).optional().meta({
    title: 'Of',
    description: 'What is aggregated. Only count may go without: it then counts rows.',
    control: 'expression',
  }),
  distinct: z
    .boolean()
    .optional()
    .meta({
      title: 'Distinct',
      description: 'Takes equal values as one.',
      engineNames: { 'flink-sql': 'DISTINCT', ksqldb: 'COUNT_DISTINCT' },
      showWhen: { name: 'function', values: functionsTaking('distinct') },
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
  separator: z
    .string()
    .max(100)
    .optional()
    .meta({
      title: 'Separator',
      description: `What stands between two texts; "${DEFAULT_SEPARATOR}" where nothing is said.`,
      engineNames: { 'flink-sql': 'LISTAGG(…, separator)' },
      showWhen: { name: 'function', values: functionsTaking('separator') },
    }),
  percentile: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .meta({
      title: 'Fraction',
      description: 'Which percentile: 0 is the smallest value, 0.5 the median, 1 the largest.',
      unit: 'fraction',
      showWhen: { name: 'function', values: functionsTaking('percentile') },
    }),
  limit: z
    .number()
    .int()
    .min(1)
    .max(MAX_LIMIT)
    .optional()
    .meta({
      title: 'How many',
      description: 'At most so many values in the array. first and last give a single value without it.',
      unit: 'rows',
      engineNames: { ksqldb: 'TOPK(…, k), EARLIEST_BY_OFFSET(…, n), LATEST_BY_OFFSET(…, n)' },
      showWhen: { name: 'function', values: functionsTaking('limit') },
    }),
  nulls: z
    .enum(['skip', 'keep'])
    .optional()
    .meta({
      title: 'NULL',
      description:
        'Whether NULL is a value like others or left out. Without it as in the dialect: first and last leave it out.',
      engineNames: { 'flink-sql': 'IGNORE NULLS, RESPECT NULLS', ksqldb: 'ignoreNulls' },
      showWhen: { name: 'function', values: functionsTaking('nulls') },
    }),
});

export type AggregateConfig = z.infer<typeof aggregateConfig>;

/** With a figure for every parameter that the function cannot do without; itself when nothing is missing. */
function fillAggregate(aggregate: AggregateConfig): AggregateConfig {
  const missing = AGGREGATE_FUNCTION_INFO[aggregate.function].needs.filter((name) => aggregate[name] === undefined);
  if (missing.length === 0) return aggregate;
  const percentile = missing.includes('percentile') ? { percentile: 0.5 } : {};
  const limit = missing.includes('limit') ? { limit: 3 } : {};
  return { ...aggregate, ...percentile, ...limit };
}

/** A configuration whose aggregates all have the figures that their functions need; itself when none is missing. */
export function withWholeAggregates<T extends { readonly aggregates: readonly AggregateConfig[] }>(config: T): T {
  const aggregates = config.aggregates.map(fillAggregate);
  return aggregates.every((aggregate, i) => aggregate === config.aggregates[i]) ? config : { ...config, aggregates };
}
