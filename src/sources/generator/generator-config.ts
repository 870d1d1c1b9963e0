import { z } from 'zod';
import { watermarkConfig } from '../../stream/watermark-config.ts';
import { LIMITS } from '../limits.ts';
import { percent, whole } from './config-numbers.ts';
import { delayConfig, stragglersConfig } from './delay-config.ts';
import { backlogConfig, clocksConfig, duplicatesConfig, faultsConfig, offlineConfig } from './disorder-config.ts';
import { rateProfileConfig } from './rate-config.ts';

const SHOP_SHAPES = ['clicks', 'purchases', 'orders', 'users'] as const;
const DEVICE_SHAPES = ['sensors', 'payments'] as const;
/** Those of the Nexmark benchmark. */
const AUCTION_SHAPES = ['people', 'auctions', 'bids'] as const;
export const GENERATOR_SHAPES = [...SHOP_SHAPES, ...DEVICE_SHAPES, ...AUCTION_SHAPES] as const;
export type GeneratorShape = (typeof GENERATOR_SHAPES)[number];

/** 2024-01-01T00:00:00Z, so that a first run shows round times. */
const DEFAULT_START_MS = 1_704_067_200_000;

export const generatorConfig = z.strictObject({
  shape: z.enum(GENERATOR_SHAPES).default('clicks').meta({
    title: 'Events',
    description:
      'clicks of visitors to a shop; purchases that the same visitors make after a click; the changes of a table of orders (created, paid, shipped, delivered, deleted); those of a table of the users. sensors: readings of a building’s sensors, a few of them faulty; payments: what cards pay, from authorised to captured or refunded. people, auctions and bids of the Nexmark benchmark, the same whatever the seed: at rates of 1 to 3 to 46 and with one start they are one auction house.',
  }),
  rateEventsPerSec: z
    .number()
    .positive('rateEventsPerSec is above 0.')
    .max(LIMITS.generatorRatePerSec, `rateEventsPerSec is at most ${LIMITS.generatorRatePerSec}.`)
    .default(100)
    .meta({
      title: 'Rate',
      description: 'Events per second of event time, on average; a profile is in percent of it.',
      unit: 'events/s',
    }),
  events: whole('events', 1, LIMITS.generatorEvents)
    .default(60_000)
    .meta({ title: 'Count', description: 'How many events there are in all.', unit: 'rows' }),
  keys: whole('keys', 1, LIMITS.generatorKeys)
    .default(100)
    .meta({
      title: 'Keys',
      description: 'How many users, sensors or cards there are.',
      unit: 'keys',
      showWhen: { name: 'shape', values: [...SHOP_SHAPES, ...DEVICE_SHAPES] },
    }),
  keySkewPercent: percent('keySkewPercent', 400)
    .default(100)
    .meta({
      title: 'Key skew',
      description:
        'How much more active the first ones are. 0: all alike. At 100 % the first of a hundred makes a tenth of all events, at 300 % a third.',
      unit: '%',
      showWhen: { name: 'shape', values: ['clicks', 'purchases', 'orders', ...DEVICE_SHAPES] },
      slider: { min: 0, max: 400, step: 10 },
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
        'A purchase follows one click in so many. With a click source of this rate times this number, and the same keys, skew, profile and start, every purchase follows a click of that source.',
      showWhen: { name: 'shape', values: ['purchases'] },
    }),
  faultyPercent: percent('faultyPercent')
    .default(1)
    .meta({
      title: 'Faulty readings',
      description:
        'Share of readings that fail: half of them are NULL, half say -127 °C, as a thermometer does whose wire is broken.',
      unit: '%',
      showWhen: { name: 'shape', values: ['sensors'] },
      slider: { min: 0, max: 50, step: 0.5 },
    }),
  cardTestingPercent: percent('cardTestingPercent')
    .default(1)
    .meta({
      title: 'Stolen cards',
      description:
        'Share of payments with which somebody begins to try a card: three to five small amounts, seconds apart, then a large one.',
      unit: '%',
      showWhen: { name: 'shape', values: ['payments'] },
      slider: { min: 0, max: 50, step: 0.5 },
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
  partitionSkewPercent: percent('partitionSkewPercent', 95)
    .default(0)
    .meta({
      title: 'Partition skew',
      description:
        'By how much fewer users, sensors or cards each partition has than the one before: 50 % gives the first one half of them, the next a quarter. 0: as many each.',
      unit: '%',
      slider: { min: 0, max: 95, step: 5 },
    }),
  profile: rateProfileConfig
    .prefault({})
    .meta({ title: 'Rate profile', description: 'How the rate changes with time.' }),
  delay: delayConfig.prefault({}).meta({ title: 'Delay', description: 'Time between an event and its arrival.' }),
  stragglers: stragglersConfig.prefault({}).meta({ title: 'Stragglers', description: 'Events far behind the others.' }),
  duplicates: duplicatesConfig
    .prefault({})
    .meta({ title: 'Duplicates', description: 'Events that arrive twice.', folded: true }),
  offline: offlineConfig.prefault({}).meta({
    title: 'Offline devices',
    description: 'Devices that keep their events while they have no connection.',
    folded: true,
  }),
  backlog: backlogConfig
    .prefault({})
    .meta({ title: 'Backlog', description: 'A queue that grows and is emptied, again and again.', folded: true }),
  clocks: clocksConfig.default([]).meta({
    title: 'Wrong clocks',
    description: 'Users, sensors or cards whose clock is wrong: their events carry its time.',
  }),
  faults: faultsConfig.default([]).meta({ title: 'Faults', description: 'What happens once, at a time of the run.' }),
  watermark: watermarkConfig.prefault({}).meta({ title: 'Watermark', description: 'How far event time has come.' }),
});

export type GeneratorConfig = z.output<typeof generatorConfig>;
