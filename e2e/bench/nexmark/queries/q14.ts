import { BID } from '../../../../src/sources/generator/nexmark/event-order.ts';
import { queryDocument, select, where } from '../query-document.ts';
import type { Query } from '../query.ts';

/** Bids of a certain size, with the time of day and how often a letter occurs in their text. */
export const q14: Query = {
  name: 'q14',
  document: queryDocument({
    name: 'Nexmark q14',
    nodes: {
      bids: where('event_type = 2'),
      large: where('0.908 * bid.price > 1000000 AND 0.908 * bid.price < 50000000'),
      told: select({
        auction: 'bid.auction',
        bidder: 'bid.bidder',
        price: '0.908 * bid.price',
        bidTimeType:
          "CASE WHEN HOUR(dateTime) >= 8 AND HOUR(dateTime) <= 18 THEN 'dayTime'" +
          " WHEN HOUR(dateTime) <= 6 OR HOUR(dateTime) >= 20 THEN 'nightTime' ELSE 'otherTime' END",
        dateTime: 'dateTime',
        extra: 'bid.extra',
        // The function of the benchmark's own that counts a character.
        c_counts: "CHAR_LENGTH(bid.extra) - CHAR_LENGTH(REPLACE(bid.extra, 'c', ''))",
      }),
    },
    paths: [['events', 'bids', 'large', 'told', 'results']],
  }),
  results: ['number', 'number', 'decimal', 'text', 'time', 'text', 'number'],
  plain: (rows, results) => {
    for (const row of rows) {
      if (row.type !== BID) continue;
      const { auction, bidder, dateTime, extra } = row;
      const price = row.price * 908;
      if (price <= 1_000_000_000 || price >= 50_000_000_000) continue;
      const hour = new Date(dateTime).getUTCHours();
      const time = hour >= 8 && hour <= 18 ? 'dayTime' : hour <= 6 || hour >= 20 ? 'nightTime' : 'otherTime';
      results.addRow(auction, bidder, price, time, dateTime, extra, countOf(extra, 'c'));
    }
  },
};

function countOf(text: string, character: string): number {
  let count = 0;
  for (const each of text) if (each === character) count++;
  return count;
}
