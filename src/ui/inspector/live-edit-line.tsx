import type { ReactElement } from 'react';
import { useDocumentStore } from '../../app/document-store.ts';
import type { DocumentNode } from '../../app/document-store.ts';
import { beforeEditWords, nodeEditWords } from '../../app/live-edit-words.ts';
import { useRunStore } from '../../app/run-store.ts';
import styles from './inspector.module.css';

/** What an edit of this node does to the run that goes on, and what the last one did. */
export function LiveEditLine({ node }: { node: DocumentNode }): ReactElement | null {
  const isUnderWay = useRunStore(({ status, position }) => {
    return position.seq > 0 && (status.kind === 'running' || status.kind === 'paused');
  });
  const last = useRunStore((state) => state.edits.at(-1));
  const document = useDocumentStore((state) => state.document);
  if (!isUnderWay) return null;
  const done = last === undefined ? null : nodeEditWords(node.id, last);
  return (
    <p className={styles['note']} data-live-edit="">
      {done !== null && <b>{done} </b>}
      {beforeEditWords(node, document)}
    </p>
  );
}
