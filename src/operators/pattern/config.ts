import { z } from 'zod';
import { DURATION_LIMIT_MS } from '../../stream/duration.ts';
import { aggregateConfig } from '../shared/aggregates/aggregate-config.ts';
import { SKIPS } from '../shared/pattern-skip.ts';

/** Most steps of a pattern, and most rows that a step may ask for by number. */
const MOST_STEPS = 20;
const MOST_TIMES = 100;

/** What may stand between two rows of a match. */
export const CONTIGUITIES = ['strict', 'relaxed', 'relaxed-any'] as const;
export type Contiguity = (typeof CONTIGUITIES)[number];

const times = z.number().int().min(1).max(MOST_TIMES);

const step = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z_0-9]{0,99}$/, 'Write letters, digits and _, not beginning with a digit.')
    .meta({ title: 'Name', description: 'What the step is called in conditions and in what comes out.' }),
  condition: z
    .string()
    .max(4096)
    .default('TRUE')
    .meta({
      title: 'Row where',
      description:
        'Which rows the step takes: SQL over the row. step.column is a column of the last row that a step has taken before it, NULL while there is none.',
      control: 'expression',
      engineNames: { 'flink-sql': 'DEFINE', 'flink-datastream': 'where' },
    }),
  contiguity: z
    .enum(CONTIGUITIES)
    .default('relaxed')
    .meta({
      title: 'After the step before',
      description:
        'strict: with the very next row. relaxed: rows that do not match are passed over. relaxed-any: rows that match may be passed over too, so that every later one makes a match of its own. The first step starts anywhere.',
      engineNames: { 'flink-datastream': 'next, followedBy, followedByAny' },
    }),
  negated: z
    .boolean()
    .default(false)
    .meta({
      title: 'Must not come',
      description:
        'No such row: strict, not as the very next row; relaxed, not before the step that follows, or before the time is over where none does.',
      engineNames: { 'flink-datastream': 'notNext, notFollowedBy' },
    }),
  minTimes: times.default(1).meta({
    title: 'At least',
    description: 'How many rows the step takes at least.',
    unit: 'rows',
    engineNames: { 'flink-datastream': 'times, timesOrMore', 'flink-sql': '{n, m}, {n, }, +, *' },
  }),
  maxTimes: times.optional().meta({
    title: 'At most',
    description: 'How many rows the step takes at most; as many as at least where nothing is said.',
    unit: 'rows',
    engineNames: { 'flink-datastream': 'times(from, to)', 'flink-sql': '{n, m}' },
  }),
  orMore: z
    .boolean()
    .default(false)
    .meta({
      title: 'Or more',
      description: 'Takes any number of rows from the least on.',
      engineNames: { 'flink-datastream': 'oneOrMore, timesOrMore', 'flink-sql': '+, *, {n, }' },
    }),
  optional: z
    .boolean()
    .default(false)
    .meta({
      title: 'Optional',
      description: 'The pattern also matches without any row of this step.',
      engineNames: { 'flink-datastream': 'optional', 'flink-sql': '?, *' },
    }),
  greedy: z
    .boolean()
    .default(false)
    .meta({
      title: 'Greedy',
      description: 'Goes on to the next step only with a row that this one would not take; of use where it may repeat.',
      engineNames: { 'flink-datastream': 'greedy', 'flink-sql': 'quantifiers without a further ?' },
    }),
  repeatContiguity: z
    .enum(CONTIGUITIES)
    .default('relaxed')
    .meta({
      title: 'Between its rows',
      description: 'The same for what may stand between the rows of one step that repeats.',
      engineNames: { 'flink-datastream': 'consecutive, allowCombinations' },
    }),
});

export type StepConfig = z.infer<typeof step>;

export const patternConfig = z.strictObject({
  keys: z
    .array(z.string().max(200))
    .max(100)
    .default([])
    .meta({
      title: 'Key',
      description: 'Columns whose values the rows of a match share; none means that all rows are looked at together.',
      control: 'columns',
      engineNames: { 'flink-datastream': 'keyBy', 'flink-sql': 'PARTITION BY' },
    }),
  steps: z
    .array(step)
    .min(1)
    .max(MOST_STEPS)
    .meta({
      title: 'Steps',
      description: 'What has to come, one after the other.',
      control: 'steps',
      engineNames: { 'flink-sql': 'PATTERN', 'flink-datastream': 'begin' },
    }),
  withinMs: z
    .number()
    .int()
    .min(1)
    .max(DURATION_LIMIT_MS)
    .optional()
    .meta({
      title: 'Within',
      description:
        'From the first row of a match to its last; rows this far apart are too far. Without it, a beginning waits for ever for the rest.',
      unit: 'ms',
      control: 'duration',
      meaning: { text: 'last < first + {}' },
      engineNames: { 'flink-datastream': 'within', 'flink-sql': 'WITHIN' },
    }),
  skip: z
    .enum(SKIPS)
    .default('past-last')
    .meta({
      title: 'After a match',
      description:
        'Which matches are given up with one that was found. no-skip: none. to-next: others that begin with its first row. past-last: those that begin before its end. to-first, to-last: those that begin before the first or last row of a step.',
      engineNames: { 'flink-datastream': 'AfterMatchSkipStrategy', 'flink-sql': 'AFTER MATCH SKIP' },
    }),
  skipStep: z
    .string()
    .max(100)
    .optional()
    .meta({
      title: 'Of step',
      description: 'The step that to-first and to-last speak of.',
      showWhen: { name: 'skip', values: ['to-first', 'to-last'] },
    }),
  timeouts: z
    .boolean()
    .default(false)
    .meta({
      title: 'Tell of timeouts',
      description:
        'Beginnings whose time is over come out too, with what they had; the column timed_out tells them from matches.',
      engineNames: { 'flink-datastream': 'TimedOutPartialMatchHandler' },
      dialects: ['flink-datastream'],
    }),
  measures: z
    .array(
      aggregateConfig.extend({
        step: z.string().max(100).default('').meta({
          title: 'Of step',
          description: 'The step whose rows are aggregated; all rows of the match when empty.',
        }),
      }),
    )
    .max(100)
    .default([])
    .meta({
      title: 'Measures',
      description:
        'What is told of a match beside its key. Nothing listed: the columns of the last row of each step as step_column, and how many rows a step took that repeats, as step_count.',
      control: 'aggregates',
      engineNames: { 'flink-sql': 'MEASURES', 'flink-datastream': 'PatternProcessFunction' },
    }),
});

export type PatternConfig = z.infer<typeof patternConfig>;
