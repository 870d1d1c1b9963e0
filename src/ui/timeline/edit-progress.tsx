import type { ReactElement } from 'react';
import { useRunStore } from '../../app/run-store.ts';
import { Button } from '../theme/button.tsx';
import { usePolled } from '../theme/use-polled.ts';
import styles from './run-bar.module.css';

const lookAtEdit = (): Promise<number | null> => useRunStore.getState().editProgress();

/** While nodes are rebuilt for an edit: how far that is, and a way to leave it. */
export function EditProgress(): ReactElement {
  const share = usePolled(lookAtEdit);
  if (share === null) return <span className={styles['state']}>Taking the edit</span>;
  return (
    <span className={styles['summary']}>
      Rebuilding from offset 0: {Math.floor(share * 100)}
      {'\u00a0'}%
      <Button isSmall onClick={() => useRunStore.getState().cancel()}>
        Cancel
      </Button>
    </span>
  );
}
