import { KeptByDocument } from '../kept-by-document.ts';
import type { Marks } from './marks.ts';
import { hasMarks, readMarks } from './marks.ts';

/** Marks that this browser has kept. */
export const keptMarks = new KeptByDocument<Marks>({
  key: 'tidemark.marks',
  read: readMarks,
  isEmpty: (marks) => !hasMarks(marks),
});
