import { BID } from '../../../../src/sources/generator/nexmark/event-order.ts';
import { queryDocument, select, where } from '../query-document.ts';
import type { Query } from '../query.ts';

/** The directories of the page that a bid came from. */
export const q22: Query = {
  name: 'q22',
  document: queryDocument({
    name: 'Nexmark q22',
    nodes: {
      bids: where('event_type = 2'),
      told: select({
        auction: 'bid.auction',
        bidder: 'bid.bidder',
        price: 'bid.price',
        channel: 'bid.channel',
        dir1: "SPLIT_INDEX(bid.url, '/', 3)",
        dir2: "SPLIT_INDEX(bid.url, '/', 4)",
        dir3: "SPLIT_INDEX(bid.url, '/', 5)",
      }),
    },
    paths: [['events', 'bids', 'told', 'results']],
  }),
  results: ['number', 'number', 'number', 'text', 'text', 'text', 'text'],
  plain: (rows, results) => {
    for (const row of rows) {
      if (row.type !== BID) continue;
      const parts = row.url.split('/');
      const [dir1 = null, dir2 = null, dir3 = null] = parts.slice(3, 6);
      results.addRow(row.auction, row.bidder, row.price, row.channel, dir1, dir2, dir3);
    }
  },
};
