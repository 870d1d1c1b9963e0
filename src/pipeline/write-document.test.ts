import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DocumentNode, PipelineDocument } from './document.ts';
import { emptyDocument } from './empty-document.ts';
import { writeJson, type Writable } from './json-write.ts';
import { readDocument } from './read-document.ts';
import { clicksToPurchases } from './templates/clicks-to-purchases.ts';
import { writeDocument } from './write-document.ts';

const text = fc.string({
  unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
  maxLength: 20,
});
const id = fc
  .oneof(text, fc.constantFrom('__proto__', 'constructor', 'toString', '1', '10', '2'))
  .filter((s) => s !== '');

const documents = fc
  .record({
    name: text,
    ids: fc.uniqueArray(id, { maxLength: 8 }),
    labels: fc.array(fc.option(text, { nil: undefined }), { minLength: 8, maxLength: 8 }),
    predicates: fc.array(text, { minLength: 8, maxLength: 8 }),
    numbers: fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 16, maxLength: 16 }),
    edges: fc.uniqueArray(fc.tuple(fc.nat(7), fc.nat(7)), { selector: String, maxLength: 10 }),
    seed: fc.integer({ min: 0, max: 0xffff_ffff }),
  })
  .map(({ name, ids, labels, predicates, numbers, edges, seed }): PipelineDocument => ({
    ...emptyDocument(name),
    nodes: ids.map((nodeId, i): DocumentNode => {
      const label = labels[i] === undefined ? {} : { label: labels[i] };
      return { id: nodeId, type: 'filter', typeVersion: 1, ...label, config: { predicate: predicates[i] }, engine: {} };
    }),
    edges: edges.flatMap(([a, b]) => {
      const [from, to] = [ids[a], ids[b]];
      if (from === undefined || to === undefined) return [];
      return [{ from: { node: from, port: 'out' as const }, to: { node: to, port: 'in' as const } }];
    }),
    layout: Object.fromEntries(ids.map((nodeId, i) => [nodeId, { x: numbers[i]!, y: numbers[i + 8]! }])),
    run: { seed, end: 'flush' },
  }));

describe('a written document', () => {
  it('is read back as it was, and written again to the same bytes', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const written = writeDocument(document);
        const read = readDocument(written);
        expect(read.problems).toEqual([]);
        if (!read.ok) return;
        expect(read.value).toEqual(document);
        expect(writeDocument(read.value)).toBe(written);
      }),
      { numRuns: 500 },
    );
  });

  it('does not depend on the order of edits', () => {
    const { nodes, layout, ...rest } = clicksToPurchases.document;
    const shuffled: PipelineDocument = {
      layout: Object.fromEntries(Object.entries(layout).reverse()),
      nodes: nodes.map(({ config, ...node }) => ({
        config: Object.fromEntries(Object.entries(config).reverse()),
        ...node,
      })),
      ...rest,
    };
    expect(writeDocument(shuffled)).toBe(writeDocument(clicksToPurchases.document));
  });

  it('has the fields in the order of the contract, two blanks a level, and ends its last line', () => {
    expect(writeDocument(emptyDocument('A "name"'))).toBe(`{
  "$schema": "schema/graph.v1.json",
  "version": 1,
  "name": "A \\"name\\"",
  "dialect": "flink-datastream",
  "time": {
    "domain": "event"
  },
  "nodes": [],
  "edges": [],
  "layout": {},
  "run": {
    "seed": 1,
    "end": "flush"
  }
}
`);
  });
});

describe('JSON', () => {
  const write = (value: Writable): string => writeJson(value, (_, names) => names);

  it('is what JSON.stringify writes, wherever that loses nothing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain = JSON.stringify(value, null, 2);
        expect(write(JSON.parse(plain) as Writable)).toBe(plain);
      }),
    );
  });

  it.each([
    [-0, '-0'],
    [Infinity, '1e999'],
    [-Infinity, '-1e999'],
    [Number.NaN, '"NaN"'],
    ['\ud800', '"\\ud800"'],
    [1e21, '1e+21'],
    [5e-324, '5e-324'],
  ])('keeps %s', (value, expected) => {
    expect(write(value)).toBe(expected);
    if (!Number.isNaN(value)) expect(JSON.parse(write(value))).toBe(value);
  });
});
