import type { Column } from '../../../../src/stream/column.ts';
import {
  EVENTS_IN_FLIGHT,
  anyCategory,
  anyPrice,
  anyRunMs,
  sellerOf,
} from '../../../../src/sources/generator/nexmark/draws.ts';
import { auctionId, lastAuction, timeOf } from '../../../../src/sources/generator/nexmark/event-order.ts';
import type { JavaRandom } from '../../../../src/sources/generator/nexmark/java-random.ts';
import { TextColumnWriter } from './text-column.ts';

const AVERAGE_BYTES = 500;

/** Columns of the auctions of a chunk; rows of other events are NULL as a whole. */
export class AuctionColumns {
  private readonly id: Float64Array;
  private readonly name: TextColumnWriter;
  private readonly description: TextColumnWriter;
  private readonly initialBid: Float64Array;
  private readonly reserve: Float64Array;
  private readonly dateTime: Float64Array;
  private readonly expires: Float64Array;
  private readonly seller: Float64Array;
  private readonly category: Float64Array;
  private readonly extra: TextColumnWriter;
  private readonly microsPerEvent: number;

  constructor(rows: number, microsPerEvent: number) {
    this.microsPerEvent = microsPerEvent;
    this.id = new Float64Array(rows);
    this.name = new TextColumnWriter(rows);
    this.description = new TextColumnWriter(rows);
    this.initialBid = new Float64Array(rows);
    this.reserve = new Float64Array(rows);
    this.dateTime = new Float64Array(rows);
    this.expires = new Float64Array(rows);
    this.seller = new Float64Array(rows);
    this.category = new Float64Array(rows);
    this.extra = new TextColumnWriter(rows);
  }

  /** Writes the auction that the event makes. The draws come in Beam's order, and `random` was seeded by the event. */
  write(row: number, event: number, random: JavaRandom, timeMs: number): void {
    this.id[row] = auctionId(lastAuction(event));
    this.seller[row] = sellerOf(event, random);
    this.category[row] = anyCategory(random);
    const initialBid = anyPrice(random);
    const horizonMs = timeOf(event + EVENTS_IN_FLIGHT, this.microsPerEvent) - timeMs;
    this.initialBid[row] = initialBid;
    this.dateTime[row] = timeMs;
    this.expires[row] = timeMs + anyRunMs(horizonMs, random);
    this.name.words(random, 20);
    this.description.words(random, 100);
    const texts = this.name.end(row) + this.description.end(row);
    this.reserve[row] = initialBid + anyPrice(random);
    this.extra.padding(random, { size: 48 + texts, average: AVERAGE_BYTES });
    this.extra.end(row);
  }

  /** As `AUCTION_TYPE` lists them. */
  columns(): readonly Column[] {
    return [
      { kind: 'float', values: this.id, nulls: null },
      this.name.column(),
      this.description.column(),
      { kind: 'float', values: this.initialBid, nulls: null },
      { kind: 'float', values: this.reserve, nulls: null },
      { kind: 'float', values: this.dateTime, nulls: null },
      { kind: 'float', values: this.expires, nulls: null },
      { kind: 'float', values: this.seller, nulls: null },
      { kind: 'float', values: this.category, nulls: null },
      this.extra.column(),
    ];
  }
}
