import { BID } from '../../../../src/sources/generator/nexmark/event-order.ts';
import { queryDocument, select, where } from '../query-document.ts';
import type { Query } from '../query.ts';

/** Prices in another currency, exact in decimals. */
export const q1: Query = {
  name: 'q1',
  document: queryDocument({
    name: 'Nexmark q1',
    nodes: {
      bids: where('event_type = 2'),
      converted: select({
        auction: 'bid.auction',
        bidder: 'bid.bidder',
        price: '0.908 * bid.price',
        dateTime: 'dateTime',
        extra: 'bid.extra',
      }),
    },
    paths: [['events', 'bids', 'converted', 'results']],
  }),
  results: ['number', 'number', 'decimal', 'time', 'text'],
  plain: (rows, results) => {
    for (const row of rows) {
      if (row.type === BID) results.addRow(row.auction, row.bidder, row.price * 908, row.dateTime, row.extra);
    }
  },
};
