import type { Column } from '../../../../src/stream/column.ts';
import { HOT_CHANNELS, OTHER_CHANNELS, channels } from './channels.ts';
import { anyAuction, anyPerson, anyPrice } from './draws.ts';
import { auctionId, lastAuction, lastPerson, personId } from './event-order.ts';
import type { JavaRandom } from './java-random.ts';
import { TextColumnWriter } from './text-column.ts';

/** One of two bids is for the hot auction, the first of each hundred. */
const HOT_AUCTIONS_RATIO = 2;
const AUCTIONS_PER_HOT_ONE = 100;
/** Three of four bids are by the hot bidder, the second of each hundred people. */
const HOT_BIDDERS_RATIO = 4;
const PEOPLE_PER_HOT_BIDDER = 100;
const HOT_CHANNELS_RATIO = 2;
/** Four whole numbers of 8 bytes each. */
const PADDING = { size: 32, average: 100 };

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
    this.auction[row] = auctionId(auctionOf(event, random));
    this.bidder[row] = personId(bidderOf(event, random));
    this.price[row] = anyPrice(random);
    this.dateTime[row] = timeMs;
    this.extra.padding(random, PADDING);
    this.extra.end(row);
    const isHot = random.below(HOT_CHANNELS_RATIO) > 0;
    this.channel[row] = isHot ? random.below(HOT_CHANNELS) : HOT_CHANNELS + random.below(OTHER_CHANNELS);
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

function auctionOf(event: number, random: JavaRandom): number {
  if (random.below(HOT_AUCTIONS_RATIO) === 0) return anyAuction(event, random);
  return Math.floor(lastAuction(event) / AUCTIONS_PER_HOT_ONE) * AUCTIONS_PER_HOT_ONE;
}

function bidderOf(event: number, random: JavaRandom): number {
  if (random.below(HOT_BIDDERS_RATIO) === 0) return anyPerson(event, random);
  return Math.floor(lastPerson(event) / PEOPLE_PER_HOT_BIDDER) * PEOPLE_PER_HOT_BIDDER + 1;
}
