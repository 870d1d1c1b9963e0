import { useEffect, useState } from 'react';
import type { ReactElement } from 'react';
import { branchProgress } from '../../app/branches/compare-branch.ts';
import styles from './branches.module.css';

/** Time between two looks at how far a branch has come. */
const LOOK_MS = 250;

/** How far a branch is on its way to where the run stands. */
export function BranchProgress({ id }: { id: string }): ReactElement {
  const [share, setShare] = useState<number | null>(null);
  useEffect(() => {
    let isGone = false;
    const timer = setInterval(() => {
      void branchProgress(id).then(
        (now) => {
          if (!isGone) setShare(now);
        },
        () => undefined,
      );
    }, LOOK_MS);
    return () => {
      isGone = true;
      clearInterval(timer);
    };
  }, [id]);
  const percent = share === null ? null : Math.round(share * 100);
  return (
    <div className={styles['progress']}>
      <p>Running the branch over the same events…</p>
      <progress aria-label="The branch on its way to the run" max={100} value={percent ?? undefined} />
      {percent !== null && <span>{percent} %</span>}
    </div>
  );
}
