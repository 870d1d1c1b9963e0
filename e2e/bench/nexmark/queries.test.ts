import { describe, expect, test } from 'vitest';
import type { SourceChunk } from '../../../src/sources/source-reader.ts';
import type { Column } from '../../../src/stream/column.ts';
import type { NexmarkEvents } from './events.ts';
import { nexmarkEvents } from './events.ts';
import { queries } from './queries.ts';
import { contendersOf } from './query-job.ts';
import type { Query } from './query.ts';

/** 25 s: several windows of every query, the last ones still open. */
const EVENTS = 25_000;
const events = nexmarkEvents(EVENTS, { rateEventsPerSec: 1000, groupSize: 1 });

async function checksums(query: Query, of: NexmarkEvents): Promise<Readonly<Record<string, string>>> {
  const sums: Record<string, string> = {};
  for (const { name, prepare } of contendersOf(query)) sums[name] = await (await prepare(of))();
  return sums;
}

describe.each(queries)('$name', (query) => {
  test('gives the same results in every column, and some', async () => {
    const sums = await checksums(query, events);
    expect(Object.keys(sums)).toEqual(expect.arrayContaining(['plain', 'tidemark', 'with-generator']));
    expect(new Set(Object.values(sums)).size).toBe(1);
    expect(sums['plain']).not.toMatch(/^0\//);
  });

  test('has as many columns at its sink as it sums up', () => {
    const sink = query.document.nodes.findIndex(({ type }) => type === 'sink');
    const edge = query.document.edges.find(({ to }) => to.node === query.document.nodes[sink]?.id);
    const last = query.document.nodes.find(({ id }) => id === edge?.from.node);
    expect(last?.config['columns']).toHaveLength(query.results.length);
  });
});

/** The events with another price in one bid. */
function withPrice(price: number): NexmarkEvents {
  const chunk = Math.floor(events.chunks.length / 2);
  const chunks = events.chunks.map((each, i) => (i === chunk ? changed(each, price) : each));
  return { ...events, chunks };
}

function changed(chunk: SourceChunk, price: number): SourceChunk {
  const [types, people, auctions, bids, time] = chunk.columns as readonly [Column, Column, Column, Column, Column];
  if (types.kind !== 'int' || bids.kind !== 'row') throw new Error('no bids');
  const row = types.values.indexOf(2);
  const children = bids.children.map((child, c) => {
    if (c !== 2 || child.kind !== 'float') return child;
    const values = child.values.slice();
    values[row] = price;
    return { ...child, values };
  });
  return { ...chunk, columns: [types, people, auctions, { ...bids, children }, time] };
}

test.each(['q0', 'q1', 'q7', 'q14', 'q22'])('%s sees in its checksum that one price is another', async (name) => {
  const query = queries.find((each) => each.name === name)!;
  const of = withPrice(30_000_001);
  const contenders = contendersOf(query).filter((contender) => contender.name !== 'with-generator');
  const sums = await Promise.all(contenders.map(async ({ prepare }) => (await prepare(of))()));
  const [honest] = await Promise.all(contenders.map(async ({ prepare }) => (await prepare(events))()));
  expect(new Set(sums).size).toBe(1);
  if (name !== 'q7') expect(sums[0]).not.toBe(honest);
});
