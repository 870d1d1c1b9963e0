import type { Random } from '../../stream/random.ts';
import type { GeneratorConfig } from './generator-config.ts';
import { pow } from './deterministic-math.ts';

/** A skew that is computed without a power: the square of the rank. */
const SQUARE_PERCENT = 100;

/**
 * Which key acts next. Key 0 is the most active one: the first k of n keys have a share of (k / n)^(1 / (1 + skew)) of all
 * events. Takes one number from `random`, whatever the skew.
 */
export class Activity {
  private readonly keys: number;
  private readonly skewPercent: number;

  constructor({ keys, keySkewPercent }: Pick<GeneratorConfig, 'keys' | 'keySkewPercent'>) {
    this.keys = keys;
    this.skewPercent = keySkewPercent;
  }

  pick(random: Random): number {
    const u = random.uniform();
    if (this.skewPercent === SQUARE_PERCENT) return Math.floor(u * u * this.keys);
    const place = this.skewPercent === 0 || u === 0 ? u : pow(u, 1 + this.skewPercent / 100);
    return Math.min(this.keys - 1, Math.floor(place * this.keys));
  }
}
