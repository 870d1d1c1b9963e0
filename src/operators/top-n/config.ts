import { z } from 'zod';
import { orderByConfig } from '../shared/ranking/order-by.ts';
import { stateTtlEngine } from '../shared/state-ttl.ts';
import { carriedWindowsEngine } from '../shared/windows/carried-windows.ts';

/** Largest rank that may be asked for. */
const MAX_RANK = 10_000;

export const topNConfig = z.strictObject({
  keys: z
    .array(z.string().max(200))
    .max(100)
    .default([])
    .meta({
      title: 'Key',
      description: 'Columns by which rows are ranked apart from each other; none ranks all rows together.',
      control: 'columns',
      engineNames: { 'flink-sql': 'PARTITION BY' },
    }),
  orderBy: z
    .array(orderByConfig)
    .max(100)
    .default([])
    .meta({
      title: 'Order',
      description:
        'What comes first: the first column decides, then the next. Equal rows stay in order of arrival, and without any column that alone is the order.',
      control: 'order-by',
      engineNames: { 'flink-sql': 'ROW_NUMBER() OVER (… ORDER BY …)' },
    }),
  from: z.number().int().min(1).max(MAX_RANK).default(1).meta({
    title: 'From rank',
    description: 'The first rank that is given out; 1 is the best row.',
    unit: 'rows',
  }),
  to: z
    .number()
    .int()
    .min(1)
    .max(MAX_RANK)
    .default(3)
    .meta({
      title: 'To rank',
      description: 'The last rank that is given out. Rows behind it are left out.',
      unit: 'rows',
      engineNames: { 'flink-sql': 'WHERE row_num <= …' },
    }),
  toColumn: z
    .string()
    .max(200)
    .default('')
    .meta({
      title: 'To rank of column',
      description:
        'A column that says how many rows a key gives, instead of “To rank”: its value in the key’s first row holds. Empty for the same number everywhere.',
      control: 'column',
      engineNames: { 'flink-sql': 'WHERE row_num <= column' },
    }),
  rankColumn: z.string().max(200).default('').meta({
    title: 'Rank column',
    description:
      'Name of an added column with the rank. With it each row that moves is given out again; without it only rows that come in or drop out.',
  }),
  perWindow: z
    .boolean()
    .default(false)
    .meta({
      title: 'In each window',
      description:
        'Ranks the rows of each window for themselves and gives out the result once, when the watermark passes its end. Rows must carry the columns of their window.',
      engineNames: { 'flink-sql': 'PARTITION BY window_start, window_end, …' },
    }),
});

export type TopNConfig = z.infer<typeof topNConfig>;

export const topNEngine = z.strictObject({
  generateUpdateBefore: z
    .boolean()
    .default(true)
    .meta({
      title: 'Rows before their change',
      description: 'Whether a change first takes the old row back (−U). Without, results replace each other by key.',
      engineNames: { 'flink-sql': 'generateUpdateBefore' },
      dialects: ['flink-sql'],
    }),
  strategy: z
    .enum(['retract', 'update-fast'])
    .default('retract')
    .meta({
      title: 'Of changing rows',
      description:
        'retract keeps every row, so that one that drops out makes room for the next. update-fast keeps only the ranked rows, by the input’s key; the engine takes it where a row can only move forward and is never deleted.',
      engineNames: { 'flink-sql': 'RetractStrategy, UpdateFastStrategy' },
      dialects: ['flink-sql'],
    }),
  ...stateTtlEngine,
  ...carriedWindowsEngine,
});

export type TopNEngine = z.infer<typeof topNEngine>;
