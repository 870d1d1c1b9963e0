import type { SourceChunk } from '../../../src/sources/source-reader.ts';
import { assert } from '../../../src/stream/assert.ts';
import type { Column } from '../../../src/stream/column.ts';
import type { NexmarkEvents } from './events.ts';
import { AUCTION, BID, PERSON } from '../../../src/sources/generator/nexmark/event-order.ts';

export interface Person {
  readonly type: typeof PERSON;
  readonly id: number;
  readonly name: string;
  readonly city: string;
  readonly state: string;
  readonly dateTime: number;
}

export interface Auction {
  readonly type: typeof AUCTION;
  readonly id: number;
  readonly seller: number;
  readonly category: number;
  readonly dateTime: number;
}

export interface Bid {
  readonly type: typeof BID;
  readonly auction: number;
  readonly bidder: number;
  readonly price: number;
  readonly channel: string;
  readonly url: string;
  readonly dateTime: number;
  readonly extra: string;
  /** When it arrives, ms. */
  readonly at: number;
}

/** An event as a user's own code would hold it; what no query reads is left out. */
export type EventRow = Person | Auction | Bid;

const rowsByEvents = new WeakMap<NexmarkEvents, readonly EventRow[]>();

/** The same rows for whoever asks: they are many. */
export function rowsOf(events: NexmarkEvents): readonly EventRow[] {
  const known = rowsByEvents.get(events);
  if (known !== undefined) return known;
  const rows = events.chunks.flatMap(rowsOfChunk);
  rowsByEvents.set(events, rows);
  return rows;
}

function rowsOfChunk({ columns, length, at }: SourceChunk): EventRow[] {
  const [types, people, auctions, bids] = columns;
  assert(types?.kind === 'int' && people && auctions && bids, 'the columns of all events');
  const person = { id: numbers(people, 0), name: texts(people, 1), city: texts(people, 4), state: texts(people, 5) };
  const auction = { id: numbers(auctions, 0), seller: numbers(auctions, 7), category: numbers(auctions, 8) };
  const bid = { auction: numbers(bids, 0), bidder: numbers(bids, 1), price: numbers(bids, 2) };
  const [channel, url, extra] = [texts(bids, 3), texts(bids, 4), texts(bids, 6)];
  const [personTime, auctionTime, bidTime] = [numbers(people, 6), numbers(auctions, 5), numbers(bids, 5)];
  return Array.from({ length }, (_, i): EventRow => {
    if (types.values[i] === PERSON) {
      const [name, city, state] = [person.name(i), person.city(i), person.state(i)];
      return { type: PERSON, id: person.id(i), name, city, state, dateTime: personTime(i) };
    }
    if (types.values[i] === AUCTION) {
      const { id, seller, category } = auction;
      return { type: AUCTION, id: id(i), seller: seller(i), category: category(i), dateTime: auctionTime(i) };
    }
    return {
      type: BID,
      auction: bid.auction(i),
      bidder: bid.bidder(i),
      price: bid.price(i),
      channel: channel(i),
      url: url(i),
      dateTime: bidTime(i),
      extra: extra(i),
      at: at[i]!,
    };
  });
}

function numbers(row: Column, child: number): (i: number) => number {
  const column = row.kind === 'row' ? row.children[child] : undefined;
  assert(column?.kind === 'float', 'numbers');
  return (i) => column.values[i]!;
}

function texts(row: Column, child: number): (i: number) => string {
  const column = row.kind === 'row' ? row.children[child] : undefined;
  assert(column?.kind === 'text', 'texts');
  return (i) => column.dictionary[column.ids[i]!]!;
}
