import { z } from 'zod';
import { DURATION_LIMIT_MS } from '../../stream/duration.ts';
import { watermarkConfig } from '../../stream/watermark-config.ts';
import { LIMITS } from '../limits.ts';

const SHOP_SHAPES = ['clicks', 'purchases', 'orders', 'users'] as const;
/** Those of the Nexmark benchmark. */
const AUCTION_SHAPES = ['people', 'auctions', 'bids'] as const;
export const GENERATOR_SHAPES = [...SHOP_SHAPES, ...AUCTION_SHAPES] as const;
export type GeneratorShape = (typeof GENERATOR_SHAPES)[number];

function whole(name: string, min: number, max: number): z.ZodNumber {
  return z.number().int().min(min, `${name} is at least ${min}.`).max(max, `${name} is at most ${max}.`);
}

function duration(name: string): z.ZodNumber {
  return whole(name, 0, DURATION_LIMIT_MS);
}

const delay = z.strictObject({
  distribution: z
    .enum(['none', 'constant', 'uniform', 'exponential', 'lognormal', 'pareto'])
    .default('exponential')
    .meta({ title: 'Delay', description: 'How the time between an event and its arrival is spread.' }),
  constantMs: duration('constantMs')
    .default(1_000)
    .meta({
      title: 'Delay',
      description: 'The delay of every event.',
      unit: 'ms',
      control: 'duration',
      showWhen: { name: 'distribution', values: ['constant'] },
    }),
  fromMs: duration('fromMs')
    .default(0)
    .meta({
      title: 'From',
      description: 'The shortest delay.',
      unit: 'ms',
      control: 'duration',
      showWhen: { name: 'distribution', values: ['uniform'] },
    }),
  toMs: duration('toMs')
    .default(5_000)
    .meta({
      title: 'To',
      description: 'The longest delay.',
      unit: 'ms',
      control: 'duration',
      showWhen: { name: 'distribution', values: ['uniform'] },
    }),
  meanMs: duration('meanMs')
    .default(1_000)
    .meta({
      title: 'Mean',
      description: 'The mean delay.',
      unit: 'ms',
      control: 'duration',
      showWhen: { name: 'distribution', values: ['exponential'] },
    }),
  medianMs: duration('medianMs')
    .default(1_000)
    .meta({
      title: 'Median',
      description: 'Half of the events have a shorter delay.',
      unit: 'ms',
      control: 'duration',
      showWhen: { name: 'distribution', values: ['lognormal'] },
    }),
  sigma: z
    .number()
    .min(0, 'sigma is at least 0.')
    .max(5, 'sigma is at most 5.')
    .default(0.8)
    .meta({
      title: 'Sigma',
      description: 'Standard deviation of the logarithm: 0.3 is tight, 2 has a heavy tail.',
      showWhen: { name: 'distribution', values: ['lognormal'] },
    }),
  leastMs: duration('leastMs')
    .default(200)
    .meta({
      title: 'Least',
      description: 'The shortest delay.',
      unit: 'ms',
      control: 'duration',
      showWhen: { name: 'distribution', values: ['pareto'] },
    }),
  alpha: z
    .number()
    .min(0.1, 'alpha is at least 0.1.')
    .max(20, 'alpha is at most 20.')
    .default(1.5)
    .meta({
      title: 'Alpha',
      description: 'How fast the tail falls: below 2 the delays have no finite variance.',
      showWhen: { name: 'distribution', values: ['pareto'] },
    }),
  maxMs: duration('maxMs')
    .default(3_600_000)
    .meta({
      title: 'At most',
      description: 'Longer delays are cut to this.',
      unit: 'ms',
      control: 'duration',
      showWhen: { name: 'distribution', values: ['exponential', 'lognormal', 'pareto'] },
    }),
});
export type DelayConfig = z.output<typeof delay>;

const stragglers = z.strictObject({
  sharePercent: z
    .number()
    .min(0, 'sharePercent is at least 0.')
    .max(100, 'sharePercent is at most 100.')
    .default(0)
    .meta({
      title: 'Stragglers',
      description: 'Share of events that arrive far behind the others.',
      unit: '%',
    }),
  delayMs: duration('delayMs').default(30_000).meta({
    title: 'Straggler delay',
    description: 'What a straggler is late by beyond its delay, give or take half of it.',
    unit: 'ms',
    control: 'duration',
  }),
});
export type StragglerConfig = z.output<typeof stragglers>;

/** 2024-01-01T00:00:00Z, so that a first run shows round times. */
const DEFAULT_START_MS = 1_704_067_200_000;

export const generatorConfig = z.strictObject({
  shape: z.enum(GENERATOR_SHAPES).default('clicks').meta({
    title: 'Events',
    description:
      'clicks of visitors to a shop; purchases that the same visitors make after a click; the changes of a table of orders (created, paid, shipped, delivered, deleted); those of a table of the users. people, auctions and bids of the Nexmark benchmark, the same whatever the seed: at rates of 1 to 3 to 46 and with one start they are one auction house.',
  }),
  rateEventsPerSec: z
    .number()
    .positive('rateEventsPerSec is above 0.')
    .max(LIMITS.generatorRatePerSec, `rateEventsPerSec is at most ${LIMITS.generatorRatePerSec}.`)
    .default(100)
    .meta({ title: 'Rate', description: 'Events per second of event time, on average.', unit: 'events/s' }),
  events: whole('events', 1, LIMITS.generatorEvents)
    .default(60_000)
    .meta({ title: 'Count', description: 'How many events there are in all.', unit: 'rows' }),
  keys: whole('keys', 1, LIMITS.generatorKeys)
    .default(100)
    .meta({
      title: 'Users',
      description: 'How many users there are. A few of them are far more active.',
      unit: 'keys',
      showWhen: { name: 'shape', values: SHOP_SHAPES },
    }),
  payloadBytes: whole('payloadBytes', 0, LIMITS.generatorPayloadBytes).default(0).meta({
    title: 'Payload',
    description: 'Filling in a column of its own, to see what large rows cost. 0: no such column.',
    unit: 'bytes',
  }),
  clicksPerPurchase: whole('clicksPerPurchase', 1, 10_000)
    .default(10)
    .meta({
      title: 'Clicks a purchase',
      description:
        'A purchase follows one click in so many. With a click source of this rate times this number, and the same users and start, every purchase follows a click of that source.',
      showWhen: { name: 'shape', values: ['purchases'] },
    }),
  startMs: z
    .number()
    .int()
    .min(-8.64e15, 'startMs is a time that the calendar knows.')
    .max(8.64e15, 'startMs is a time that the calendar knows.')
    .default(DEFAULT_START_MS)
    .meta({ title: 'Start', description: 'Event time of the beginning.', unit: 'ms', control: 'instant' }),
  partitions: whole('partitions', 1, LIMITS.partitions).default(1).meta({
    title: 'Partitions',
    description:
      'Parts of the source with a watermark each; the least of them is that of the source. A user is always in the same.',
    unit: 'partitions',
  }),
  idlePartitions: whole('idlePartitions', 0, LIMITS.partitions - 1)
    .default(0)
    .meta({
      title: 'Idle partitions',
      description:
        'How many of the partitions never send anything: they hold the watermark back until they count as idle.',
      unit: 'partitions',
    }),
  delay: delay.prefault({}).meta({ title: 'Delay', description: 'Time between an event and its arrival.' }),
  stragglers: stragglers.prefault({}).meta({ title: 'Stragglers', description: 'Events far behind the others.' }),
  watermark: watermarkConfig.prefault({}).meta({ title: 'Watermark', description: 'How far event time has come.' }),
});

export type GeneratorConfig = z.output<typeof generatorConfig>;
