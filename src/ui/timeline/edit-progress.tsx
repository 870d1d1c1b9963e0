import { useEffect, useState } from 'react';
import type { ReactElement } from 'react';
import { useRunStore } from '../../app/run-store.ts';
import { Button } from '../theme/button.tsx';
import styles from './run-bar.module.css';

const ASK_PAUSE_MS = 150;

/** While nodes are rebuilt for an edit: how far that is, and a way to leave it. */
export function EditProgress(): ReactElement {
  const [share, setShare] = useState<number | null>(null);
  useEffect(() => {
    const { editProgress } = useRunStore.getState();
    const ask = (): void => void editProgress().then(setShare, () => setShare(null));
    const timer = setInterval(ask, ASK_PAUSE_MS);
    return () => clearInterval(timer);
  }, []);
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
