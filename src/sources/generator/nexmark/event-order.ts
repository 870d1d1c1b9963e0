/** How the events of the benchmark follow each other. */
export interface EventOrder {
  /** Events a second of event time. */
  readonly rateEventsPerSec: number;
  /** Events come out of order within groups of so many; 1 for events in order. */
  readonly groupSize: number;
}

export const DEFAULT_ORDER: EventOrder = { rateEventsPerSec: 10_000, groupSize: 1 };

/** Event time of the first event: that of Beam's runs which are to be repeatable. */
export const BASE_MS = 1_436_918_400_000;

export const PERSON = 0;
export const AUCTION = 1;
export const BID = 2;

/** Of 50 events in a row one is a person, three are auctions, 46 are bids. */
export const EPOCH = 50;
const PEOPLE = 1;
const AUCTIONS = 3;

const FIRST_PERSON_ID = 1000;
const FIRST_AUCTION_ID = 1000;

/** PERSON, AUCTION or BID: an event's number says it, no draw. */
export function typeOf(event: number): number {
  const place = event % EPOCH;
  return place < PEOPLE ? PERSON : place < PEOPLE + AUCTIONS ? AUCTION : BID;
}

/** How many events of a type there are in 50, and the place of the first. */
export function countInEpoch(type: number): number {
  return type === PERSON ? PEOPLE : type === AUCTION ? AUCTIONS : EPOCH - PEOPLE - AUCTIONS;
}

export function firstInEpoch(type: number): number {
  return type === PERSON ? 0 : type === AUCTION ? PEOPLE : PEOPLE + AUCTIONS;
}

/** How many people came before the last one at this event, the event itself included. */
export function lastPerson(event: number): number {
  return Math.floor(event / EPOCH);
}

/** The same for auctions; -1 where there is none yet. */
export function lastAuction(event: number): number {
  const epoch = Math.floor(event / EPOCH);
  const place = event - epoch * EPOCH;
  if (place < PEOPLE) return epoch * AUCTIONS - 1;
  return epoch * AUCTIONS + Math.min(place - PEOPLE, AUCTIONS - 1);
}

export function personId(person: number): number {
  return FIRST_PERSON_ID + person;
}

export function auctionId(auction: number): number {
  return FIRST_AUCTION_ID + auction;
}

/** The number that the `nth` event has: another order within each group. */
export function eventAt(nth: number, { groupSize }: EventOrder): number {
  const place = nth % groupSize;
  return nth - place + ((nth * 953) % groupSize);
}

/** Milliseconds from event to event, in thousandths. */
export function microsBetween({ rateEventsPerSec }: Pick<EventOrder, 'rateEventsPerSec'>): number {
  return Math.floor((1_000_000 + rateEventsPerSec / 2) / rateEventsPerSec);
}

/** Event time of the event with this number. */
export function timeOf(event: number, microsPerEvent: number): number {
  return BASE_MS + Math.floor((event * microsPerEvent) / 1000);
}
