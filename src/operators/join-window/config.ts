import { z } from 'zod';
import { DURATION_LIMIT_MS } from '../../stream/duration.ts';
import { JOIN_KINDS, matchConfig, nullSafeConfig } from '../shared/joins/join-config.ts';
import { carriedWindowsEngine } from '../shared/windows/carried-windows.ts';

/** The windows that a join may be over: those that the rows come with, or one that the join names itself. */
export const JOIN_WINDOWS = ['inherited', 'tumbling', 'hopping', 'session'] as const;

function length(): z.ZodNumber {
  return z.number().int().min(1).max(DURATION_LIMIT_MS);
}

export const windowJoinConfig = z.strictObject({
  kind: z
    .enum(JOIN_KINDS)
    .default('inner')
    .meta({
      title: 'Join',
      description:
        'inner: matches alone. left, right, full: rows of that side, or of both, without partner in their window come out too, the other side NULL. semi, anti: the left rows that have a partner, or that have none.',
      engineNames: { 'flink-sql': 'JOIN, LEFT JOIN, RIGHT JOIN, FULL JOIN, EXISTS, NOT EXISTS' },
    }),
  leftKeys: matchConfig.leftKeys,
  rightKeys: matchConfig.rightKeys,
  ...nullSafeConfig,
  nullAware: z
    .boolean()
    .default(false)
    .meta({
      title: 'NULL may match',
      description:
        'Whether a key with NULL might be any key, so that no row beside it is known to have no partner: NOT IN, where NOT EXISTS takes NULL for no match.',
      engineNames: { 'flink-sql': 'NOT IN' },
      dialects: ['flink-sql'],
      showWhen: { name: 'kind', values: ['anti'] },
    }),
  residual: matchConfig.residual,
  window: z
    .enum(JOIN_WINDOWS)
    .default('inherited')
    .meta({
      title: 'Window',
      description:
        'inherited: the windows that the rows of both sides come with. tumbling: one length, end to end. hopping: one length, a new one every advance. session: as long as rows of a key, of either side, follow each other within the gap.',
      engineNames: {
        'flink-datastream': 'TumblingEventTimeWindows, SlidingEventTimeWindows, EventTimeSessionWindows',
        'flink-sql': 'TUMBLE, HOP, SESSION, CUMULATE of both sides',
      },
    }),
  sizeMs: length()
    .optional()
    .meta({
      title: 'Size',
      description: 'Length of a window: its start included, its end not.',
      unit: 'ms',
      control: 'duration',
      showWhen: { name: 'window', values: ['tumbling', 'hopping'] },
    }),
  advanceMs: length()
    .optional()
    .meta({
      title: 'Advance',
      description: 'From the start of one window to the start of the next. Any length: gaps between windows are legal.',
      unit: 'ms',
      control: 'duration',
      engineNames: { 'flink-datastream': 'slide' },
      showWhen: { name: 'window', values: ['hopping'] },
    }),
  gapMs: length()
    .optional()
    .meta({
      title: 'Gap',
      description: 'So long without a row of its key on either side, and a session is over.',
      unit: 'ms',
      control: 'duration',
      engineNames: { 'flink-datastream': 'withGap' },
      showWhen: { name: 'window', values: ['session'] },
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
      showWhen: { name: 'window', values: ['tumbling', 'hopping'] },
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
        'How long a window is kept after it was complete: each row that still comes gives out all matches of its window again.',
      unit: 'ms',
      control: 'duration',
      meaning: { text: 'closes at end + {}', atZero: 'closes at its end' },
      engineNames: { 'flink-datastream': 'allowedLateness' },
      dialects: ['flink-datastream'],
      showWhen: { name: 'window', values: ['tumbling', 'hopping', 'session'] },
    }),
});

export type WindowJoinConfig = z.infer<typeof windowJoinConfig>;

export const windowJoinEngine = z.strictObject(carriedWindowsEngine);
export type WindowJoinEngine = z.infer<typeof windowJoinEngine>;
