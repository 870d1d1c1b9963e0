import { expect, test } from 'vitest';
import { addNote } from '../pipeline/annotations.ts';
import type { PipelineDocument } from '../pipeline/document.ts';
import * as edits from '../pipeline/edits.ts';
import { clicksToPurchases } from '../pipeline/templates/clicks-to-purchases.ts';
import { runSignature } from './run-document.ts';

const { document } = clicksToPurchases;
const note = { text: 'Why', x: 0, y: 0, w: 200, h: 100 };
const file = new File(['ts\n'], 'events.csv');

const SAME: readonly (readonly [string, PipelineDocument])[] = [
  ['a place', edits.moveNodes(document, new Map([['clicks', { x: 1, y: 2 }]]))],
  ['a name', edits.setLabel(document, 'clicks', 'All clicks')],
  ['a note', addNote(document, note)],
];
test.each(SAME)('%s leaves a run what it is', (_, other) => {
  expect(runSignature(other, {})).toBe(runSignature(document, {}));
});

const OTHER: readonly (readonly [string, PipelineDocument])[] = [
  ['a setting', edits.setConfig(document, { id: 'real-pages', config: { predicate: 'FALSE' } })],
  ['an edge', { ...document, edges: document.edges.slice(1) }],
  ['the seed', edits.setRun(document, { seed: 7 })],
  ['the end', edits.setRun(document, { end: 'drain' })],
  ['the rules', edits.setDialect(document, 'beam')],
  ['the time', edits.setTimeDomain(document, 'processing')],
];
test.each(OTHER)('%s makes it another run, and taken back the same', (_, other) => {
  const before = runSignature(document, {});
  expect(runSignature(other, {})).not.toBe(before);
  expect(runSignature(document, {})).toBe(before);
});

test('so does a file, and the same file chosen once more', () => {
  const again = new File(['ts\n'], 'events.csv');
  const signatures = [{}, { clicks: file }, { clicks: again }].map((files) => runSignature(document, files));
  expect(new Set(signatures).size).toBe(3);
});
