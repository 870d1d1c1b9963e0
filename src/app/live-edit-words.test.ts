import { expect, test } from 'vitest';
import { clicksToPurchases } from '../pipeline/templates/clicks-to-purchases.ts';
import type { NodeChange } from '../worker/edit-protocol.ts';
import { editedWords } from './live-edit-words.ts';

const { document } = clicksToPurchases;
const WINDOW = idOf('Clicks per user');
const FILTER = idOf('Real pages');
const SINK = idOf('Activity');

function idOf(label: string): string {
  const id = document.nodes.find((node) => node.label === label)?.id;
  if (id === undefined) throw new Error(`The template has no node ${label}.`);
  return id;
}

function change(nodeId: string, why: NodeChange['why'], ...parameters: readonly string[]): NodeChange {
  return { nodeId, why, parameters };
}

function words(fromHere: readonly NodeChange[], rebuilt: readonly NodeChange[] = []): string {
  return editedWords({ edit: { fromHere, rebuilt, reopen: null }, document });
}

test('an edit is called by its node and setting, with the value that counts from there on', () => {
  expect(words([], [change(WINDOW, 'settings', 'sizeMs')])).toMatch(/^Clicks per user: Size 10\ss$/);
  expect(words([change(WINDOW, 'settings', 'latenessMs')])).toMatch(/^Clicks per user: Allowed lateness 2\ss$/);
  expect(words([change(FILTER, 'settings', 'predicate')])).toMatch(/^Real pages: Keep if page <> '\/help'$/);
});

test('what a list holds is not told, only that it is another one', () => {
  expect(words([], [change(WINDOW, 'settings', 'aggregates')])).toBe('Clicks per user: Aggregates');
});

test('nodes that follow the edit are not told, those that were edited together are counted', () => {
  const below = change(SINK, 'above');
  expect(words([], [change(WINDOW, 'settings', 'sizeMs'), below])).toMatch(/^Clicks per user: Size 10\ss$/);
  expect(words([change(FILTER, 'settings', 'predicate')], [change(WINDOW, 'settings', 'sizeMs'), below])).toMatch(
    / and 1 more$/,
  );
});

test('new nodes, other edges, and what is there no more', () => {
  expect(words([], [change(WINDOW, 'new')])).toBe('Clicks per user is new');
  expect(words([change(SINK, 'edges')])).toBe('edges of Activity');
  expect(words([], [change('gone', 'settings', 'sizeMs')])).toBe('gone');
  expect(words([])).toBe('nothing of the run');
});
