import { Random } from '../../stream/random.ts';
import { exponential } from './delay.ts';
import type { GeneratorConfig } from './generator-config.ts';
import type { Population } from './population.ts';
import { RateClock } from './rate-clock.ts';

export const PAGES = ['/', '/search', '/product', '/cart', '/checkout', '/help'] as const;
/** Running sums of the shares of `PAGES`. */
const PAGE_SHARES = [0.3, 0.52, 0.86, 0.94, 0.98, 1] as const;

type ClickTimes = Pick<GeneratorConfig, 'rateEventsPerSec' | 'startMs' | 'profile'>;

/**
 * The visitors' clicks in order of event time: what a click source shows, and what a purchase source with the same seed,
 * rate, profile, users and start knows its purchases to follow. `next` changes the fields in place.
 */
export class ClickStream {
  /** 0 for the first click, then 1, 2, … */
  number = -1;
  timeMs: number;
  user = 0;
  page = 0;
  private readonly random: Random;
  private readonly gapMs: number;
  private readonly clock: RateClock;
  private readonly population: Population;

  constructor(seed: number, config: ClickTimes, population: Population) {
    this.random = new Random(seed, 2);
    this.gapMs = 1000 / config.rateEventsPerSec;
    this.clock = new RateClock(config);
    this.timeMs = config.startMs;
    this.population = population;
  }

  next(): void {
    this.number++;
    this.clock.pass(exponential(this.random, this.gapMs));
    this.timeMs = Math.floor(this.clock.exactMs);
    this.user = this.population.pick(this.random);
    const share = this.random.uniform();
    let page = 0;
    while (share >= (PAGE_SHARES[page] ?? 1)) page++;
    this.page = page;
  }
}
