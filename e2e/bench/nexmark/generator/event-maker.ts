import type { SourceChunk } from '../../../../src/sources/source-reader.ts';
import type { Column } from '../../../../src/stream/column.ts';
import { nullBitmap } from '../../../../src/stream/column.ts';
import { AuctionColumns } from './auctions.ts';
import { BidColumns } from './bids.ts';
import type { EventOrder } from '../../../../src/sources/generator/nexmark/event-order.ts';
import {
  AUCTION,
  BID,
  PERSON,
  eventAt,
  microsBetween,
  timeOf,
  typeOf,
} from '../../../../src/sources/generator/nexmark/event-order.ts';
import { JavaRandom } from '../../../../src/sources/generator/nexmark/java-random.ts';
import { PeopleColumns } from './people.ts';

/**
 * Makes the events of the Nexmark benchmark as Apache Beam's generator does: the same numbers, texts and times, event by
 * event, each from random numbers seeded by its own number. Left out are Beam's several generators at once and its changing
 * rates. Rows arrive in the order of their numbers' times, whatever the order within a group.
 */
export class EventMaker {
  private readonly order: EventOrder;
  private readonly random = new JavaRandom();
  private made = 0;

  constructor(order: EventOrder) {
    this.order = order;
  }

  /** The next `length` events, in the columns of the SQL queries' table. */
  next(length: number): SourceChunk {
    const { order, random } = this;
    const micros = microsBetween(order);
    const people = new PeopleColumns(length);
    const auctions = new AuctionColumns(length, micros);
    const bids = new BidColumns(length);
    const types = new Int32Array(length);
    const ts = new Float64Array(length);
    const at = new Float64Array(length);
    for (let row = 0; row < length; row++) {
      const nth = this.made + row;
      const event = eventAt(nth, order);
      const timeMs = timeOf(event, micros);
      const type = typeOf(event);
      random.seed(event);
      types[row] = type;
      ts[row] = timeMs;
      at[row] = timeOf(nth, micros);
      if (type === BID) bids.write(row, event, random, timeMs);
      else if (type === AUCTION) auctions.write(row, event, random, timeMs);
      else people.write(row, event, random, timeMs);
    }
    this.made += length;
    const columns: SourceChunk['columns'] = [
      { kind: 'int', values: types, nulls: null },
      rowColumn(people.columns(), PERSON, types),
      rowColumn(auctions.columns(), AUCTION, types),
      rowColumn(bids.columns(), BID, types),
      { kind: 'float', values: ts, nulls: null },
    ];
    return { length, columns, ts, at, kinds: null, partition: null };
  }
}

/** `type` are the rows that are there; what stands under a NULL is no value. */
function rowColumn(children: readonly Column[], type: number, types: Int32Array): Column {
  const nulls = nullBitmap(types.length);
  for (let row = 0; row < types.length; row++) nulls[row >> 3]! |= +(types[row] !== type) << (row & 7);
  return { kind: 'row', children, nulls };
}
