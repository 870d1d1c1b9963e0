import type { Column } from '../../stream/column.ts';
import { Random } from '../../stream/random.ts';
import { ClickStream } from './click-stream.ts';
import { lognormal } from './delay.ts';
import type { EventMaker } from './event-maker.ts';
import type { GeneratorConfig } from './generator-config.ts';
import { KeyNames, floatColumn, textColumn } from './made-columns.ts';
import { COUNTRIES, Population } from './population.ts';
import { PRICES, PRODUCTS } from './products.ts';

/** user, product, amount, number of the click */
const PURCHASE_FIGURES = 4;

/** From the click to the purchase: half of the buyers need less than the median. */
const THINK_MEDIAN_MS = 45_000;
const THINK_SIGMA = 0.9;
const THINK_LEAST_MS = 2_000;
const THINK_MOST_MS = 1_800_000;

export class PurchaseMaker implements EventMaker {
  readonly figures = new Float64Array(PURCHASE_FIGURES);
  timeMs = 0;
  soonestMs: number;
  private readonly clicks: ClickStream;
  private readonly population: Population;
  private readonly names: KeyNames;
  private readonly random: Random;
  private readonly clicksPerPurchase: number;

  constructor(config: GeneratorConfig, seed: number) {
    this.population = new Population(seed, config);
    const rateEventsPerSec = config.rateEventsPerSec * config.clicksPerPurchase;
    this.clicks = new ClickStream(seed, { ...config, rateEventsPerSec }, this.population);
    this.names = new KeyNames(config.keys, 'u');
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
    const user = (row: number): number => figures[row * PURCHASE_FIGURES] ?? 0;
    return [
      { kind: 'float', values: times, nulls: null },
      this.names.column(user, rows),
      textColumn(rows, PRODUCTS, (row) => figures[row * PURCHASE_FIGURES + 1] ?? 0),
      floatColumn(rows, (row) => figures[row * PURCHASE_FIGURES + 2] ?? 0),
      textColumn(rows, COUNTRIES, (row) => countries[user(row)] ?? 0),
      floatColumn(rows, (row) => figures[row * PURCHASE_FIGURES + 3] ?? 0),
    ];
  }
}
