import { X } from 'lucide-react';
import type { ReactElement } from 'react';
import { nameOf, shownBranch, useBranches } from '../../app/branches/branch-store.ts';
import { useRunStore } from '../../app/run-store.ts';
import { Button } from '../theme/button.tsx';
import { GhostMark } from './ghost-mark.tsx';
import { summaryAt } from './branch-words.ts';
import { useComparison } from './use-comparison.ts';
import styles from './ghost-bar.module.css';

/** Keeps what is laid over charts and the plane in step with the run, and says which side is which. */
export function GhostBar(): ReactElement | null {
  const branch = useBranches(shownBranch);
  const watched = useRunStore((state) => state.watched);
  const column = useRunStore((state) => state.charts.windows?.column ?? null);
  useComparison(branch, watched, column);
  if (branch === null) return null;
  const { comparison, problems } = branch;
  const isThere = comparison?.node?.nodeId === watched;
  const name = nameOf(branch);
  return (
    <section className={styles['bar']} aria-label="Laid over charts and plane">
      <span>
        <GhostMark kind="line" /> dashed: <b>{name}</b>
      </span>
      {problems.length > 0 ? (
        <span className={styles['words']}>cannot be run: {problems[0]?.message}</span>
      ) : isThere ? (
        <span className={styles['words']}>{summaryAt(comparison, watched)}</span>
      ) : (
        <span className={styles['words']}>runs over the same events…</span>
      )}
      <span className={styles['marks']} aria-hidden>
        <span>
          <GhostMark kind="kept" /> kept there
        </span>
        <span>
          <GhostMark kind="dropped" /> dropped there
        </span>
        <span>
          <GhostMark kind="window" /> other result there
        </span>
        {isThere && comparison?.node?.marks.windows.isMerging === true && (
          <span>
            <GhostMark kind="session" /> session only there
          </span>
        )}
      </span>
      <Button
        look="quiet"
        isIcon
        isSmall
        aria-label={`Take ${name} off charts and plane`}
        title="Take it off charts and plane; the branch stays"
        onClick={() => useBranches.getState().layOver(false)}
      >
        <X size={14} aria-hidden />
      </Button>
    </section>
  );
}
