import type { GeneratorConfig } from '../generator-config.ts';
import {
  AUCTION,
  BASE_MS,
  BID,
  EPOCH,
  PERSON,
  countInEpoch,
  firstInEpoch,
  microsBetween,
  timeOf,
} from './event-order.ts';
import type { RateProfile } from '../rate-profile.ts';
import { rateProfile } from '../rate-profile.ts';
import { JavaRandom } from './java-random.ts';

const TYPES = { people: PERSON, auctions: AUCTION, bids: BID } as const;

/**
 * The events of one type of the benchmark, one after the other, at times from the start of the source on. `random` gives the
 * numbers of the event, which are those of Beam whatever the seed of the run.
 */
export class EventTimes {
  event = 0;
  timeMs: number;
  readonly random = new JavaRandom();
  readonly microsPerEvent: number;
  private readonly startMs: number;
  private readonly profile: RateProfile | null;
  private readonly first: number;
  private readonly count: number;
  private made = 0;

  constructor({ startMs, rateEventsPerSec, profile }: GeneratorConfig, shape: keyof typeof TYPES) {
    this.first = firstInEpoch(TYPES[shape]);
    this.count = countInEpoch(TYPES[shape]);
    this.startMs = startMs;
    this.profile = rateProfile(profile);
    this.timeMs = startMs;
    this.microsPerEvent = microsBetween({ rateEventsPerSec: (rateEventsPerSec * EPOCH) / this.count });
  }

  next(): void {
    const { made, first, count } = this;
    this.event = Math.floor(made / count) * EPOCH + first + (made % count);
    this.timeMs = Math.max(this.timeMs, this.timeOf(this.event));
    this.random.seed(this.event);
    this.made++;
  }

  /** When the event with this number happens, of whatever type it is. */
  timeOf(event: number): number {
    const { startMs, profile, microsPerEvent } = this;
    if (profile === null) return startMs + timeOf(event, microsPerEvent) - BASE_MS;
    return startMs + Math.floor(profile.msBy((event * microsPerEvent) / 1000));
  }
}
