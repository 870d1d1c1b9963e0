import type { Column } from '../../stream/column.ts';
import { Random } from '../../stream/random.ts';
import { ClickStream, PAGES } from './click-stream.ts';
import { lognormal } from './delay.ts';
import type { GeneratorConfig } from './generator-config.ts';
import { COUNTRIES, DEVICES, Population, userName } from './population.ts';

/** Figures of one event that its columns are made from, as many a shape as `MADE_FIGURES` at most. The first is the user. */
export const MADE_FIGURES = 4;

/**
 * Makes the events of one shape, one by one. `next` leaves the event's time in `timeMs` and its figures in `figures`;
 * `soonestMs` is a time that no later event comes before.
 */
export interface EventMaker {
  readonly figures: Float64Array;
  timeMs: number;
  soonestMs: number;
  next(): void;
  /** Columns of events whose figures stand one after the other in `figures`, without time and payload. */
  columns(times: Float64Array, figures: Float64Array): Column[];
}

export function eventMaker(config: GeneratorConfig, seed: number): EventMaker {
  return config.shape === 'clicks' ? new ClickMaker(config, seed) : new PurchaseMaker(config, seed);
}

/** Names of the users met so far, in the order of their first event. */
class UserNames {
  private readonly ids: Int32Array;
  private readonly dictionary: string[] = [];

  constructor(keys: number) {
    this.ids = new Int32Array(keys).fill(-1);
  }

  column(users: (row: number) => number, rows: number): Column {
    const ids = new Int32Array(rows);
    for (let row = 0; row < rows; row++) {
      const user = users(row);
      let id = this.ids[user] ?? -1;
      if (id < 0) {
        id = this.dictionary.length;
        this.ids[user] = id;
        this.dictionary.push(userName(user));
      }
      ids[row] = id;
    }
    return { kind: 'text', ids, dictionary: this.dictionary, nulls: null };
  }
}

function textColumn(rows: number, dictionary: readonly string[], id: (row: number) => number): Column {
  const ids = new Int32Array(rows);
  for (let row = 0; row < rows; row++) ids[row] = id(row);
  return { kind: 'text', ids, dictionary, nulls: null };
}

function floatColumn(rows: number, value: (row: number) => number): Column {
  const values = new Float64Array(rows);
  for (let row = 0; row < rows; row++) values[row] = value(row);
  return { kind: 'float', values, nulls: null };
}

class ClickMaker implements EventMaker {
  readonly figures = new Float64Array(MADE_FIGURES);
  timeMs = 0;
  soonestMs: number;
  private readonly clicks: ClickStream;
  private readonly population: Population;
  private readonly names: UserNames;

  constructor(config: GeneratorConfig, seed: number) {
    this.population = new Population(seed, config.keys);
    this.clicks = new ClickStream(seed, config.rateEventsPerSec, config.startMs, this.population);
    this.names = new UserNames(config.keys);
    this.soonestMs = config.startMs;
  }

  next(): void {
    const { clicks, figures } = this;
    clicks.next();
    this.timeMs = clicks.timeMs;
    this.soonestMs = clicks.timeMs;
    figures[0] = clicks.user;
    figures[1] = clicks.page;
    figures[2] = clicks.number;
  }

  columns(times: Float64Array, figures: Float64Array): Column[] {
    const { devices, countries } = this.population;
    const rows = times.length;
    const user = (row: number): number => figures[row * MADE_FIGURES] ?? 0;
    return [
      { kind: 'float', values: times, nulls: null },
      this.names.column(user, rows),
      textColumn(rows, PAGES, (row) => figures[row * MADE_FIGURES + 1] ?? 0),
      textColumn(rows, DEVICES, (row) => devices[user(row)] ?? 0),
      textColumn(rows, COUNTRIES, (row) => countries[user(row)] ?? 0),
      floatColumn(rows, (row) => figures[row * MADE_FIGURES + 2] ?? 0),
    ];
  }
}

const PRODUCTS = ['mug', 'book', 'shirt', 'lamp', 'headphones', 'shoes', 'chair', 'phone'] as const;
/** What a product costs in the middle, in cents. */
const PRICES = [1_290, 1_950, 2_490, 4_900, 7_900, 8_990, 14_900, 59_900] as const;

/** From the click to the purchase: half of the buyers need less than the median. */
const THINK_MEDIAN_MS = 45_000;
const THINK_SIGMA = 0.9;
const THINK_LEAST_MS = 2_000;
const THINK_MOST_MS = 1_800_000;

class PurchaseMaker implements EventMaker {
  readonly figures = new Float64Array(MADE_FIGURES);
  timeMs = 0;
  soonestMs: number;
  private readonly clicks: ClickStream;
  private readonly population: Population;
  private readonly names: UserNames;
  private readonly random: Random;
  private readonly clicksPerPurchase: number;

  constructor(config: GeneratorConfig, seed: number) {
    this.population = new Population(seed, config.keys);
    const clickRate = config.rateEventsPerSec * config.clicksPerPurchase;
    this.clicks = new ClickStream(seed, clickRate, config.startMs, this.population);
    this.names = new UserNames(config.keys);
    this.random = new Random(seed, 3);
    this.clicksPerPurchase = config.clicksPerPurchase;
    this.soonestMs = config.startMs;
  }

  next(): void {
    const { clicks, figures, random } = this;
    do clicks.next();
    while (random.uniform() * this.clicksPerPurchase >= 1);
    const thinkMs = THINK_LEAST_MS + Math.floor(lognormal(random, THINK_MEDIAN_MS, THINK_SIGMA));
    this.timeMs = clicks.timeMs + Math.min(thinkMs, THINK_MOST_MS);
    this.soonestMs = clicks.timeMs;
    const u = random.uniform();
    const product = Math.floor(u * u * PRODUCTS.length);
    figures[0] = clicks.user;
    figures[1] = product;
    figures[2] = Math.round(lognormal(random, PRICES[product] ?? 0, 0.15)) / 100;
    figures[3] = clicks.number;
  }

  columns(times: Float64Array, figures: Float64Array): Column[] {
    const { countries } = this.population;
    const rows = times.length;
    const user = (row: number): number => figures[row * MADE_FIGURES] ?? 0;
    return [
      { kind: 'float', values: times, nulls: null },
      this.names.column(user, rows),
      textColumn(rows, PRODUCTS, (row) => figures[row * MADE_FIGURES + 1] ?? 0),
      floatColumn(rows, (row) => figures[row * MADE_FIGURES + 2] ?? 0),
      textColumn(rows, COUNTRIES, (row) => countries[user(row)] ?? 0),
      floatColumn(rows, (row) => figures[row * MADE_FIGURES + 3] ?? 0),
    ];
  }
}
