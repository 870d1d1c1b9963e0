import { defined } from '../../stream/assert.ts';
import type { Column } from '../../stream/column.ts';
import { Random } from '../../stream/random.ts';
import type { RowKind } from '../../stream/row-kind.ts';
import { DELETE, INSERT, UPDATE_AFTER } from '../../stream/row-kind.ts';
import { ArrivalHeap } from './arrival-heap.ts';
import { exponential, lognormal } from './delay.ts';
import type { EventMaker } from './event-maker.ts';
import type { GeneratorConfig } from './generator-config.ts';
import { KeyNames, floatColumn, textColumn } from './made-columns.ts';
import { Population } from './population.ts';
import { PRICES, PRODUCTS } from './products.ts';
import { RateClock } from './rate-clock.ts';

const STATUSES = ['created', 'paid', 'shipped', 'delivered'] as const;
const CREATED = 0;
const DELIVERED = 3;

/** How long an order stays in each status: half of them less than this. */
const STAY_MEDIANS_MS = [20_000, 60_000, 120_000, 60_000] as const;
const STAY_SIGMA = 0.7;
/** Share of orders that are cancelled before they are paid: the row is deleted. */
const CANCELLED_SHARE = 0.15;
/** Changes that an order has on average: two when it is cancelled, else one a status and its deletion from the archive. */
const CHANGES_AN_ORDER = CANCELLED_SHARE * 2 + (1 - CANCELLED_SHARE) * (STATUSES.length + 1);

/** user, number, product, amount, status */
const FIGURES = 5;

/** An order that is still in the table. */
interface Order {
  readonly user: number;
  readonly number: number;
  readonly product: number;
  readonly amount: number;
  readonly isCancelled: boolean;
  status: number;
  arrivedMs: number;
}

/**
 * The rows of a shop's table of orders as they change: created, paid, shipped, delivered, and at last deleted; some are
 * cancelled, which deletes them before. In order of event time.
 */
export class OrderMaker implements EventMaker {
  readonly figures = new Float64Array(FIGURES);
  timeMs = 0;
  soonestMs: number;
  kind: RowKind = INSERT;
  private readonly random: Random;
  private readonly population: Population;
  private readonly names: KeyNames;
  private readonly gapMs: number;
  /** What comes next of the orders in the table; an order's slot is its place in `orders`. */
  private readonly pending = new ArrivalHeap(Infinity);
  private readonly orders: Order[] = [];
  /** Of the next order. */
  private readonly clock: RateClock;
  private number = 0;
  private scheduled = 0;
  private last: Order | undefined;

  constructor(config: GeneratorConfig, seed: number) {
    this.population = new Population(seed, config);
    this.names = new KeyNames(config.keys, 'u');
    this.random = new Random(seed, 6);
    this.gapMs = (1000 * CHANGES_AN_ORDER) / config.rateEventsPerSec;
    this.clock = new RateClock(config);
    this.soonestMs = config.startMs;
  }

  next(): void {
    const isNew = this.clock.exactMs <= this.pending.firstArrivalMs();
    const order = isNew ? this.create() : this.advance();
    this.soonestMs = this.timeMs;
    this.last = order;
    const { figures } = this;
    figures[0] = order.user;
    figures[1] = order.number;
    figures[2] = order.product;
    figures[3] = order.amount;
    figures[4] = order.status;
    if (this.kind !== DELETE) this.schedule(order);
  }

  private create(): Order {
    const { random } = this;
    this.timeMs = Math.floor(this.clock.exactMs);
    this.clock.pass(exponential(random, this.gapMs));
    this.kind = INSERT;
    const u = random.uniform();
    const product = Math.floor(u * u * PRODUCTS.length);
    return {
      user: this.population.pick(random),
      number: ++this.number,
      product,
      amount: Math.round(lognormal(random, PRICES[product] ?? 0, 0.15)) / 100,
      isCancelled: random.uniform() < CANCELLED_SHARE,
      status: CREATED,
      arrivedMs: -Infinity,
    };
  }

  private advance(): Order {
    const { arrivalMs, slot } = this.pending.pop();
    const order = defined(this.orders[slot], 'order');
    this.timeMs = arrivalMs;
    const isGone = order.status === DELIVERED || order.isCancelled;
    this.kind = isGone ? DELETE : UPDATE_AFTER;
    if (!isGone) order.status++;
    return order;
  }

  private schedule(order: Order): void {
    const stayMs = 1 + Math.floor(lognormal(this.random, STAY_MEDIANS_MS[order.status] ?? 0, STAY_SIGMA));
    const slot = this.pending.push(this.timeMs + stayMs, this.scheduled++);
    this.orders[slot] = order;
  }

  arrivesAt(arrivalMs: number): number {
    const order = defined(this.last, 'order');
    order.arrivedMs = Math.max(order.arrivedMs, arrivalMs);
    return order.arrivedMs;
  }

  columns(times: Float64Array, figures: Float64Array): Column[] {
    const rows = times.length;
    const at =
      (figure: number) =>
      (row: number): number =>
        figures[row * FIGURES + figure] ?? 0;
    return [
      { kind: 'float', values: times, nulls: null },
      floatColumn(rows, at(1)),
      this.names.column(at(0), rows),
      textColumn(rows, PRODUCTS, at(2)),
      floatColumn(rows, at(3)),
      textColumn(rows, STATUSES, at(4)),
    ];
  }
}
