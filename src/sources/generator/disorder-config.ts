import { z } from 'zod';
import { LIMITS } from '../limits.ts';
import { duration, percent, signedDuration, whole } from './config-numbers.ts';

/** What goes wrong on the way, beside plain delays. */

export const duplicatesConfig = z.strictObject({
  sharePercent: percent('sharePercent')
    .default(0)
    .meta({
      title: 'Duplicates',
      description: 'Share of events that arrive a second time.',
      unit: '%',
      slider: { min: 0, max: 50, step: 0.5 },
    }),
  copyDelayMs: duration('copyDelayMs').default(5_000).meta({
    title: 'Copy after',
    description: 'How long after the first the copy arrives, on average; two thirds of them sooner.',
    unit: 'ms',
    control: 'duration',
  }),
});

export const offlineConfig = z.strictObject({
  sharePercent: percent('sharePercent')
    .default(0)
    .meta({
      title: 'Offline devices',
      description:
        'Share of the users, sensors or cards whose device loses its connection now and then, keeps its events and sends them later.',
      unit: '%',
      slider: { min: 0, max: 100, step: 1 },
    }),
  everyMs: duration('everyMs', 1_000).default(600_000).meta({
    title: 'Online for',
    description: 'How long a device is connected at a stretch, on average.',
    unit: 'ms',
    control: 'duration',
  }),
  forMs: duration('forMs', 1_000).default(60_000).meta({
    title: 'Offline for',
    description: 'How long it has no connection, on average.',
    unit: 'ms',
    control: 'duration',
  }),
  order: z.enum(['oldest-first', 'newest-first']).default('oldest-first').meta({
    title: 'Sends',
    description: 'In which order it sends what it kept.',
  }),
  batchRows: whole('batchRows', 1, 100_000).default(10).meta({
    title: 'Batch',
    description: 'How many of the kept events it sends at a time.',
    unit: 'rows',
  }),
  batchEveryMs: duration('batchEveryMs').default(1_000).meta({
    title: 'Batch every',
    description: 'The time between two batches.',
    unit: 'ms',
    control: 'duration',
  }),
});
export type OfflineConfig = z.output<typeof offlineConfig>;

export const backlogConfig = z.strictObject({
  growthPercent: percent('growthPercent', 1_000)
    .default(0)
    .meta({
      title: 'Backlog',
      description:
        'How fast delays grow while the link is slower than the source: 17 % is 0.17 s for each second, until the queue is empty again.',
      unit: '%',
      slider: { min: 0, max: 100, step: 1 },
    }),
  everyMs: duration('everyMs', 1).default(60_000).meta({
    title: 'Backlog for',
    description: 'How long it grows before the queue is empty again and all begins anew.',
    unit: 'ms',
    control: 'duration',
  }),
});
export type BacklogConfig = z.output<typeof backlogConfig>;

const clock = z.strictObject({
  sharePercent: percent('sharePercent').default(5).meta({
    title: 'Share',
    description: 'Share of the users, sensors or cards whose clock is like this.',
    unit: '%',
    standsFirst: true,
  }),
  offsetMs: signedDuration('offsetMs').default(60_000).meta({
    title: 'Offset',
    description: 'How far it is ahead; below 0 it is behind.',
    unit: 'ms',
    control: 'duration',
    standsFirst: true,
  }),
  spreadMs: duration('spreadMs').default(0).meta({
    title: 'Spread',
    description: 'By how much they differ from each other: the standard deviation of the offset.',
    unit: 'ms',
    control: 'duration',
    standsFirst: true,
  }),
  driftMsPerHour: whole('driftMsPerHour', -3_600_000, 3_600_000).default(0).meta({
    title: 'Drift an hour',
    description: 'What it gains in an hour; below 0 what it loses.',
    unit: 'ms',
    control: 'duration',
    standsFirst: true,
  }),
});
export type ClockConfig = z.output<typeof clock>;

export const clocksConfig = z.array(clock).max(16, 'clocks are at most 16.');

const ofCut = { name: 'kind', values: ['cut'] };
const ofPoison = { name: 'kind', values: ['poison'] };
const ofStep = { name: 'kind', values: ['clock-step'] };

const fault = z.strictObject({
  kind: z.enum(['cut', 'poison', 'clock-step']).default('cut').meta({
    title: 'Fault',
    description:
      'cut: a partition cannot be reached for a while. poison: one event claims a time far in the future. clock step: the clocks of some users, sensors or cards jump.',
  }),
  afterMs: duration('afterMs').default(60_000).meta({
    title: 'After',
    description: 'When it happens, from the start on: in processing time, a jump of clocks in event time.',
    unit: 'ms',
    control: 'duration',
    standsFirst: true,
  }),
  partition: whole('partition', 0, LIMITS.partitions - 1)
    .default(0)
    .meta({
      title: 'Partition',
      description: 'Which one is cut off; the first is 0.',
      showWhen: ofCut,
      standsFirst: true,
    }),
  forMs: duration('forMs', 1).default(30_000).meta({
    title: 'For',
    description: 'How long it is cut off.',
    unit: 'ms',
    control: 'duration',
    showWhen: ofCut,
    standsFirst: true,
  }),
  afterwards: z.enum(['at-once', 'at-a-rate', 'lost']).default('at-once').meta({
    title: 'Afterwards',
    description:
      'What was kept meanwhile comes all at once, or no faster than a rate, or never: the partition was silent.',
    showWhen: ofCut,
    standsFirst: true,
  }),
  rateEventsPerSec: z
    .number()
    .positive('rateEventsPerSec is above 0.')
    .max(LIMITS.generatorRatePerSec, `rateEventsPerSec is at most ${LIMITS.generatorRatePerSec}.`)
    .default(1_000)
    .meta({
      title: 'Catches up at',
      description: 'How fast it comes. What is new waits in line behind it.',
      unit: 'events/s',
      showWhen: { name: 'afterwards', values: ['at-a-rate'] },
      standsFirst: true,
    }),
  aheadMs: duration('aheadMs').default(86_400_000).meta({
    title: 'Ahead by',
    description: 'How far in the future the event claims to be.',
    unit: 'ms',
    control: 'duration',
    showWhen: ofPoison,
    standsFirst: true,
  }),
  row: whole('row', 0, LIMITS.generatorEvents).default(0).meta({
    title: 'Row',
    description: 'Which row it is, counted from 1 as they arrive. 0: the first one from that time on.',
    unit: 'rows',
    showWhen: ofPoison,
  }),
  stepMs: signedDuration('stepMs').default(-3_300_000).meta({
    title: 'Jumps by',
    description: 'How far the clocks jump: below 0 they are put back.',
    unit: 'ms',
    control: 'duration',
    showWhen: ofStep,
    standsFirst: true,
  }),
  sharePercent: percent('sharePercent').default(10).meta({
    title: 'Users',
    description: 'Share of the users, sensors or cards whose clock jumps.',
    unit: '%',
    showWhen: ofStep,
    standsFirst: true,
  }),
});
export type FaultConfig = z.output<typeof fault>;

export const faultsConfig = z.array(fault).max(64, 'faults are at most 64.');
