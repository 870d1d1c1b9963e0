import type { Column } from '../../stream/column.ts';
import { Random } from '../../stream/random.ts';
import type { RowKind } from '../../stream/row-kind.ts';
import { DELETE, INSERT, UPDATE_AFTER } from '../../stream/row-kind.ts';
import { exponential } from './delay.ts';
import type { EventMaker } from './event-maker.ts';
import type { GeneratorConfig } from './generator-config.ts';
import { KeyNames, textColumn } from './made-columns.ts';
import { COUNTRIES, Population } from './population.ts';
import { RateClock } from './rate-clock.ts';

const TIERS = ['basic', 'silver', 'gold'] as const;
/** Share of changes that close an account. */
const CLOSED_SHARE = 0.05;
const CLOSED = -1;

/** user, tier, country */
const FIGURES = 3;

/**
 * The rows of a table of the users that click and buy: all of them at the start, then now and then one who moves up or
 * down, moves house, closes the account or opens it again. In order of event time.
 */
export class UserMaker implements EventMaker {
  readonly figures = new Float64Array(FIGURES);
  timeMs: number;
  soonestMs: number;
  kind: RowKind = INSERT;
  private readonly random: Random;
  private readonly names: KeyNames;
  private readonly keys: number;
  private readonly gapMs: number;
  private readonly clock: RateClock;
  private readonly tiers: Int8Array;
  private readonly countries: Uint8Array;
  private readonly arrivedMs: Float64Array;
  private made = 0;
  private user = 0;

  constructor(config: GeneratorConfig, seed: number) {
    const { keys, rateEventsPerSec, startMs } = config;
    this.random = new Random(seed, 7);
    this.names = new KeyNames(keys, 'u');
    this.keys = keys;
    this.gapMs = 1000 / rateEventsPerSec;
    this.tiers = new Int8Array(keys).fill(CLOSED);
    this.countries = new Population(seed, config).countries;
    this.arrivedMs = new Float64Array(keys).fill(-Infinity);
    this.clock = new RateClock(config);
    this.timeMs = startMs;
    this.soonestMs = startMs;
  }

  next(): void {
    const { random, tiers, figures } = this;
    const isFirst = this.made < this.keys;
    if (!isFirst) this.clock.pass(exponential(random, this.gapMs));
    this.timeMs = Math.floor(this.clock.exactMs);
    this.soonestMs = this.timeMs;
    this.user = isFirst ? this.made : Math.floor(random.uniform() * this.keys);
    this.made++;
    const { user } = this;
    const tier = tiers[user] ?? CLOSED;
    const chance = random.uniform();
    this.kind = tier === CLOSED ? INSERT : chance < CLOSED_SHARE ? DELETE : UPDATE_AFTER;
    if (this.kind !== DELETE) this.change(tier, chance);
    figures[0] = user;
    figures[1] = this.kind === DELETE ? tier : (tiers[user] ?? 0);
    figures[2] = this.countries[user] ?? 0;
    if (this.kind === DELETE) tiers[user] = CLOSED;
  }

  private change(tier: number, chance: number): void {
    const { tiers, countries, user, random } = this;
    const moves = tier !== CLOSED && chance > 0.8;
    if (moves) countries[user] = Math.floor(random.uniform() * COUNTRIES.length);
    else if (tier === CLOSED) tiers[user] = chance < 0.7 ? 0 : chance < 0.9 ? 1 : 2;
    else tiers[user] = (tier + (chance < 0.5 ? 1 : 2)) % TIERS.length;
  }

  arrivesAt(arrivalMs: number): number {
    const after = Math.max(this.arrivedMs[this.user] ?? 0, arrivalMs);
    this.arrivedMs[this.user] = after;
    return after;
  }

  columns(times: Float64Array, figures: Float64Array): Column[] {
    const rows = times.length;
    const at =
      (figure: number) =>
      (row: number): number =>
        figures[row * FIGURES + figure] ?? 0;
    return [
      { kind: 'float', values: times, nulls: null },
      this.names.column(at(0), rows),
      textColumn(rows, TIERS, at(1)),
      textColumn(rows, COUNTRIES, at(2)),
    ];
  }
}
