import { BID } from '../../../../src/sources/generator/nexmark/event-order.ts';
import { queryDocument, select, where } from '../query-document.ts';
import type { Query } from '../query.ts';

const SIZE_MS = 10_000;

/** How many bids each bidder made in ten seconds of the clock. What the clock has not closed at the end stays open. */
export const q12: Query = {
  name: 'q12',
  document: queryDocument({
    name: 'Nexmark q12',
    timeDomain: 'processing',
    nodes: {
      bids: where('event_type = 2'),
      bidders: select({ bidder: 'bid.bidder' }),
      counts: {
        kind: 'window',
        config: {
          kind: 'tumbling',
          sizeMs: SIZE_MS,
          keys: ['bidder'],
          aggregates: [{ name: 'bid_count', function: 'count' }],
        },
      },
      told: select({ bidder: 'bidder', bid_count: 'bid_count', starttime: 'window_start', endtime: 'window_end' }),
    },
    paths: [['events', 'bids', 'bidders', 'counts', 'told', 'results']],
  }),
  results: ['number', 'number', 'time', 'time'],
  plain: (rows, results) => {
    let counts = new Map<number, number>();
    let endMs = -Infinity;
    for (const row of rows) {
      if (row.type !== BID) continue;
      if (row.at >= endMs) {
        for (const [bidder, count] of counts) results.addRow(bidder, count, endMs - SIZE_MS, endMs);
        counts = new Map();
        endMs = (Math.floor(row.at / SIZE_MS) + 1) * SIZE_MS;
      }
      counts.set(row.bidder, (counts.get(row.bidder) ?? 0) + 1);
    }
  },
};
