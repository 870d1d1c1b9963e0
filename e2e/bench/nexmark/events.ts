import type { SourceChunk } from '../../../src/sources/source-reader.ts';
import { EventMaker } from './generator/event-maker.ts';
import { DEFAULT_ORDER } from './generator/event-order.ts';

/** A round of the engine. */
const CHUNK_EVENTS = 4096;

/** The events of a query's run: people, auctions and bids in one stream, in order of arrival. */
export interface NexmarkEvents {
  readonly length: number;
  readonly chunks: readonly SourceChunk[];
}

export function nexmarkEvents(length: number): NexmarkEvents {
  return { length, chunks: [...madeEvents(length)] };
}

/** Makes the same events while they are asked for. */
export function* madeEvents(length: number): Generator<SourceChunk, void> {
  const maker = new EventMaker(DEFAULT_ORDER);
  for (let made = 0; made < length; made += CHUNK_EVENTS) yield maker.next(Math.min(CHUNK_EVENTS, length - made));
}
