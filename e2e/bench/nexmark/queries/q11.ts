import { BID } from '../../../../src/sources/generator/nexmark/event-order.ts';
import { queryDocument, select, where } from '../query-document.ts';
import { DELAY_MS } from '../query.ts';
import type { Query } from '../query.ts';

const GAP_MS = 10_000;

interface Session {
  readonly startMs: number;
  lastMs: number;
  count: number;
}

/** How many bids each bidder made in one go. */
export const q11: Query = {
  name: 'q11',
  document: queryDocument({
    name: 'Nexmark q11',
    nodes: {
      bids: where('event_type = 2'),
      bidders: select({ bidder: 'bid.bidder' }),
      sessions: {
        kind: 'window',
        config: {
          kind: 'session',
          gapMs: GAP_MS,
          keys: ['bidder'],
          aggregates: [{ name: 'bid_count', function: 'count' }],
        },
        engine: { api: 'group-window' },
      },
      told: select({ bidder: 'bidder', bid_count: 'bid_count', starttime: 'window_start', endtime: 'window_end' }),
    },
    paths: [['events', 'bids', 'bidders', 'sessions', 'told', 'results']],
  }),
  results: ['number', 'number', 'time', 'time'],
  // Bids come in order: a session is over for good as soon as one is further away than the gap.
  plain: (rows, results) => {
    const sessions = new Map<number, Session>();
    const close = (bidder: number, { startMs, lastMs, count }: Session): void =>
      results.addRow(bidder, count, startMs, lastMs + GAP_MS);
    let sweepAtMs = -Infinity;
    for (const row of rows) {
      if (row.dateTime >= sweepAtMs) {
        for (const [bidder, session] of sessions) {
          if (session.lastMs + GAP_MS > row.dateTime - DELAY_MS) continue;
          sessions.delete(bidder);
          close(bidder, session);
        }
        sweepAtMs = row.dateTime + 1000;
      }
      if (row.type !== BID) continue;
      const { bidder, dateTime } = row;
      const session = sessions.get(bidder);
      if (session !== undefined && dateTime <= session.lastMs + GAP_MS) {
        session.lastMs = dateTime;
        session.count++;
        continue;
      }
      if (session !== undefined) close(bidder, session);
      sessions.set(bidder, { startMs: dateTime, lastMs: dateTime, count: 1 });
    }
    for (const [bidder, session] of sessions) close(bidder, session);
  },
};
