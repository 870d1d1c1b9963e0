import { z } from 'zod';
import type { ParameterMeta } from '../../stream/node-definition.ts';
import { duration, percent, signedDuration } from './config-numbers.ts';

/** How delays of one kind of event are spread; a mixture is made of them. */
export const DISTRIBUTIONS = [
  'none',
  'constant',
  'uniform',
  'normal',
  'exponential',
  'lognormal',
  'weibull',
  'pareto',
] as const;
export type Distribution = (typeof DISTRIBUTIONS)[number];

type Values = readonly (Distribution | 'mixture')[];
function shownFor(...values: Values): Pick<ParameterMeta, 'showWhen' | 'standsFirst'> {
  return { showWhen: { name: 'distribution', values }, standsFirst: true };
}

const figures = {
  constantMs: duration('constantMs')
    .default(1_000)
    .meta({
      title: 'Delay',
      description: 'The delay of every event.',
      unit: 'ms',
      control: 'duration',
      slider: 'log',
      ...shownFor('constant'),
    }),
  fromMs: duration('fromMs')
    .default(0)
    .meta({
      title: 'From',
      description: 'The shortest delay.',
      unit: 'ms',
      control: 'duration',
      ...shownFor('uniform'),
    }),
  toMs: duration('toMs')
    .default(5_000)
    .meta({
      title: 'To',
      description: 'The longest delay.',
      unit: 'ms',
      control: 'duration',
      slider: 'log',
      ...shownFor('uniform'),
    }),
  centreMs: signedDuration('centreMs')
    .default(0)
    .meta({
      title: 'Centre',
      description: 'Half of the events have a shorter delay. Below 0 they arrive before they happen: planned times.',
      unit: 'ms',
      control: 'duration',
      ...shownFor('normal'),
    }),
  spreadMs: duration('spreadMs')
    .default(1_000)
    .meta({
      title: 'Spread',
      description: 'Standard deviation: two thirds of the delays are no further from the centre.',
      unit: 'ms',
      control: 'duration',
      slider: 'log',
      ...shownFor('normal'),
    }),
  meanMs: duration('meanMs')
    .default(1_000)
    .meta({
      title: 'Mean',
      description: 'The mean delay.',
      unit: 'ms',
      control: 'duration',
      slider: 'log',
      ...shownFor('exponential'),
    }),
  medianMs: duration('medianMs')
    .default(1_000)
    .meta({
      title: 'Median',
      description: 'Half of the events have a shorter delay.',
      unit: 'ms',
      control: 'duration',
      slider: 'log',
      ...shownFor('lognormal'),
    }),
  sigma: z
    .number()
    .min(0, 'sigma is at least 0.')
    .max(5, 'sigma is at most 5.')
    .default(0.8)
    .meta({
      title: 'Sigma',
      description: 'Standard deviation of the logarithm: 0.3 is tight, 2 has a heavy tail.',
      ...shownFor('lognormal'),
      slider: { min: 0, max: 5, step: 0.05 },
    }),
  scaleMs: duration('scaleMs')
    .default(1_000)
    .meta({
      title: 'Scale',
      description: '63 % of the events have a shorter delay.',
      unit: 'ms',
      control: 'duration',
      slider: 'log',
      ...shownFor('weibull'),
    }),
  shape: z
    .number()
    .min(0.1, 'shape is at least 0.1.')
    .max(10, 'shape is at most 10.')
    .default(1)
    .meta({
      title: 'Shape',
      description: '1 is exponential; below it most come at once and some very late; above it delays are much alike.',
      ...shownFor('weibull'),
      slider: { min: 0.1, max: 5, step: 0.1 },
    }),
  leastMs: duration('leastMs')
    .default(200)
    .meta({
      title: 'Least',
      description: 'The shortest delay.',
      unit: 'ms',
      control: 'duration',
      slider: 'log',
      ...shownFor('pareto'),
    }),
  alpha: z
    .number()
    .min(0.1, 'alpha is at least 0.1.')
    .max(20, 'alpha is at most 20.')
    .default(1.5)
    .meta({
      title: 'Alpha',
      description: 'How fast the tail falls: below 2 the delays have no finite variance.',
      ...shownFor('pareto'),
      slider: { min: 0.1, max: 5, step: 0.1 },
    }),
  maxMs: duration('maxMs')
    .default(3_600_000)
    .meta({
      title: 'At most',
      description: 'Longer delays are cut to this.',
      unit: 'ms',
      control: 'duration',
      ...shownFor('normal', 'exponential', 'lognormal', 'weibull', 'pareto'),
    }),
} as const;

export const delayPart = z.strictObject({
  distribution: z
    .enum(DISTRIBUTIONS)
    .default('exponential')
    .meta({ title: 'Delay', description: 'How the delays of these events are spread.' }),
  weight: z.number().positive('weight is above 0.').max(1_000_000, 'weight is at most 1000000.').default(50).meta({
    title: 'Weight',
    description: 'How many events are of this part, in proportion to the weights of the others.',
    standsFirst: true,
  }),
  ...figures,
});
export type DelayPart = z.output<typeof delayPart>;

/** Parts of a mixture, at most. */
const PARTS_MAX = 8;

export const delayConfig = z.strictObject({
  distribution: z
    .enum([...DISTRIBUTIONS, 'mixture'])
    .default('exponential')
    .meta({ title: 'Delay', description: 'How the time between an event and its arrival is spread.' }),
  ...figures,
  parts: z
    .array(delayPart)
    .max(PARTS_MAX, `parts are at most ${PARTS_MAX}.`)
    .default([])
    .meta({
      title: 'Parts',
      description: 'Kinds of events whose delays are spread differently, mixed.',
      showWhen: { name: 'distribution', values: ['mixture'] },
    }),
  gridMs: duration('gridMs')
    .default(0)
    .meta({
      title: 'Rounded to',
      description: 'Delays are rounded to multiples of this, as of reports that come weekly. 0: as they are.',
      unit: 'ms',
      control: 'duration',
      showWhen: { name: 'distribution', values: ['normal', 'lognormal', 'weibull', 'pareto', 'mixture'] },
    }),
});
export type DelayConfig = z.output<typeof delayConfig>;

export const stragglersConfig = z.strictObject({
  sharePercent: percent('sharePercent')
    .default(0)
    .meta({
      title: 'Stragglers',
      description: 'Share of events that arrive far behind the others.',
      unit: '%',
      slider: { min: 0, max: 50, step: 0.5 },
    }),
  delayMs: duration('delayMs').default(30_000).meta({
    title: 'Straggler delay',
    description: 'What a straggler is late by beyond its delay, give or take half of it.',
    unit: 'ms',
    control: 'duration',
  }),
});
export type StragglerConfig = z.output<typeof stragglersConfig>;
