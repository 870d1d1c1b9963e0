import { useDocumentStore } from '../../app/document-store.ts';
import type { Watch } from '../../app/run-state.ts';
import { useMarks } from '../../app/travel/marks-store.ts';
import { problemText } from '../inspector/field.tsx';
import { announce } from '../theme/announce.ts';
import { notify } from '../theme/notify.ts';
import { watchWords } from './watch-words.ts';

/** A breakpoint, on and told; one that cannot be says why. */
export async function breakHere(watch: Watch): Promise<void> {
  const problems = await useMarks.getState().addBreakpoint(watch);
  if (problems.length > 0) notify('error', 'That is no breakpoint', problems.map(problemText).join(' '));
  else announce(`Breakpoint: ${watchWords(watch, useDocumentStore.getState().document.nodes)}.`);
}
