import { expect, test } from 'vitest';
import type { SessionState } from './documents-state.ts';
import { isAtRisk } from './documents-state.ts';

const SAVED: SessionState = { currentId: 'a', saving: { kind: 'saved', atMs: 1 }, reading: null };
const taken = (hasUnsavedEdits: boolean): SessionState['reading'] => ({ reason: 'taken-over', hasUnsavedEdits });

test.each<[string, Partial<SessionState>, boolean]>([
  ['all is saved', {}, false],
  ['it is on its way', { saving: { kind: 'saving' } }, false],
  ['the storage takes nothing', { saving: { kind: 'unsaved', reason: 'it is full' } }, true],
  ['another tab writes it', { reading: taken(false) }, false],
  ['another tab has taken it over before all of it was saved', { reading: taken(true) }, true],
])('whether a page that goes takes work along: %s', (_, part, isLost) => {
  expect(isAtRisk({ ...SAVED, ...part })).toBe(isLost);
});
