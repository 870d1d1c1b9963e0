import { expect, test } from 'vitest';
import { DEFAULT_ORDER, AUCTION, BASE_MS, BID, PERSON } from '../../../../src/sources/generator/nexmark/event-order.ts';
import { generatorConfig } from '../../../../src/sources/generator/generator-config.ts';
import { GeneratorReader } from '../../../../src/sources/generator/generator-reader.ts';
import { rowToJson } from '../../../../src/stream/value.ts';
import { nexmarkEvents } from '../events.ts';

/** Of all events, so that people, auctions and bids come to 1, 3 and 46 in 50. */
const EVENTS = 50_000;

function made(shape: string, share: number): readonly Record<string, unknown>[] {
  const config = generatorConfig.parse({
    shape,
    events: (EVENTS / 50) * share,
    rateEventsPerSec: (DEFAULT_ORDER.rateEventsPerSec / 50) * share,
    startMs: BASE_MS,
    delay: { distribution: 'none' },
  });
  const reader = new GeneratorReader({ config, timeIsArrival: false }, 99);
  const rows: Record<string, unknown>[] = [];
  for (let chunk = reader.next(); chunk !== null; chunk = reader.next()) {
    for (let i = 0; i < chunk.length; i++) rows.push(rowToJson(chunk.columns, reader.schema, i));
  }
  return rows;
}

/** The rows of a type as the benchmark has them, each with its fields by the names of its own. */
function recorded(type: number, names: Readonly<Record<string, number>>): readonly Record<string, unknown>[] {
  return nexmarkEvents(EVENTS).chunks.flatMap(({ columns, length }): Record<string, unknown>[] => {
    const [types] = columns;
    const row = columns[type + 1];
    if (types?.kind !== 'int' || row?.kind !== 'row') throw new Error('no events');
    const value = (child: number, i: number): unknown => {
      const column = row.children[child];
      if (column?.kind === 'text') return column.dictionary[column.ids[i]!];
      return column?.kind === 'float' ? column.values[i] : null;
    };
    return Array.from({ length }, (_, i) => i)
      .filter((i) => types.values[i] === type)
      .map((i): Record<string, unknown> =>
        Object.fromEntries(Object.entries(names).map(([name, child]): [string, unknown] => [name, value(child, i)])),
      );
  });
}

/** Whose events are those of Beam: see the recorded ones beside this file. */
test('the sources of the app make the events of the benchmark', () => {
  expect(made('people', 1)).toEqual(recorded(PERSON, { ts: 6, id: 0, name: 1, city: 4, state: 5 }));
  expect(made('auctions', 3)).toEqual(
    recorded(AUCTION, { ts: 5, id: 0, seller: 7, category: 8, first_bid: 3, reserve: 4, expires: 6 }),
  );
  expect(made('bids', 46)).toEqual(recorded(BID, { ts: 5, auction: 0, bidder: 1, price: 2, channel: 3 }));
});
