import { BID } from '../../../../src/sources/generator/nexmark/event-order.ts';
import { queryDocument, select, where } from '../query-document.ts';
import type { Query } from '../query.ts';
import { WindowsByHand } from '../windows-by-hand.ts';

/** The auctions with most bids of the last ten seconds, every two seconds. */
export const q5: Query = {
  name: 'q5',
  document: queryDocument({
    name: 'Nexmark q5',
    nodes: {
      bids: where('event_type = 2'),
      auctions: select({ auction: 'bid.auction' }),
      counts: {
        kind: 'window',
        config: {
          kind: 'hopping',
          sizeMs: 10_000,
          advanceMs: 2000,
          keys: ['auction'],
          aggregates: [{ name: 'num', function: 'count' }],
        },
      },
      most: {
        kind: 'window',
        config: { kind: 'inherited', aggregates: [{ name: 'maxn', function: 'max', argument: 'num' }] },
      },
      hottest: { kind: 'join.window', config: { residual: 'num >= maxn' } },
      told: select({ auction: 'auction', num: 'num' }),
    },
    paths: [
      ['events', 'bids', 'auctions', 'counts', 'hottest:left'],
      ['counts', 'most', 'hottest:right'],
      ['hottest', 'told', 'results'],
    ],
  }),
  results: ['number', 'number'],
  plain: (rows, results) => {
    const windows = new WindowsByHand<Map<number, number>>({
      sizeMs: 10_000,
      advanceMs: 2000,
      create: () => new Map(),
      close: (counts) => {
        const most = Math.max(...counts.values());
        for (const [auction, num] of counts) if (num >= most) results.addRow(auction, num);
      },
    });
    for (const row of rows) {
      if (row.type === BID) {
        const { auction } = row;
        for (const counts of windows.of(row.dateTime)) counts.set(auction, (counts.get(auction) ?? 0) + 1);
      }
      windows.advance(row.dateTime);
    }
    windows.end();
  },
};
