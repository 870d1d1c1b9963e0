import { useCallback } from 'react';
import type { ReactElement } from 'react';
import { branchProgress } from '../../app/branches/compare-branch.ts';
import { usePolled } from '../theme/use-polled.ts';
import styles from './branches.module.css';

/** How far a branch is on its way to where the run stands. */
export function BranchProgress({ id }: { id: string }): ReactElement {
  const share = usePolled(useCallback(() => branchProgress(id), [id]));
  const percent = share === null ? null : Math.round(share * 100);
  return (
    <div className={styles['progress']}>
      <p>Running the branch over the same events…</p>
      <progress aria-label="The branch on its way to the run" max={100} value={percent ?? undefined} />
      {percent !== null && <span>{percent} %</span>}
    </div>
  );
}
