import { expect, test } from 'vitest';
import { selectionWords } from './selection-words.ts';

test('a selection is told by what is in it', () => {
  expect(selectionWords({ nodes: 3, notes: 0, edges: 2 })).toBe('3 nodes');
  expect(selectionWords({ nodes: 1, notes: 2, edges: 0 })).toBe('1 node, 2 notes');
  expect(selectionWords({ nodes: 0, notes: 0, edges: 2 })).toBe('2 edges');
});
