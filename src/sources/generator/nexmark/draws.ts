import { HOT_CHANNELS, OTHER_CHANNELS } from './names.ts';
import type { JavaRandom } from './java-random.ts';
import { pow } from '../deterministic-math.ts';
import { auctionId, lastAuction, lastPerson, personId } from './event-order.ts';

export interface Padding {
  readonly size: number;
  readonly average: number;
}

/** Of people, those who may still bid and sell; ahead of the last one as many as the lead may already be named. */
const ACTIVE_PEOPLE = 1000;
const PERSON_LEAD = 10;
const AUCTIONS_IN_FLIGHT = 100;
const AUCTION_LEAD = 10;

/** Any of the active people, or of the next few. */
function anyPerson(event: number, random: JavaRandom): number {
  const people = lastPerson(event) + 1;
  const active = Math.min(people, ACTIVE_PEOPLE);
  return people - active + random.below(active + PERSON_LEAD);
}

/** Any of the auctions that may still run, or of the next few. */
function anyAuction(event: number, random: JavaRandom): number {
  const last = lastAuction(event);
  const first = Math.max(last - AUCTIONS_IN_FLIGHT, 0);
  return first + random.below(last - first + 1 + AUCTION_LEAD);
}

/** Events until as many auctions have come as are in flight. */
export const EVENTS_IN_FLIGHT = Math.floor((AUCTIONS_IN_FLIGHT * 50) / 3);

/** Powers of ten from 100 to 100,000,000, `STEPS` to each factor of ten. */
const STEPS = 1024;
const POWERS = Float64Array.from({ length: 6 * STEPS + 1 }, (_, i) => 100 * pow(10, i / STEPS));
/** How close to the middle of two cents a price by `POWERS` may come before it is computed in full. */
const SURE = 1e-4;

/** In cents: 1 to 1,000,000 dollars, as many below 10 dollars as between 10 and 100. */
export function anyPrice(random: JavaRandom): number {
  const exponent = random.nextDouble() * 6;
  const step = Math.floor(exponent * STEPS);
  const rest = (exponent - step / STEPS) * Math.LN10;
  const price = (POWERS[step] ?? 0) * (1 + rest * (1 + (rest / 2) * (1 + (rest / 3) * (1 + rest / 4))));
  const cents = Math.floor(price + 0.5);
  return Math.abs(price + 0.5 - cents - 0.5) > 0.5 - SURE ? Math.round(pow(10, exponent) * 100) : cents;
}

/** Three of four auctions are by one seller of each hundred people. */
const HOT_SELLERS_RATIO = 4;
const PEOPLE_PER_HOT_SELLER = 100;

export function sellerOf(event: number, random: JavaRandom): number {
  if (random.below(HOT_SELLERS_RATIO) === 0) return personId(anyPerson(event, random));
  return personId(Math.floor(lastPerson(event) / PEOPLE_PER_HOT_SELLER) * PEOPLE_PER_HOT_SELLER);
}

/** One of two bids is for the hot auction, the first of each hundred. */
const HOT_AUCTIONS_RATIO = 2;
const AUCTIONS_PER_HOT_ONE = 100;

export function auctionOf(event: number, random: JavaRandom): number {
  if (random.below(HOT_AUCTIONS_RATIO) === 0) return auctionId(anyAuction(event, random));
  return auctionId(Math.floor(lastAuction(event) / AUCTIONS_PER_HOT_ONE) * AUCTIONS_PER_HOT_ONE);
}

/** Three of four bids are by the hot bidder, the second of each hundred people. */
const HOT_BIDDERS_RATIO = 4;
const PEOPLE_PER_HOT_BIDDER = 100;

export function bidderOf(event: number, random: JavaRandom): number {
  if (random.below(HOT_BIDDERS_RATIO) === 0) return personId(anyPerson(event, random));
  return personId(Math.floor(lastPerson(event) / PEOPLE_PER_HOT_BIDDER) * PEOPLE_PER_HOT_BIDDER + 1);
}

const FIRST_CATEGORY = 10;
const CATEGORIES = 5;

export function anyCategory(random: JavaRandom): number {
  return FIRST_CATEGORY + random.below(CATEGORIES);
}

/** From the event to the end of the auction that it opens, ms. */
export function anyRunMs(horizonMs: number, random: JavaRandom): number {
  return 1 + random.below(Math.max(horizonMs * 2, 1));
}

/** Draws what words are made of, as many as there are, without making them. */
export function skipWords(most: number, random: JavaRandom): void {
  for (let count = 3 + random.below(most - 3); count > 0; count--) if (random.below(13) > 0) random.below(26);
}

/** Four whole numbers of 8 bytes each. */
export const BID_PADDING: Padding = { size: 32, average: 100 };

const HOT_CHANNELS_RATIO = 2;

/** Half of all bids come over one of four channels, which stand first, the others over one of ten thousand. */
export function anyChannel(random: JavaRandom): number {
  const isHot = random.below(HOT_CHANNELS_RATIO) > 0;
  return isHot ? random.below(HOT_CHANNELS.length) : HOT_CHANNELS.length + random.below(OTHER_CHANNELS);
}

/** Characters of a padding that a draw of 32 bits holds. */
export const LETTERS_A_DRAW = 6;

/** Length of the text that fills an event of `size` bytes up to `average` bytes, give or take a fifth; 0 for none. */
export function anyPadding({ size, average }: Padding, random: JavaRandom): number {
  if (size > average) return 0;
  const wanted = average - size;
  const delta = Math.round(wanted * 0.2);
  return wanted - delta + (delta === 0 ? 0 : random.below(2 * delta));
}
