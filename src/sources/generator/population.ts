import { Random } from '../../stream/random.ts';
import { Activity } from './activity.ts';
import type { GeneratorConfig } from './generator-config.ts';

export const COUNTRIES = ['DE', 'FR', 'US', 'GB', 'ES', 'IT', 'NL', 'PL'] as const;
/** What is paid with in each of `COUNTRIES`. */
export const CURRENCIES = ['EUR', 'EUR', 'USD', 'GBP', 'EUR', 'EUR', 'EUR', 'PLN'] as const;
export const DEVICES = ['mobile', 'desktop', 'tablet'] as const;

/**
 * The users of a shop, or the cards that they pay with: the same for every source of a graph that has the same seed,
 * number of keys and skew. User 0 is the most active.
 */
export class Population {
  /** Index into `COUNTRIES` and `DEVICES` of each user. */
  readonly countries: Uint8Array;
  readonly devices: Uint8Array;
  private readonly activity: Activity;

  constructor(seed: number, config: Pick<GeneratorConfig, 'keys' | 'keySkewPercent'>) {
    const { keys } = config;
    this.activity = new Activity(config);
    this.countries = new Uint8Array(keys);
    this.devices = new Uint8Array(keys);
    const random = new Random(seed, 1);
    for (let user = 0; user < keys; user++) {
      const u = random.uniform();
      this.countries[user] = Math.floor(u * u * COUNTRIES.length);
      const device = random.uniform();
      this.devices[user] = device < 0.55 ? 0 : device < 0.92 ? 1 : 2;
    }
  }

  pick(random: Random): number {
    return this.activity.pick(random);
  }
}
