import type { SourceChunk } from '../../../src/sources/source-reader.ts';
import { EventMaker } from './generator/event-maker.ts';
import type { EventOrder } from './generator/event-order.ts';
import { DEFAULT_ORDER } from './generator/event-order.ts';

/** A round of the engine. */
const CHUNK_EVENTS = 4096;

/** The events of a query's run: people, auctions and bids in one stream, in order of arrival. */
export interface NexmarkEvents {
  readonly length: number;
  readonly order: EventOrder;
  readonly chunks: readonly SourceChunk[];
}

export function nexmarkEvents(length: number, order = DEFAULT_ORDER): NexmarkEvents {
  return { length, order, chunks: [...madeEvents(length, order)] };
}

/** Makes the same events while they are asked for. */
export function* madeEvents(length: number, order: EventOrder): Generator<SourceChunk, void> {
  const maker = new EventMaker(order);
  for (let made = 0; made < length; made += CHUNK_EVENTS) yield maker.next(Math.min(CHUNK_EVENTS, length - made));
}
