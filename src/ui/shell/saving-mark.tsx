import type { ReactElement } from 'react';
import { useDocuments } from '../../app/documents/documents-state.ts';
import styles from './documents.module.css';

/** Whether the document is kept. Every change saves it: only what goes wrong is said aloud. */
export function SavingMark(): ReactElement {
  const saving = useDocuments((state) => state.saving);
  const reading = useDocuments((state) => state.reading);
  const isUnsaved = reading === null && saving.kind === 'unsaved';
  const text = useSavingWord();
  return (
    <span
      className={styles['mark']}
      data-saving={reading === null ? saving.kind : 'reading'}
      title={isUnsaved ? `Not saved: ${saving.reason}` : 'Kept in this browser. Export gives you a file.'}
    >
      <span aria-hidden>{text}</span>
      <span className={styles['aloud']} role="status">
        {isUnsaved ? `Not saved: ${saving.reason}` : reading === null ? '' : text}
      </span>
    </span>
  );
}

export function useSavingWord(): string {
  const { kind } = useDocuments((state) => state.saving);
  const isReading = useDocuments((state) => state.reading !== null);
  return isReading ? 'Read only' : { saved: 'Saved', saving: 'Saving…', unsaved: 'Not saved' }[kind];
}
