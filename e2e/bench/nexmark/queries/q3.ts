import type { Auction, Person } from '../event-rows.ts';
import { AUCTION, PERSON } from '../../../../src/sources/generator/nexmark/event-order.ts';
import { queryDocument, select, where } from '../query-document.ts';
import type { Query } from '../query.ts';

const STATES = ['OR', 'ID', 'CA'];

/** Who sells in a category and lives in some states: all that ever came is joined. */
export const q3: Query = {
  name: 'q3',
  document: queryDocument({
    name: 'Nexmark q3',
    nodes: {
      auctions: where('event_type = 1 AND auction.category = 10'),
      offers: select({ id: 'auction.id', seller: 'auction.seller' }),
      people: where("event_type = 0 AND (person.state = 'OR' OR person.state = 'ID' OR person.state = 'CA')"),
      sellers: select({ person: 'person.id', name: 'person.name', city: 'person.city', state: 'person.state' }),
      joined: { kind: 'join.regular', config: { leftKeys: ['seller'], rightKeys: ['person'] } },
      named: select({ name: 'name', city: 'city', state: 'state', id: 'id' }),
    },
    paths: [
      ['events', 'auctions', 'offers', 'joined:left'],
      ['events', 'people', 'sellers', 'joined:right'],
      ['joined', 'named', 'results'],
    ],
  }),
  results: ['text', 'text', 'text', 'number'],
  plain: (rows, results) => {
    const people = new Map<number, Person[]>();
    const auctions = new Map<number, Auction[]>();
    for (const row of rows) {
      if (row.type === AUCTION && row.category === 10) {
        keep(auctions, row.seller, row);
        for (const { name, city, state } of people.get(row.seller) ?? []) results.addRow(name, city, state, row.id);
      } else if (row.type === PERSON && STATES.includes(row.state)) {
        keep(people, row.id, row);
        for (const { id } of auctions.get(row.id) ?? []) results.addRow(row.name, row.city, row.state, id);
      }
    }
  },
};

function keep<T>(lists: Map<number, T[]>, key: number, value: T): void {
  const known = lists.get(key);
  if (known === undefined) lists.set(key, [value]);
  else known.push(value);
}
