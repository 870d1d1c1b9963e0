import { Random } from '../../stream/random.ts';

export const COUNTRIES = ['DE', 'FR', 'US', 'GB', 'ES', 'IT', 'NL', 'PL'] as const;
export const DEVICES = ['mobile', 'desktop', 'tablet'] as const;

/**
 * The users of a shop: the same for every source of a graph that has the same seed and number of users. User 0 is the
 * most active; activity falls with the square of the rank, so that some keys are hot.
 */
export class Population {
  readonly keys: number;
  /** Index into `COUNTRIES` and `DEVICES` of each user. */
  readonly countries: Uint8Array;
  readonly devices: Uint8Array;

  constructor(seed: number, keys: number) {
    this.keys = keys;
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
    const u = random.uniform();
    return Math.floor(u * u * this.keys);
  }
}

/** `u0042`: at least four digits. */
export function userName(user: number): string {
  return `u${String(user).padStart(4, '0')}`;
}
