import { z } from 'zod';
import { DURATION_LIMIT_MS } from '../../stream/duration.ts';
import type { DialectName } from '../../stream/node-definition.ts';
import { aggregateConfig } from '../shared/aggregates/aggregate-config.ts';
import { triggerSchema } from '../shared/trigger.ts';
import { ACCUMULATIONS, EMISSIONS, WINDOW_KINDS } from '../shared/window-kinds.ts';

const BY_TIME = ['tumbling', 'hopping', 'sliding', 'session', 'cumulate'] as const;
const FLINK = ['flink-datastream', 'flink-sql'] as const satisfies readonly DialectName[];
const KAFKA = ['kafka-streams', 'ksqldb'] as const satisfies readonly DialectName[];

function length(): z.ZodNumber {
  return z.number().int().min(1).max(DURATION_LIMIT_MS);
}

const shape = {
  kind: z
    .enum(WINDOW_KINDS)
    .default('tumbling')
    .meta({
      title: 'Window',
      description:
        'tumbling: one length, end to end. hopping: one length, a new one every advance. session: as long as events follow each other within the gap. sliding: around every event. cumulate: from one start, growing by steps. count: by number of rows. global: one window for ever. inherited: the windows that the rows came with.',
      engineNames: {
        'flink-datastream':
          'TumblingEventTimeWindows, SlidingEventTimeWindows, EventTimeSessionWindows, countWindow, GlobalWindows',
        'flink-sql': 'TUMBLE, HOP, SESSION, CUMULATE',
        'kafka-streams': 'TimeWindows, SlidingWindows, SessionWindows',
        ksqldb: 'WINDOW TUMBLING, HOPPING, SESSION',
        beam: 'FixedWindows, SlidingWindows, Sessions, GlobalWindows',
      },
    }),
  sizeMs: length()
    .optional()
    .meta({
      title: 'Size',
      description:
        'Length of a window: its start included, its end not. Of a sliding window how far apart two of its events may be; of cumulating ones the longest.',
      unit: 'ms',
      control: 'duration',
      engineNames: { 'kafka-streams': 'ofSizeWithNoGrace, ofTimeDifferenceWithNoGrace', ksqldb: 'SIZE' },
      showWhen: { name: 'kind', values: ['tumbling', 'hopping', 'sliding', 'cumulate'] },
    }),
  advanceMs: length()
    .optional()
    .meta({
      title: 'Advance',
      description: 'From the start of one window to the start of the next. Any length: gaps between windows are legal.',
      unit: 'ms',
      control: 'duration',
      engineNames: { 'flink-datastream': 'slide', 'kafka-streams': 'advanceBy', ksqldb: 'ADVANCE BY', beam: 'every' },
      showWhen: { name: 'kind', values: ['hopping'] },
    }),
  gapMs: length()
    .optional()
    .meta({
      title: 'Gap',
      description: 'So long without an event of its key, and a session is over.',
      unit: 'ms',
      control: 'duration',
      engineNames: {
        'flink-datastream': 'withGap',
        'kafka-streams': 'ofInactivityGapWithNoGrace',
        beam: 'withGapDuration',
      },
      showWhen: { name: 'kind', values: ['session'] },
    }),
  stepMs: length()
    .optional()
    .meta({
      title: 'Step',
      description: 'By how much each window is longer than the one before.',
      unit: 'ms',
      control: 'duration',
      engineNames: { 'flink-sql': 'step' },
      showWhen: { name: 'kind', values: ['cumulate'] },
    }),
  countRows: z
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .meta({
      title: 'Rows',
      description: 'How many rows of a key a window holds.',
      unit: 'rows',
      engineNames: { 'flink-datastream': 'countWindow(size)' },
      showWhen: { name: 'kind', values: ['count'] },
    }),
  everyRows: z
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .meta({
      title: 'Every',
      description: 'A result after so many rows, over the last ones; without it windows follow each other.',
      unit: 'rows',
      engineNames: { 'flink-datastream': 'countWindow(size, slide)' },
      showWhen: { name: 'kind', values: ['count'] },
    }),
  offsetMs: z
    .number()
    .int()
    .min(-DURATION_LIMIT_MS)
    .max(DURATION_LIMIT_MS)
    .default(0)
    .meta({
      title: 'Offset',
      description: 'Moves all windows along the time axis; less than the distance of two starts either way.',
      unit: 'ms',
      control: 'duration',
      showWhen: { name: 'kind', values: ['tumbling', 'hopping', 'cumulate'] },
    }),
  keys: z
    .array(z.string().max(200))
    .max(100)
    .default([])
    .meta({
      title: 'Key',
      description: 'Columns that rows are grouped by, each value for itself; none means one group.',
      control: 'columns',
      engineNames: {
        'flink-datastream': 'keyBy',
        'flink-sql': 'GROUP BY',
        'kafka-streams': 'groupByKey',
        ksqldb: 'GROUP BY',
        beam: 'GroupByKey',
      },
    }),
  groupingSets: z
    .array(z.array(z.string().max(200)).max(100))
    .min(1)
    .max(64)
    .optional()
    .meta({
      title: 'Grouping sets',
      description:
        'Groups by each of these lists of key columns at once; a column that a list lacks is NULL. None: all of the key.',
      control: 'column-sets',
      engineNames: { 'flink-sql': 'GROUPING SETS' },
      dialects: ['flink-sql'],
      showWhen: { name: 'result', values: ['aggregates'] },
    }),
  groupingId: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .meta({
      title: 'Grouping id',
      description: 'Name of a column that tells the grouping set: a bit for each key column, set where it is left out.',
      engineNames: { 'flink-sql': 'GROUPING_ID' },
      dialects: ['flink-sql'],
      showWhen: { name: 'result', values: ['aggregates'] },
    }),
  latenessMs: z
    .number()
    .int()
    .min(0)
    .max(DURATION_LIMIT_MS)
    .default(0)
    .meta({
      title: 'Allowed lateness',
      description:
        'How long a window is kept after it was complete: rows that still come change its result, later ones are dropped.',
      unit: 'ms',
      control: 'duration',
      meaning: { text: 'closes at end + {}', atZero: 'closes at its end' },
      engineNames: {
        'flink-datastream': 'allowedLateness',
        'flink-sql': 'table.exec.emit.allow-lateness',
        'kafka-streams': 'grace, with the watermark delay added',
        ksqldb: 'GRACE PERIOD, with the watermark delay added',
        beam: 'withAllowedLateness',
      },
      showWhen: { name: 'kind', values: [...BY_TIME, 'inherited'] },
    }),
  emission: z
    .enum(EMISSIONS)
    .default('on-close')
    .meta({
      title: 'Emission',
      description:
        'on-close: once the window is complete, and again for late rows. each-event: with every event. panes: early, on time and late.',
      engineNames: {
        'flink-datastream': 'trigger',
        'flink-sql': 'table.exec.emit.early-fire, late-fire',
        'kafka-streams': 'EmitStrategy.onWindowClose, onWindowUpdate',
        ksqldb: 'EMIT FINAL, EMIT CHANGES',
        beam: 'Trigger',
      },
      showWhen: { name: 'result', values: ['aggregates'] },
    }),
  earlyEveryMs: z
    .number()
    .int()
    .min(0)
    .max(DURATION_LIMIT_MS)
    .default(0)
    .meta({
      title: 'Early panes after',
      description: 'Processing time from the first new row to an early pane; 0 means none by time.',
      unit: 'ms',
      control: 'duration',
      meaning: { text: '{} after a new row', atZero: 'none by time' },
      engineNames: { 'flink-sql': 'table.exec.emit.early-fire.delay', beam: 'withEarlyFirings' },
      showWhen: { name: 'emission', values: ['panes'] },
    }),
  earlyEveryRows: z
    .number()
    .int()
    .min(0)
    .max(1_000_000_000)
    .default(0)
    .meta({
      title: 'Early panes every',
      description: 'An early pane after so many new rows; 0 means none by number.',
      unit: 'rows',
      engineNames: { beam: 'withEarlyFirings' },
      showWhen: { name: 'emission', values: ['panes'] },
    }),
  lateEveryMs: z
    .number()
    .int()
    .min(0)
    .max(DURATION_LIMIT_MS)
    .default(0)
    .meta({
      title: 'Late panes after',
      description: 'Processing time from the first late row to a late pane; 0 means with each late row.',
      unit: 'ms',
      control: 'duration',
      meaning: { text: '{} after a late row', atZero: 'with each late row' },
      engineNames: { 'flink-sql': 'table.exec.emit.late-fire.delay', beam: 'withLateFirings' },
      showWhen: { name: 'emission', values: ['panes'] },
    }),
  accumulation: z
    .enum(ACCUMULATIONS)
    .default('accumulating')
    .meta({
      title: 'Later panes',
      description:
        'accumulating: hold everything so far. discarding: only what is new. retracting: everything, and the former pane is taken back.',
      engineNames: {
        'flink-datastream': 'PurgingTrigger',
        beam: 'accumulatingFiredPanes, discardingFiredPanes',
      },
      showWhen: { name: 'result', values: ['aggregates'] },
    }),
  result: z
    .enum(['aggregates', 'rows'])
    .default('aggregates')
    .meta({
      title: 'Result',
      description: 'aggregates: one row a key and window. rows: every row with the columns of its window, not grouped.',
      engineNames: { 'flink-sql': 'window table-valued function' },
    }),
  aggregates: z
    .array(aggregateConfig)
    .max(100)
    .default([{ name: 'count', function: 'count' }])
    .meta({
      title: 'Aggregates',
      description: 'What is computed for each key and window.',
      control: 'aggregates',
      showWhen: { name: 'result', values: ['aggregates'] },
    }),
};

export const windowConfig = z.strictObject(shape);
export type WindowConfig = z.infer<typeof windowConfig>;

/** Knobs that only some engines have. */
export const windowEngine = z.strictObject({
  trigger: triggerSchema.optional().meta({
    title: 'Trigger',
    description: 'When the window fires, as a tree of triggers. Takes the place of the emission.',
    control: 'trigger',
    engineNames: { 'flink-datastream': 'Trigger', beam: 'Trigger' },
    dialects: ['flink-datastream', 'beam'],
  }),
  gap: z
    .string()
    .min(1)
    .max(4096)
    .optional()
    .meta({
      title: 'Gap of each event',
      description: 'A gap of its own for each event, in milliseconds. Takes the place of the fixed gap.',
      control: 'expression',
      engineNames: { 'flink-datastream': 'withDynamicGap' },
      dialects: ['flink-datastream'],
      showWhen: { name: 'kind', values: ['session'] },
    }),
  api: z
    .enum(['table-function', 'group-window'])
    .default('table-function')
    .meta({
      title: 'SQL windows',
      description:
        'table-function: windows as a table function, which drop what comes late. group-window: the older GROUP BY TUMBLE(…), which may keep windows for late rows and update results.',
      engineNames: { 'flink-sql': 'TABLE(TUMBLE(…)), GROUP BY TUMBLE(…)' },
      dialects: ['flink-sql'],
    }),
  localOffsetMs: z
    .number()
    .int()
    .min(-18 * 3_600_000)
    .max(18 * 3_600_000)
    .default(0)
    .meta({
      title: 'Local time',
      description:
        'How far the local time that windows are aligned to, and told in, is ahead of UTC; a zone without summer time.',
      unit: 'ms',
      control: 'duration',
      engineNames: { 'flink-sql': 'table.local-time-zone' },
      dialects: ['flink-sql'],
    }),
  retentionMs: z
    .number()
    .int()
    .min(1)
    .max(DURATION_LIMIT_MS)
    .optional()
    .meta({
      title: 'Retention',
      description: 'How long the store keeps windows behind the newest one; without it size and grace.',
      unit: 'ms',
      control: 'duration',
      engineNames: { 'kafka-streams': 'Materialized.withRetention', ksqldb: 'RETENTION' },
      dialects: KAFKA,
    }),
  emitIntervalMs: z
    .number()
    .int()
    .min(0)
    .max(DURATION_LIMIT_MS)
    .default(0)
    .meta({
      title: 'Emit interval',
      description: 'Processing time that must go by between two looks for closed windows; the engine itself waits 1 s.',
      unit: 'ms',
      control: 'duration',
      engineNames: { 'kafka-streams': '__emit.interval.ms.kstreams.windowed.aggregation__' },
      dialects: KAFKA,
    }),
  onTime: z
    .enum(['fire-always', 'fire-if-non-empty'])
    .default('fire-always')
    .meta({
      title: 'On-time pane',
      description: 'Whether a pane comes at the end of the window even if nothing is new.',
      engineNames: { beam: 'Window.OnTimeBehavior' },
      dialects: ['beam'],
    }),
  closing: z
    .enum(['fire-always', 'fire-if-non-empty'])
    .default('fire-if-non-empty')
    .meta({
      title: 'Closing pane',
      description: 'Whether a last pane comes when the window is forgotten even if nothing is new.',
      engineNames: { beam: 'Window.ClosingBehavior' },
      dialects: ['beam'],
    }),
  timestamps: z
    .enum(['end-of-window', 'earliest', 'latest'])
    .default('end-of-window')
    .meta({
      title: 'Time of results',
      description: 'The event time of a pane: the end of its window, or that of its earliest or latest row.',
      engineNames: { beam: 'TimestampCombiner' },
      dialects: ['beam'],
    }),
  initials: z
    .record(z.string().max(200), z.string().max(1000))
    .default({})
    .meta({
      title: 'Initial texts',
      description:
        'What a joined text begins with, by the name of the aggregate, as an aggregator with an initializer does.',
      control: 'texts',
      engineNames: { 'kafka-streams': 'Initializer' },
      dialects: [...KAFKA, ...FLINK],
    }),
});
export type WindowEngine = z.infer<typeof windowEngine>;
