import { useEffect } from 'react';
import { useDocumentStore } from '../../app/document-store.ts';
import { editWords, reopenWords } from '../../app/live-edit-words.ts';
import type { EditOutcome } from '../../app/run-state.ts';
import { useRunStore } from '../../app/run-store.ts';
import { notify } from '../theme/notify.ts';

/** Says in passing what an edit came to. */
export function EditNews(): null {
  const lastEdit = useRunStore((state) => state.lastEdit);
  useEffect(() => {
    if (lastEdit !== null) tell(lastEdit);
  }, [lastEdit]);
  return null;
}

function tell(outcome: EditOutcome): void {
  if (outcome.kind === 'refused') return;
  if (outcome.kind === 'reopened') {
    const { title, text } = reopenWords(outcome);
    notify('info', title, text);
    return;
  }
  const { title, text } = editWords(outcome.made);
  const undo = (): void => {
    const { document, undo: takeBack } = useDocumentStore.getState();
    if (document === outcome.made.document) takeBack();
    else notify('info', 'Other edits came since', 'Press Ctrl+Z for each of them.');
  };
  notify('info', title, text === '' ? undefined : text, { label: 'Undo', onClick: undo });
}
