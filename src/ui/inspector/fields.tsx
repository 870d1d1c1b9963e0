import type { ReactElement, ReactNode, Ref } from 'react';
import { useDocumentStore } from '../../app/document-store.ts';
import styles from './fields.module.css';

/** Whether the document takes no edits here, as while another tab writes it. */
export function useIsReadOnly(): boolean {
  return useDocumentStore((state) => state.refusal !== null);
}

/** Fields, all of them greyed and out of reach while the document takes no edits. */
export function Fields({ ref, children }: { ref?: Ref<HTMLFieldSetElement>; children: ReactNode }): ReactElement {
  return (
    <fieldset ref={ref} className={styles['all']} disabled={useIsReadOnly()} aria-label="Settings">
      {children}
    </fieldset>
  );
}
