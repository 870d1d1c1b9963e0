import { z } from 'zod';
import { DURATION_LIMIT_MS } from '../../stream/duration.ts';
import { aggregateConfig } from '../shared/aggregates/aggregate-config.ts';
import { stateTtlEngine } from '../shared/state-ttl.ts';

/** Most rows that a frame may reach back. */
const MAX_ROWS = 100_000;

const lag = z.strictObject({
  name: z.string().min(1).max(200).meta({ title: 'Name', description: 'Name of the output column.' }),
  argument: z.string().max(4096).meta({
    title: 'Of',
    description: 'What is looked up in the earlier row.',
    control: 'expression',
  }),
  offset: z.number().int().min(0).max(MAX_ROWS).default(1).meta({
    title: 'Rows back',
    description: 'How many rows before the current one; 0 is the row itself.',
    unit: 'rows',
  }),
  default: z.string().max(4096).default('').meta({
    title: 'Otherwise',
    description: 'The value where there is no such row, as a constant expression; NULL when empty.',
    control: 'expression',
  }),
});

export type LagConfig = z.infer<typeof lag>;

export const overConfig = z.strictObject({
  keys: z
    .array(z.string().max(200))
    .max(100)
    .default([])
    .meta({
      title: 'Key',
      description: 'Columns by which rows are looked at apart from each other; none looks at all rows together.',
      control: 'columns',
      engineNames: { 'flink-sql': 'PARTITION BY' },
    }),
  orderBy: z
    .enum(['event-time', 'arrival'])
    .default('event-time')
    .meta({
      title: 'Order',
      description: 'By event time, when the watermark has passed a row; or by arrival, at once.',
      engineNames: { 'flink-sql': 'ORDER BY rowtime, proctime' },
    }),
  frame: z
    .enum(['rows-unbounded', 'rows', 'range-unbounded', 'range'])
    .default('rows-unbounded')
    .meta({
      title: 'Frame',
      description:
        'Which earlier rows of the key count: all, or the last few. rows: each row sees itself and those before it. range: rows of the same time see each other and share one value.',
      engineNames: { 'flink-sql': 'ROWS BETWEEN, RANGE BETWEEN … PRECEDING AND CURRENT ROW' },
    }),
  precedingRows: z
    .number()
    .int()
    .min(0)
    .max(MAX_ROWS)
    .default(2)
    .meta({
      title: 'Rows back',
      description: 'How many rows before the current one count with it.',
      unit: 'rows',
      engineNames: { 'flink-sql': 'n PRECEDING' },
      showWhen: { name: 'frame', values: ['rows'] },
    }),
  precedingMs: z
    .number()
    .int()
    .min(0)
    .max(DURATION_LIMIT_MS)
    .default(60_000)
    .meta({
      title: 'Time back',
      description: 'Rows from this long before the current one on count with it. Included.',
      unit: 'ms',
      control: 'duration',
      meaning: { text: 't − {} … t' },
      engineNames: { 'flink-sql': 'INTERVAL … PRECEDING' },
      showWhen: { name: 'frame', values: ['range'] },
    }),
  aggregates: z
    .array(aggregateConfig)
    .max(100)
    .default([{ name: 'count', function: 'count' }])
    .meta({
      title: 'Aggregates',
      description:
        'What is computed over the rows of the frame. A count of rows over all earlier rows is the row number.',
      control: 'aggregates',
    }),
  lags: z
    .array(lag)
    .max(100)
    .default([])
    .meta({
      title: 'Earlier values',
      description: 'Values of the rows before. Only with frames that reach back without a bound.',
      control: 'lags',
      engineNames: { 'flink-sql': 'LAG(column, offset, default)' },
    }),
});

export type OverConfig = z.infer<typeof overConfig>;

export const overEngine = z.strictObject({ ...stateTtlEngine });

export type OverEngine = z.infer<typeof overEngine>;
