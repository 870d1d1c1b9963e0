import type { SourceChunk } from '../../../src/sources/source-reader.ts';
import { EventMaker } from './generator/event-maker.ts';
import type { EventOrder } from '../../../src/sources/generator/nexmark/event-order.ts';
import { DEFAULT_ORDER } from '../../../src/sources/generator/nexmark/event-order.ts';

/** A round of the engine. */
const CHUNK_EVENTS = 4096;

/** The events of a query's run: people, auctions and bids in one stream, in order of arrival. */
export interface NexmarkEvents {
  readonly length: number;
  readonly order: EventOrder;
  readonly chunks: readonly SourceChunk[];
}

/** They are made when their rows are first asked for: whoever makes events of its own is not burdened with these. */
export function nexmarkEvents(length: number, order = DEFAULT_ORDER): NexmarkEvents {
  let made: readonly SourceChunk[] | null = null;
  return {
    length,
    order,
    get chunks() {
      made ??= [...madeEvents(length, order)];
      return made;
    },
  };
}

/** Makes the same events while they are asked for. */
export function* madeEvents(length: number, order: EventOrder): Generator<SourceChunk, void> {
  const maker = new EventMaker(order);
  for (let made = 0; made < length; made += CHUNK_EVENTS) yield maker.next(Math.min(CHUNK_EVENTS, length - made));
}
