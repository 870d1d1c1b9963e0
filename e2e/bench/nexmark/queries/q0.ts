import { BID } from '../../../../src/sources/generator/nexmark/event-order.ts';
import { queryDocument, select, where } from '../query-document.ts';
import type { Query } from '../query.ts';

/** Bids as they are: what it costs to take an event in and to give it out. */
export const q0: Query = {
  name: 'q0',
  document: queryDocument({
    name: 'Nexmark q0',
    nodes: {
      bids: where('event_type = 2'),
      passed: select({
        auction: 'bid.auction',
        bidder: 'bid.bidder',
        price: 'bid.price',
        dateTime: 'dateTime',
        extra: 'bid.extra',
      }),
    },
    paths: [['events', 'bids', 'passed', 'results']],
  }),
  results: ['number', 'number', 'number', 'time', 'text'],
  plain: (rows, results) => {
    for (const row of rows) {
      if (row.type === BID) results.addRow(row.auction, row.bidder, row.price, row.dateTime, row.extra);
    }
  },
};
