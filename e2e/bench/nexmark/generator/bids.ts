import type { Column } from '../../../../src/stream/column.ts';
import { channels } from './channels.ts';
import {
  BID_PADDING,
  anyChannel,
  anyPrice,
  auctionOf,
  bidderOf,
} from '../../../../src/sources/generator/nexmark/draws.ts';
import type { JavaRandom } from '../../../../src/sources/generator/nexmark/java-random.ts';
import { TextColumnWriter } from './text-column.ts';

/** Columns of the bids of a chunk; rows of other events are NULL as a whole. */
export class BidColumns {
  private readonly auction: Float64Array;
  private readonly bidder: Float64Array;
  private readonly price: Float64Array;
  private readonly channel: Int32Array;
  private readonly dateTime: Float64Array;
  private readonly extra: TextColumnWriter;

  constructor(rows: number) {
    this.auction = new Float64Array(rows);
    this.bidder = new Float64Array(rows);
    this.price = new Float64Array(rows);
    this.channel = new Int32Array(rows);
    this.dateTime = new Float64Array(rows);
    this.extra = new TextColumnWriter(rows);
  }

  /**
   * Writes the bid that the event makes. The draws come in Beam's order, and `random` was seeded by the event. Beam's bids
   * have neither channel nor page; those of the SQL queries are drawn last, so that all else is as in Beam.
   */
  write(row: number, event: number, random: JavaRandom, timeMs: number): void {
    this.auction[row] = auctionOf(event, random);
    this.bidder[row] = bidderOf(event, random);
    this.price[row] = anyPrice(random);
    this.dateTime[row] = timeMs;
    this.extra.padding(random, BID_PADDING);
    this.extra.end(row);
    this.channel[row] = anyChannel(random);
  }

  /** As `BID_TYPE` lists them. */
  columns(): readonly Column[] {
    const { names, urls } = channels();
    return [
      { kind: 'float', values: this.auction, nulls: null },
      { kind: 'float', values: this.bidder, nulls: null },
      { kind: 'float', values: this.price, nulls: null },
      { kind: 'text', ids: this.channel, dictionary: names, nulls: null },
      { kind: 'text', ids: this.channel, dictionary: urls, nulls: null },
      { kind: 'float', values: this.dateTime, nulls: null },
      this.extra.column(),
    ];
  }
}
