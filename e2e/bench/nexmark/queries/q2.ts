import { BID } from '../../../../src/sources/generator/nexmark/event-order.ts';
import { queryDocument, select, where } from '../query-document.ts';
import type { Query } from '../query.ts';

/** Bids for some auctions. */
export const q2: Query = {
  name: 'q2',
  document: queryDocument({
    name: 'Nexmark q2',
    nodes: {
      bids: where('event_type = 2'),
      some: where('MOD(bid.auction, 123) = 0'),
      prices: select({ auction: 'bid.auction', price: 'bid.price' }),
    },
    paths: [['events', 'bids', 'some', 'prices', 'results']],
  }),
  results: ['number', 'number'],
  plain: (rows, results) => {
    for (const row of rows) {
      if (row.type === BID && row.auction % 123 === 0) results.addRow(row.auction, row.price);
    }
  },
};
