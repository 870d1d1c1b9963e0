import { expect, test } from 'vitest';
import { chooseThere, useContextMenu } from './context-menu-store.ts';

const { getState } = useContextMenu;
const at = { x: 3, y: 4 };

test('what is chosen in the menu knows where it was opened, and nothing that comes after', () => {
  getState().open({ subject: 'graph', at }, at);
  const known: unknown[] = [];
  chooseThere(getState().close, () => known.push(getState().place, getState().pointedAt));
  expect([...known, getState().pointedAt]).toEqual([null, at, null]);
});

test('a menu that is closed with nothing chosen leaves no place behind', () => {
  getState().open({ subject: 'graph', at }, at);
  getState().close();
  expect(getState().pointedAt).toBeNull();
});
