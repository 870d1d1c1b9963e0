import type { GeneratorConfig } from './generator-config.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

type Part = Readonly<Record<string, unknown>>;

/** Disorder as somebody has met it: figures for the generator, and where they are from. */
export interface DisorderPreset {
  readonly id: string;
  readonly title: string;
  /** What was looked at, and what was seen. */
  readonly about: string;
  readonly source: string;
  /** What it sets; disorder that it does not name is taken back to none. */
  readonly settings: Part | ((config: GeneratorConfig) => Part);
}

function mixture(...parts: readonly Part[]): Part {
  return { delay: { distribution: 'mixture', parts } };
}

function lognormal(weight: number, medianMs: number, sigma: number, maxMs = DAY_MS): Part {
  return { distribution: 'lognormal', weight, medianMs, sigma, maxMs };
}

function weibull(weight: number, scaleMs: number, shape: number, maxMs = 14 * DAY_MS): Part {
  return { distribution: 'weibull', weight, scaleMs, shape, maxMs };
}

function pareto(weight: number, leastMs: number, alpha: number, maxMs: number): Part {
  return { distribution: 'pareto', weight, leastMs, alpha, maxMs };
}

/** Figures fitted to what was published or measured; each is held against its source's percentiles by a test. */
export const DISORDER_PRESETS: readonly DisorderPreset[] = [
  {
    id: 'vehicles',
    title: 'Vehicles, once a second',
    about: 'Positions of buses: half arrive within 62 ms, 95 % within 100 ms, 99 % within 0.65 s.',
    source: 'Measured on a recorded hour of Helsinki’s public MQTT feed.',
    settings: mixture(lognormal(97.2, 62, 0.22), lognormal(2.8, 350, 0.8)),
  },
  {
    id: 'web',
    title: 'Web page tracker',
    about: 'Clicks in a shop: half within 289 ms, 95 % within 0.5 s, and one in a hundred after a retry of 5 s.',
    source: 'Measured on the sample events of Snowplow’s e-commerce package.',
    settings: mixture(lognormal(98.5, 289, 0.31), lognormal(1.5, 5_300, 0.08)),
  },
  {
    id: 'mobile',
    title: 'Mobile app that sends in batches',
    about: 'Half within 2.3 s, 90 % within 5.5 s, and one phone in a hundred after hours or weeks.',
    source: 'Measured on the sample events of Snowplow’s mobile package; few events.',
    settings: mixture(lognormal(99, 2_300, 0.85), pareto(1, HOUR_MS, 0.4, 20 * DAY_MS)),
  },
  {
    id: 'merged-logs',
    title: 'Merged logs, nearly sorted',
    about: 'Three events in a thousand are late, none by more than 3 s.',
    source: 'Measured on an hour of GH Archive, 2015.',
    settings: mixture(
      { distribution: 'none', weight: 99.7 },
      { distribution: 'exponential', weight: 0.3, meanMs: 1_000, maxMs: 3_000 },
    ),
  },
  {
    id: 'desktop',
    title: 'Desktop, sent at once',
    about: '85 % at once, 90 % within 2 h, 99 % within a day; 1.6 % twice.',
    source: 'Mozilla’s report on delays of the main ping with its ping sender, read off the plot.',
    settings: {
      ...mixture(lognormal(85, 5_000, 1.2), weibull(15, 8.5 * HOUR_MS, 0.8)),
      duplicates: { sharePercent: 1.6, copyDelayMs: 3.81 * HOUR_MS },
    },
  },
  {
    id: 'next-session',
    title: 'Desktop, sent at the next start',
    about: 'Half within an hour, the other half when the machine is on again: 81 % after 12 h, 96 % after a day.',
    source: 'Mozilla’s report on delays of the main ping without its ping sender, read off the plot.',
    settings: mixture(weibull(70, 0.4 * HOUR_MS, 0.5), weibull(30, 18 * HOUR_MS, 2.5)),
  },
  {
    id: 'offline-burst',
    title: 'Offline, then a burst',
    about: 'Devices without a connection keep what happened and send it newest first, ten at a time, once a minute.',
    source: 'Rules of Firefox’s telemetry for submission; how often and how long devices are offline is our choice.',
    settings: {
      delay: { distribution: 'lognormal', medianMs: 2_300, sigma: 0.85 },
      offline: {
        sharePercent: 30,
        everyMs: 5 * MINUTE_MS,
        forMs: 2 * MINUTE_MS,
        order: 'newest-first',
        batchRows: 10,
        batchEveryMs: MINUTE_MS,
      },
    },
  },
  {
    id: 'crashes',
    title: 'Crash reports, heavy tail',
    about: '70 % within an hour, 82 % within a day, and many only after weeks.',
    source: 'Mozilla’s report on delays of the crash ping, read off the plot.',
    settings: mixture(
      { distribution: 'exponential', weight: 70, meanMs: 10 * MINUTE_MS },
      pareto(30, HOUR_MS, 0.15, 14 * DAY_MS),
    ),
  },
  {
    id: 'departures',
    title: 'Planned times',
    about: 'Flights against their plan: nearly half leave early or on time, half of the late ones within 10 min.',
    source: 'Measured on a year of departures from New York, nycflights13.',
    settings: mixture(
      { distribution: 'normal', weight: 45, centreMs: -3 * MINUTE_MS, spreadMs: 4 * MINUTE_MS },
      weibull(55, 19 * MINUTE_MS, 0.63, 22 * HOUR_MS),
    ),
  },
  {
    id: 'report-at-end',
    title: 'Reported when it is over',
    about: 'Taxi trips that carry the time of their start and come at their end: half within 9 min, 95 % within 31.',
    source: 'Measured on New York’s green taxis, August 2013.',
    settings: { delay: { distribution: 'lognormal', medianMs: 8.9 * MINUTE_MS, sigma: 0.77, maxMs: DAY_MS } },
  },
  {
    id: 'backlog',
    title: 'Backlog that is emptied',
    about: 'Delays grow by 0.17 s a second while the link is too slow, then fall to 70 ms, again and again.',
    source: 'Measured on the public MQTT feed of Helsinki’s buses while a link was slow.',
    settings: {
      delay: { distribution: 'constant', constantMs: 70 },
      backlog: { growthPercent: 17, everyMs: 86_000 },
    },
  },
  {
    id: 'network-partition',
    title: 'Network partition',
    about:
      'One of the partitions cannot be reached for 162 s, the median of repairs, and catches up ten times as fast.',
    source: 'Outages of the CENIC network, as collected in “The Network is Reliable”.',
    settings: (config) => {
      const partitions = Math.max(3, config.partitions);
      const rateEventsPerSec = Math.max(0.001, (10 * config.rateEventsPerSec) / partitions);
      const cut = { kind: 'cut', afterMs: MINUTE_MS, forMs: 162_000, partition: 1, afterwards: 'at-a-rate' };
      return { partitions, idlePartitions: 0, faults: [{ ...cut, rateEventsPerSec }] };
    },
  },
  {
    id: 'wrong-clocks',
    title: 'Wrong clocks on phones',
    about: '3.5 % are an hour off, some 15 s ahead by a leap-second fault, a few a day behind; sent after 5 s.',
    source: 'OpenSignal’s report on timestamps of Android phones, 2013; shares other than 3.5 % are our guess.',
    settings: {
      delay: { distribution: 'exponential', meanMs: 5_000 },
      clocks: [
        { sharePercent: 92, offsetMs: 0, spreadMs: 1_000 },
        { sharePercent: 1.75, offsetMs: HOUR_MS },
        { sharePercent: 1.75, offsetMs: -HOUR_MS },
        { sharePercent: 2, offsetMs: 15_000 },
        { sharePercent: 2, offsetMs: 0, spreadMs: MINUTE_MS },
        { sharePercent: 0.5, offsetMs: -DAY_MS },
      ],
    },
  },
  {
    id: 'clock-step',
    title: 'A clock that is put back',
    about: 'The clocks of some users jump back by 55 min, once.',
    source: 'Seen in the machine temperatures of the Numenta Anomaly Benchmark: one machine, eleven events.',
    settings: {
      delay: { distribution: 'none' },
      faults: [{ kind: 'clock-step', afterMs: MINUTE_MS, stepMs: -55 * MINUTE_MS, sharePercent: 5 }],
    },
  },
  {
    id: 'weekly-reports',
    title: 'Weekly reports',
    about: 'Cases of an illness, reported in whole weeks: half within one, 95 % within four, 99 % within six.',
    source: 'Measured on a line list of dengue cases.',
    settings: {
      delay: { distribution: 'lognormal', medianMs: 9 * DAY_MS, sigma: 0.75, maxMs: 182 * DAY_MS, gridMs: 7 * DAY_MS },
    },
  },
  {
    id: 'iot-benchmark',
    title: 'IoT benchmark',
    about: 'Half of the points lie about 2,200 steps back, hardly spread: a benchmark’s choice, nothing measured.',
    source: 'Defaults of IoT-benchmark; its Poisson number is drawn as the normal one that it is close to.',
    settings: ({ rateEventsPerSec }) => {
      const stepMs = 1_000 / rateEventsPerSec;
      const back = { centreMs: Math.round(2_200 * stepMs), spreadMs: Math.round(47 * stepMs) };
      return mixture(
        { distribution: 'none', weight: 50 },
        { distribution: 'normal', weight: 50, ...back, maxMs: Math.max(1, Math.round(170_000 * stepMs)) },
      );
    },
  },
];

const DISORDER = ['delay', 'stragglers', 'duplicates', 'offline', 'backlog', 'clocks', 'faults'] as const;

/** A configuration with the preset's disorder and no other; `written` is as it stands in the document. */
export function withPreset(written: Part, config: GeneratorConfig, preset: DisorderPreset): Part {
  const { settings } = preset;
  const kept = Object.entries(written).filter(([name]) => !DISORDER.some((part) => part === name));
  return { ...Object.fromEntries(kept), ...(typeof settings === 'function' ? settings(config) : settings) };
}

/** Whether the disorder of a configuration is still the preset's. */
export function isOfPreset(written: Part, config: GeneratorConfig, preset: DisorderPreset): boolean {
  const wanted = withPreset(written, config, preset);
  return DISORDER.every((part) => JSON.stringify(wanted[part]) === JSON.stringify(written[part]));
}
