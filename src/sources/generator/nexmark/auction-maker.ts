import type { Column } from '../../../stream/column.ts';
import type { EventMaker } from '../event-maker.ts';
import type { GeneratorConfig } from '../generator-config.ts';
import { floatColumn } from '../made-columns.ts';
import { EVENTS_IN_FLIGHT, anyCategory, anyPrice, anyRunMs, sellerOf, skipWords } from './draws.ts';
import { auctionId, lastAuction } from './event-order.ts';
import { EventTimes } from './event-times.ts';

/** id, seller, category, first bid, reserve, end */
const FIGURES = 6;

/** Auctions that people of the Nexmark benchmark open. */
export class AuctionMaker implements EventMaker {
  readonly figures = new Float64Array(FIGURES);
  timeMs: number;
  soonestMs: number;
  private readonly events: EventTimes;

  constructor(config: GeneratorConfig) {
    this.events = new EventTimes(config, 'auctions');
    this.timeMs = this.soonestMs = config.startMs;
  }

  next(): void {
    const { events, figures } = this;
    const { random } = events;
    events.next();
    const { event, timeMs } = events;
    this.timeMs = this.soonestMs = timeMs;
    figures[0] = auctionId(lastAuction(event));
    figures[1] = sellerOf(event, random);
    figures[2] = anyCategory(random);
    const firstBid = anyPrice(random);
    figures[3] = firstBid;
    figures[5] = timeMs + anyRunMs(events.timeOf(event + EVENTS_IN_FLIGHT) - timeMs, random);
    // What is sold, and its description.
    skipWords(20, random);
    skipWords(100, random);
    figures[4] = firstBid + anyPrice(random);
  }

  columns(times: Float64Array, figures: Float64Array): Column[] {
    const all = Array.from({ length: FIGURES }, (_, figure) =>
      floatColumn(times.length, (row) => figures[row * FIGURES + figure] ?? 0),
    );
    return [{ kind: 'float', values: times, nulls: null }, ...all];
  }
}
