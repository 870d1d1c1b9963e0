import { defined } from '../../stream/assert.ts';
import type { Column } from '../../stream/column.ts';
import { Random } from '../../stream/random.ts';
import { ArrivalHeap } from './arrival-heap.ts';
import { exponential, lognormal } from './delay.ts';
import type { EventMaker } from './event-maker.ts';
import type { GeneratorConfig } from './generator-config.ts';
import { KeyNames, floatColumn, nullableColumn, textColumn } from './made-columns.ts';
import { MERCHANTS, MERCHANT_CENTS } from './merchants.ts';
import { CURRENCIES, Population } from './population.ts';
import { RateClock } from './rate-clock.ts';

export const STATUSES = ['authorised', 'declined', 'captured', 'refunded'] as const;
const AUTHORISED = 0;
const DECLINED = 1;
const CAPTURED = 2;
const REFUNDED = 3;

export const REASONS = ['insufficient funds', 'suspected fraud', 'expired card'] as const;
/** Running sums of the shares of `REASONS`. */
const REASON_SHARES = [0.6, 0.85, 1] as const;

/** Shares: of payments that are declined, of the others that are captured, of these that are refunded. */
const DECLINED_SHARE = 0.06;
const CAPTURED_SHARE = 0.96;
const REFUNDED_SHARE = 0.04;
const CAPTURE_MEDIAN_MS = 20_000;
const REFUND_MEDIAN_MS = 120_000;

/** Somebody tries a card: so many small amounts, in cents, then a large one. */
export const TRIES_LEAST = 3;
export const TRIES_MOST = 5;
const TRY_LEAST = 50;
export const TRY_MOST = 200;
export const HAUL_LEAST = 40_000;
const HAUL_MOST = 160_000;
/** From one to the next of them. */
const TRY_GAP_LEAST_MS = 2_000;
export const TRY_GAP_MOST_MS = 10_000;

/** Events that come of a payment that is not declined, and of any plain one. */
const EVENTS_OF_GOOD_ONE = 1 + CAPTURED_SHARE * (1 + REFUNDED_SHARE);
const EVENTS_OF_PLAIN_ONE = DECLINED_SHARE + (1 - DECLINED_SHARE) * EVENTS_OF_GOOD_ONE;

/** card, payment, merchant, amount, status, reason */
const FIGURES = 6;

/** What a card does later: `payment` goes on to `status`; `tries` more payments of somebody who tries it, 0 for the large one. */
type Later = { readonly payment: Payment; readonly status: number } | { readonly card: number; readonly tries: number };

interface Payment {
  readonly card: number;
  readonly number: number;
  readonly merchant: number;
  readonly amount: number;
}

/**
 * Payments by card: each is authorised or declined, most are captured some time after, a few refunded after that. Now and
 * then somebody tries a card with a run of small amounts before a large one. In order of event time.
 */
export class PaymentMaker implements EventMaker {
  readonly figures = new Float64Array(FIGURES);
  timeMs: number;
  soonestMs: number;
  private readonly random: Random;
  private readonly population: Population;
  private readonly names: KeyNames;
  private readonly gapMs: number;
  private readonly tryingShare: number;
  /** What comes later, by its slot in `laters`. */
  private readonly pending = new ArrivalHeap(Infinity);
  private readonly laters: Later[] = [];
  /** Of the next one that follows from nothing before. */
  private readonly clock: RateClock;
  private number = 0;
  private scheduled = 0;

  constructor(config: GeneratorConfig, seed: number) {
    const { keys, rateEventsPerSec, startMs, cardTestingPercent } = config;
    this.random = new Random(seed, 17);
    this.population = new Population(seed, config);
    this.names = new KeyNames(keys, 'c');
    this.tryingShare = cardTestingPercent / 100;
    const eventsOfTrying = (TRIES_LEAST + TRIES_MOST) / 2 + EVENTS_OF_GOOD_ONE;
    const events = (1 - this.tryingShare) * EVENTS_OF_PLAIN_ONE + this.tryingShare * eventsOfTrying;
    this.gapMs = (1000 * events) / rateEventsPerSec;
    this.clock = new RateClock(config);
    this.timeMs = this.soonestMs = startMs;
  }

  next(): void {
    if (this.clock.exactMs <= this.pending.firstArrivalMs()) this.begin();
    else this.goOn();
    this.soonestMs = this.timeMs;
  }

  private begin(): void {
    const { random } = this;
    this.timeMs = Math.floor(this.clock.exactMs);
    this.clock.pass(exponential(random, this.gapMs));
    const card = this.population.pick(random);
    if (random.uniform() < this.tryingShare) {
      this.tryCard(card, TRIES_LEAST + random.below(TRIES_MOST - TRIES_LEAST + 1));
      return;
    }
    const merchant = this.anyMerchant();
    const payment = this.payment(card, merchant, lognormal(random, MERCHANT_CENTS[merchant] ?? 0, 0.6));
    if (random.uniform() < DECLINED_SHARE) this.show(payment, DECLINED, this.anyReason());
    else this.authorise(payment);
  }

  private goOn(): void {
    const { arrivalMs, slot } = this.pending.pop();
    const later = defined(this.laters[slot], 'what comes later');
    this.timeMs = arrivalMs;
    if (!('payment' in later)) return this.tryCard(later.card, later.tries);
    const { payment, status } = later;
    this.show(payment, status);
    if (status !== CAPTURED || this.random.uniform() >= REFUNDED_SHARE) return;
    this.schedule(lognormal(this.random, REFUND_MEDIAN_MS, 1), { payment, status: REFUNDED });
  }

  private tryCard(card: number, tries: number): void {
    const { random } = this;
    const merchant = this.anyMerchant();
    if (tries === 0) {
      this.authorise(this.payment(card, merchant, HAUL_LEAST + random.below(HAUL_MOST - HAUL_LEAST)));
      return;
    }
    this.show(this.payment(card, merchant, TRY_LEAST + random.below(TRY_MOST - TRY_LEAST)), AUTHORISED);
    const gapMs = TRY_GAP_LEAST_MS + random.below(TRY_GAP_MOST_MS - TRY_GAP_LEAST_MS);
    this.schedule(gapMs, { card, tries: tries - 1 });
  }

  private authorise(payment: Payment): void {
    const { random } = this;
    this.show(payment, AUTHORISED);
    if (random.uniform() >= CAPTURED_SHARE) return;
    this.schedule(lognormal(random, CAPTURE_MEDIAN_MS, 0.8), { payment, status: CAPTURED });
  }

  private payment(card: number, merchant: number, cents: number): Payment {
    return { card, number: ++this.number, merchant, amount: Math.max(1, Math.round(cents)) / 100 };
  }

  private anyMerchant(): number {
    const u = this.random.uniform();
    return Math.floor(u * u * MERCHANTS.length);
  }

  private anyReason(): number {
    const share = this.random.uniform();
    return REASON_SHARES.findIndex((sum) => share < sum);
  }

  private schedule(afterMs: number, later: Later): void {
    const slot = this.pending.push(this.timeMs + 1 + Math.floor(afterMs), this.scheduled++);
    this.laters[slot] = later;
  }

  private show({ card, number, merchant, amount }: Payment, status: number, reason = NaN): void {
    const { figures } = this;
    figures[0] = card;
    figures[1] = number;
    figures[2] = merchant;
    figures[3] = amount;
    figures[4] = status;
    figures[5] = reason;
  }

  columns(times: Float64Array, figures: Float64Array): Column[] {
    const { countries } = this.population;
    const rows = times.length;
    const at =
      (figure: number) =>
      (row: number): number =>
        figures[row * FIGURES + figure] ?? 0;
    const card = at(0);
    return [
      { kind: 'float', values: times, nulls: null },
      floatColumn(rows, at(1)),
      this.names.column(card, rows),
      textColumn(rows, MERCHANTS, at(2)),
      floatColumn(rows, at(3)),
      textColumn(rows, CURRENCIES, (row) => countries[card(row)] ?? 0),
      textColumn(rows, STATUSES, at(4)),
      nullableColumn(rows, at(5), textColumn(rows, REASONS, at(5))),
    ];
  }
}
