import { z } from 'zod';
import { stateTtlEngine } from '../shared/state-ttl.ts';
import { carriedWindowsEngine } from '../shared/windows/carried-windows.ts';

export const dedupConfig = z.strictObject({
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
  timeColumn: z
    .string()
    .max(200)
    .default('')
    .meta({
      title: 'Time column',
      description:
        'A TIMESTAMP column to order by instead of the rows’ event time. Rows with window columns have the end of their window as event time, and their own in such a column.',
      control: 'column',
      showWhen: { name: 'orderBy', values: ['event-time'] },
    }),
  perWindow: z
    .boolean()
    .default(false)
    .meta({
      title: 'In each window',
      description:
        'Keeps one row of each key in each window and gives it out once, when the watermark passes the window’s end. Rows must carry the columns of their window.',
      engineNames: { 'flink-sql': 'PARTITION BY window_start, window_end, …' },
      dialects: ['flink-sql'],
    }),
});

export type DedupConfig = z.infer<typeof dedupConfig>;

export const dedupEngine = z.strictObject({
  generateUpdateBefore: z
    .boolean()
    .default(true)
    .meta({
      title: 'Rows before their change',
      description: 'Whether a change first takes the old row back (−U). Without, results replace each other by key.',
      engineNames: { 'flink-sql': 'generateUpdateBefore' },
      dialects: ['flink-sql'],
    }),
  generateInsert: z
    .boolean()
    .default(true)
    .meta({
      title: 'First row as new',
      description:
        'Whether the first row of a key is told as new (+I). Matters only where no rows before their change are given out: the first row is then +U like the others, and the last row by arrival needs no state.',
      engineNames: { 'flink-sql': 'generateInsert' },
      dialects: ['flink-sql'],
    }),
  ...stateTtlEngine,
  ...carriedWindowsEngine,
});

export type DedupEngine = z.infer<typeof dedupEngine>;
