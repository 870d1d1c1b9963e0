import { z } from 'zod';
import { duration, percent, whole } from './config-numbers.ts';

export const RATE_KINDS = ['constant', 'ramp', 'wave', 'bursts'] as const;

/** A factor of a thousand: enough for any day. */
const PERCENT_MAX = 100_000;

const step = z.strictObject({
  afterMs: duration('afterMs').default(60_000).meta({
    title: 'After',
    description: 'When it begins, in event time from the start on.',
    unit: 'ms',
    control: 'duration',
    standsFirst: true,
  }),
  percent: percent('percent', PERCENT_MAX).default(200).meta({
    title: 'Rate',
    description: 'What the rate is multiplied by from then on: 200 % is twice as many events, 0 % none.',
    unit: '%',
    standsFirst: true,
  }),
});
export type RateStep = z.output<typeof step>;

export const rateProfileConfig = z.strictObject({
  kind: z.enum(RATE_KINDS).default('constant').meta({
    title: 'Profile',
    description:
      'How the rate changes with event time. constant: not at all. ramp: from one rate to another. wave: up and down, as by day and night. bursts: far more, again and again. Of orders, payments and purchases their beginnings follow it: what becomes of each comes after a delay of its own, and is smoother.',
  }),
  fromPercent: percent('fromPercent', PERCENT_MAX)
    .default(20)
    .meta({
      title: 'From',
      description: 'The rate at the start, in percent of the rate.',
      unit: '%',
      showWhen: { name: 'kind', values: ['ramp'] },
    }),
  toPercent: z
    .number()
    .min(1, 'toPercent is at least 1.')
    .max(PERCENT_MAX, `toPercent is at most ${PERCENT_MAX}.`)
    .default(300)
    .meta({
      title: 'To',
      description: 'The rate at the end of the ramp and after it, in percent of the rate.',
      unit: '%',
      showWhen: { name: 'kind', values: ['ramp'] },
    }),
  overMs: duration('overMs', 1)
    .default(300_000)
    .meta({
      title: 'Over',
      description: 'How long it takes from one to the other.',
      unit: 'ms',
      control: 'duration',
      slider: 'log',
      showWhen: { name: 'kind', values: ['ramp'] },
    }),
  amplitudePercent: percent('amplitudePercent')
    .default(80)
    .meta({
      title: 'Amplitude',
      description: 'By how much the rate rises and falls about its mean: at 100 % it falls to nothing.',
      unit: '%',
      slider: { min: 0, max: 100, step: 5 },
      showWhen: { name: 'kind', values: ['wave'] },
    }),
  periodMs: duration('periodMs', 1)
    .default(300_000)
    .meta({
      title: 'Period',
      description: 'From one lowest rate to the next, with which it begins: a day and a night are 1d.',
      unit: 'ms',
      control: 'duration',
      slider: 'log',
      showWhen: { name: 'kind', values: ['wave'] },
    }),
  shiftMs: duration('shiftMs')
    .default(0)
    .meta({
      title: 'Shift',
      description: 'How far into the wave the start is: 0 at the lowest rate, half of the period at the highest.',
      unit: 'ms',
      control: 'duration',
      showWhen: { name: 'kind', values: ['wave'] },
    }),
  everyMs: duration('everyMs', 2)
    .default(60_000)
    .meta({
      title: 'Every',
      description: 'From one burst to the next. The first one ends after this time.',
      unit: 'ms',
      control: 'duration',
      slider: 'log',
      showWhen: { name: 'kind', values: ['bursts'] },
    }),
  forMs: duration('forMs', 1)
    .default(5_000)
    .meta({
      title: 'For',
      description: 'How long a burst takes.',
      unit: 'ms',
      control: 'duration',
      slider: 'log',
      showWhen: { name: 'kind', values: ['bursts'] },
    }),
  burstPercent: whole('burstPercent', 0, PERCENT_MAX)
    .default(1_000)
    .meta({
      title: 'Burst',
      description: 'The rate of a burst, in percent of the rate: 1000 % is ten times as many events, 0 % a pause.',
      unit: '%',
      showWhen: { name: 'kind', values: ['bursts'] },
    }),
  steps: z.array(step).max(64, 'steps are at most 64.').default([]).meta({
    title: 'Steps',
    description: 'From a time on all of it is multiplied, until the next step: a sale, an outage, a campaign.',
  }),
});
export type RateProfileConfig = z.output<typeof rateProfileConfig>;
