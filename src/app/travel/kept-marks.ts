import { keep, readKept } from '../kept.ts';
import type { Marks } from './marks.ts';
import { hasMarks, readMarks } from './marks.ts';

const STORAGE_KEY = 'tidemark.marks';
/** Those of other documents are forgotten, the ones that were changed longest ago first. */
const DOCUMENTS_MAX = 50;

/** By document, last change last. */
function all(): readonly (readonly [documentId: string, marks: unknown])[] {
  const kept = readKept(STORAGE_KEY);
  return typeof kept === 'object' && kept !== null ? Object.entries(kept) : [];
}

/** The marks of a document that this browser has kept; null where there are none. */
export function keptMarks(documentId: string): Marks | null {
  const found = all().find(([id]) => id === documentId);
  return found === undefined ? null : readMarks(found[1]);
}

export function keepMarks(documentId: string, marks: Marks): void {
  const others = all().filter(([id]) => id !== documentId);
  const entries = hasMarks(marks) ? [...others, [documentId, marks] as const] : others;
  keep(STORAGE_KEY, Object.fromEntries(entries.slice(-DOCUMENTS_MAX)));
}
