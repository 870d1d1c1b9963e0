import type { Column } from '../../stream/column.ts';
import { Random } from '../../stream/random.ts';
import { Activity } from './activity.ts';
import { exponential, normal } from './delay.ts';
import { cosTurns } from './deterministic-math.ts';
import type { EventMaker } from './event-maker.ts';
import type { GeneratorConfig } from './generator-config.ts';
import { KeyNames, floatColumn, intColumn, nullableColumn, textColumn } from './made-columns.ts';
import { RateClock } from './rate-clock.ts';

export const SITES = ['north', 'east', 'south', 'west', 'roof', 'cellar'] as const;
/** What the driver of a common thermometer gives, in °C, when its wire is broken. */
export const BROKEN_WIRE = -127;
/** What a day and a wandering change by at most, in °C. */
const SWING_MOST = 4;
const WANDER_MOST = 6;
/** Between the warmest and the coldest sensor, without day and wandering. */
const BASE_LEAST = 17;
const BASE_MOST = 27;
export const TEMPERATURE_LEAST = BASE_LEAST - SWING_MOST - WANDER_MOST;
export const TEMPERATURE_MOST = BASE_MOST + SWING_MOST + WANDER_MOST;

const DAY_MS = 86_400_000;
/** It is warmest at two in the afternoon, UTC, give or take two hours. */
const WARMEST_TURNS = 14 / 24;
/** Of the wandering that is left from one reading to the next, and what is added to it. */
const WANDER_KEPT = 0.97;
const WANDER_STEP = 0.2;
/** What a reading takes from a battery, in percent; one that is nearly empty is replaced. */
const DRAIN = 0.02;
const EMPTY = 3;

/** sensor, temperature, humidity, battery */
const FIGURES = 4;

/** Readings of sensors in a building: each wanders about a level of its own, and with the time of the day. */
export class SensorMaker implements EventMaker {
  readonly figures = new Float64Array(FIGURES);
  timeMs: number;
  soonestMs: number;
  private readonly random: Random;
  private readonly activity: Activity;
  private readonly names: KeyNames;
  private readonly gapMs: number;
  private readonly clock: RateClock;
  private readonly faultyShare: number;
  private readonly sites: Uint8Array;
  private readonly base: Float64Array;
  private readonly swing: Float64Array;
  private readonly warmest: Float64Array;
  private readonly wander: Float64Array;
  private readonly charge: Float64Array;

  constructor(config: GeneratorConfig, seed: number) {
    const { keys, rateEventsPerSec, startMs, faultyPercent } = config;
    this.random = new Random(seed, 15);
    this.activity = new Activity(config);
    this.names = new KeyNames(keys, 's');
    this.gapMs = 1000 / rateEventsPerSec;
    this.faultyShare = faultyPercent / 100;
    const own = new Random(seed, 16);
    this.sites = Uint8Array.from({ length: keys }, () => own.below(SITES.length));
    this.base = Float64Array.from({ length: keys }, () => BASE_LEAST + own.uniform() * (BASE_MOST - BASE_LEAST));
    this.swing = Float64Array.from({ length: keys }, () => 0.5 + own.uniform() * (SWING_MOST - 0.5));
    this.warmest = Float64Array.from({ length: keys }, () => WARMEST_TURNS + (own.uniform() - 0.5) / 6);
    this.wander = new Float64Array(keys);
    this.charge = Float64Array.from({ length: keys }, () => 20 + own.uniform() * 80);
    this.clock = new RateClock(config);
    this.timeMs = this.soonestMs = startMs;
  }

  next(): void {
    const { random, figures } = this;
    this.clock.pass(exponential(random, this.gapMs));
    this.timeMs = this.soonestMs = Math.floor(this.clock.exactMs);
    const sensor = this.activity.pick(random);
    const awayBy = this.awayBy(sensor);
    figures[0] = sensor;
    figures[1] = tenths((this.base[sensor] ?? 0) + awayBy);
    figures[2] = tenths(Math.min(100, Math.max(0, normal(random, 50 - 2.5 * awayBy, 1))));
    figures[3] = this.battery(sensor);
    if (random.uniform() < this.faultyShare) this.fail(random.uniform() < 0.5);
  }

  /** How far it is from its level now, in °C: with the day, and by wandering. */
  private awayBy(sensor: number): number {
    const turns = this.timeMs / DAY_MS - (this.warmest[sensor] ?? 0);
    const moved = (this.wander[sensor] ?? 0) * WANDER_KEPT + normal(this.random, 0, WANDER_STEP);
    const wander = Math.min(WANDER_MOST, Math.max(-WANDER_MOST, moved));
    this.wander[sensor] = wander;
    return (this.swing[sensor] ?? 0) * cosTurns(turns) + wander;
  }

  /** Full percents that are left after this reading. */
  private battery(sensor: number): number {
    const left = (this.charge[sensor] ?? 0) - DRAIN;
    this.charge[sensor] = left < EMPTY ? 100 : left;
    return Math.floor(this.charge[sensor]);
  }

  /** No reading at all, or one of a thermometer without its wire. */
  private fail(isSilent: boolean): void {
    this.figures[1] = isSilent ? NaN : BROKEN_WIRE;
    if (isSilent) this.figures[2] = NaN;
  }

  columns(times: Float64Array, figures: Float64Array): Column[] {
    const rows = times.length;
    const at =
      (figure: number) =>
      (row: number): number =>
        figures[row * FIGURES + figure] ?? 0;
    const sensor = at(0);
    return [
      { kind: 'float', values: times, nulls: null },
      this.names.column(sensor, rows),
      textColumn(rows, SITES, (row) => this.sites[sensor(row)] ?? 0),
      nullableColumn(rows, at(1), floatColumn(rows, at(1))),
      nullableColumn(rows, at(2), floatColumn(rows, at(2))),
      intColumn(rows, at(3)),
    ];
  }
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
