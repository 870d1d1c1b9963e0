import type { JavaRandom } from './java-random.ts';
import { lastAuction, lastPerson } from './event-order.ts';

/** Of people, those who may still bid and sell; ahead of the last one as many as the lead may already be named. */
const ACTIVE_PEOPLE = 1000;
const PERSON_LEAD = 10;
const AUCTIONS_IN_FLIGHT = 100;
const AUCTION_LEAD = 10;

/** Any of the active people, or of the next few. */
export function anyPerson(event: number, random: JavaRandom): number {
  const people = lastPerson(event) + 1;
  const active = Math.min(people, ACTIVE_PEOPLE);
  return people - active + random.below(active + PERSON_LEAD);
}

/** Any of the auctions that may still run, or of the next few. */
export function anyAuction(event: number, random: JavaRandom): number {
  const last = lastAuction(event);
  const first = Math.max(last - AUCTIONS_IN_FLIGHT, 0);
  return first + random.below(last - first + 1 + AUCTION_LEAD);
}

/** Events until as many auctions have come as are in flight. */
export const EVENTS_IN_FLIGHT = Math.floor((AUCTIONS_IN_FLIGHT * 50) / 3);

/** Powers of ten from 100 to 100,000,000, `STEPS` to each factor of ten. */
const STEPS = 1024;
const POWERS = Float64Array.from({ length: 6 * STEPS + 1 }, (_, i) => 100 * 10 ** (i / STEPS));
/** How close to the middle of two cents a price by `POWERS` may come before it is computed in full. */
const SURE = 1e-4;

/** In cents: 1 to 1,000,000 dollars, as many below 10 dollars as between 10 and 100. */
export function anyPrice(random: JavaRandom): number {
  const exponent = random.nextDouble() * 6;
  const step = Math.floor(exponent * STEPS);
  const rest = (exponent - step / STEPS) * Math.LN10;
  const price = POWERS[step]! * (1 + rest * (1 + (rest / 2) * (1 + (rest / 3) * (1 + rest / 4))));
  const cents = Math.floor(price + 0.5);
  return Math.abs(price + 0.5 - cents - 0.5) > 0.5 - SURE ? Math.round(10 ** exponent * 100) : cents;
}
