import { AUCTION, PERSON } from '../../../../src/sources/generator/nexmark/event-order.ts';
import { queryDocument, select, where } from '../query-document.ts';
import type { Query } from '../query.ts';
import { WindowsByHand } from '../windows-by-hand.ts';

const SIZE_MS = 10_000;

/** Who came and opened an auction within the same ten seconds. */
export const q8: Query = {
  name: 'q8',
  document: queryDocument({
    name: 'Nexmark q8',
    nodes: {
      people: where('event_type = 0'),
      names: select({ id: 'person.id', name: 'person.name' }),
      arrivals: {
        kind: 'window',
        config: { kind: 'tumbling', sizeMs: SIZE_MS, keys: ['id', 'name'], aggregates: [] },
      },
      auctions: where('event_type = 1'),
      sellers: select({ seller: 'auction.seller' }),
      sales: { kind: 'window', config: { kind: 'tumbling', sizeMs: SIZE_MS, keys: ['seller'], aggregates: [] } },
      joined: { kind: 'join.window', config: { leftKeys: ['id'], rightKeys: ['seller'] } },
      told: select({ id: 'id', name: 'name', stime: 'window_start' }),
    },
    paths: [
      ['events', 'people', 'names', 'arrivals', 'joined:left'],
      ['events', 'auctions', 'sellers', 'sales', 'joined:right'],
      ['joined', 'told', 'results'],
    ],
  }),
  results: ['number', 'text', 'time'],
  plain: (rows, results) => {
    const windows = new WindowsByHand<{ readonly people: Map<number, string>; readonly sellers: Set<number> }>({
      sizeMs: SIZE_MS,
      advanceMs: SIZE_MS,
      create: () => ({ people: new Map(), sellers: new Set() }),
      close: ({ people, sellers }, startMs) => {
        for (const [id, name] of people) if (sellers.has(id)) results.addRow(id, name, startMs);
      },
    });
    for (const row of rows) {
      if (row.type === PERSON) for (const { people } of windows.of(row.dateTime)) people.set(row.id, row.name);
      if (row.type === AUCTION) for (const { sellers } of windows.of(row.dateTime)) sellers.add(row.seller);
      windows.advance(row.dateTime);
    }
    windows.end();
  },
};
