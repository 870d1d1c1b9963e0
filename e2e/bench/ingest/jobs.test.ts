import { expect, test } from 'vitest';
import { eventCsv, eventNdjson } from './event-text.ts';
import { readByJsonParse } from './json-parse.ts';
import { EVENT_COLUMNS, ORDER_COLUMNS } from './layout.ts';
import { orderCsv, orderNdjson } from './order-text.ts';
import { readByPapaparse } from './papaparse.ts';
import { readByTidemark } from './tidemark.ts';

/** More than one batch of rows, and one that is not full. */
const RECORDS = 9000;

const csvFiles = [
  { name: 'orders', bytes: orderCsv(RECORDS), columns: ORDER_COLUMNS },
  { name: 'events', bytes: eventCsv(RECORDS), columns: EVENT_COLUMNS },
] as const;
const ndjsonFiles = [
  { name: 'orders', bytes: orderNdjson(RECORDS), columns: ORDER_COLUMNS, damage: ['"items":1', '"items":3'] },
  { name: 'events', bytes: eventNdjson(RECORDS), columns: EVENT_COLUMNS, damage: ['"country":"D', '"country":"E'] },
] as const;

test.each(csvFiles)('reads the $name of a CSV file as papaparse does, over and over', async ({ bytes, columns }) => {
  const read = readByTidemark(bytes, 'csv', columns);
  const sums = await read();
  expect(sums).toMatch(/^9000 rows /);
  expect(readByPapaparse(bytes, columns)()).toBe(sums);
  expect(await read()).toBe(sums);
});

test.each(ndjsonFiles)(
  'reads the $name of an NDJSON file as JSON.parse does, over and over',
  async ({ bytes, columns }) => {
    const read = readByTidemark(bytes, 'ndjson', columns);
    const sums = await read();
    expect(sums).toMatch(/^9000 rows /);
    expect(readByJsonParse(bytes, columns)()).toBe(sums);
    expect(await read()).toBe(sums);
  },
);

/** The bytes with one piece of text changed, near their end. */
function damaged(bytes: Uint8Array, from: string, to: string): Uint8Array {
  const copy = bytes.slice();
  const at = new TextDecoder('latin1').decode(bytes).lastIndexOf(from);
  expect(at).toBeGreaterThan(bytes.length / 2);
  copy.set(new TextEncoder().encode(to), at);
  return copy;
}

test('one value that is another shows in the checksum', async () => {
  const [orders, events] = ndjsonFiles;
  for (const { bytes, columns, damage } of [orders, events]) {
    const other = damaged(bytes, damage[0], damage[1]);
    expect(await readByTidemark(other, 'ndjson', columns)()).not.toBe(await readByTidemark(bytes, 'ndjson', columns)());
  }
  const order = damaged(orderCsv(RECORDS), ',true,', ',trie,');
  await expect(readByTidemark(order, 'csv', ORDER_COLUMNS)()).rejects.toThrow('every record is a row');
});
