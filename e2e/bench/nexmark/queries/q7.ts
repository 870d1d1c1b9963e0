import type { Bid } from '../event-rows.ts';
import { BID } from '../../../../src/sources/generator/nexmark/event-order.ts';
import { queryDocument, select, where } from '../query-document.ts';
import type { Query } from '../query.ts';
import { WindowsByHand } from '../windows-by-hand.ts';

const SIZE_MS = 10_000;

/**
 * The highest bids of each ten seconds. The SQL joins the bids with the highest prices by a window's end, which is no time
 * attribute: it is a join over all bids that ever came.
 */
export const q7: Query = {
  name: 'q7',
  document: queryDocument({
    name: 'Nexmark q7',
    nodes: {
      bids: where('event_type = 2'),
      passed: select({
        auction: 'bid.auction',
        bidder: 'bid.bidder',
        price: 'bid.price',
        dateTime: 'dateTime',
        extra: 'bid.extra',
      }),
      highest: {
        kind: 'window',
        config: {
          kind: 'tumbling',
          sizeMs: SIZE_MS,
          aggregates: [{ name: 'maxprice', function: 'max', argument: 'price' }],
        },
      },
      ends: select({ maxprice: 'maxprice', end: 'window_end' }),
      joined: {
        kind: 'join.regular',
        config: {
          leftKeys: ['price'],
          rightKeys: ['maxprice'],
          residual: "dateTime >= `end` - INTERVAL '10' SECOND AND dateTime <= `end`",
        },
      },
      told: select({
        auction: 'auction',
        price: 'price',
        bidder: 'bidder',
        dateTime: 'dateTime',
        extra: 'extra',
      }),
    },
    paths: [
      ['events', 'bids', 'passed', 'joined:left'],
      ['passed', 'highest', 'ends', 'joined:right'],
      ['joined', 'told', 'results'],
    ],
  }),
  results: ['number', 'number', 'number', 'time', 'text'],
  plain: (rows, results) => {
    const bids = new Map<number, Bid[]>();
    const ends = new Map<number, number[]>();
    const join = (bid: Bid, endMs: number): void => {
      if (bid.dateTime < endMs - SIZE_MS || bid.dateTime > endMs) return;
      results.addRow(bid.auction, bid.price, bid.bidder, bid.dateTime, bid.extra);
    };
    const windows = new WindowsByHand<{ price: number }>({
      sizeMs: SIZE_MS,
      advanceMs: SIZE_MS,
      create: () => ({ price: -Infinity }),
      close: ({ price }, _startMs, endMs) => {
        keep(ends, price, endMs);
        for (const bid of bids.get(price) ?? []) join(bid, endMs);
      },
    });
    for (const row of rows) {
      if (row.type === BID) {
        keep(bids, row.price, row);
        for (const endMs of ends.get(row.price) ?? []) join(row, endMs);
        for (const window of windows.of(row.dateTime)) window.price = Math.max(window.price, row.price);
      }
      windows.advance(row.dateTime);
    }
    windows.end();
  },
};

function keep<T>(lists: Map<number, T[]>, key: number, value: T): void {
  const known = lists.get(key);
  if (known === undefined) lists.set(key, [value]);
  else known.push(value);
}
