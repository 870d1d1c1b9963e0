import { GitBranch } from 'lucide-react';
import type { ReactElement } from 'react';
import { nameOf, useBranches } from '../../app/branches/branch-store.ts';
import { Button } from '../theme/button.tsx';
import styles from './branches.module.css';

/** Says that the graph on the screen is a branch's, and the way back. */
export function DraftBanner(): ReactElement | null {
  const branch = useBranches(({ branches, editing }) => branches.find(({ id }) => id === editing) ?? null);
  if (branch === null) return null;
  const { endEditing, takeOver } = useBranches.getState();
  return (
    <section className={styles['draft']} aria-label="Draft of a branch">
      <GitBranch size={14} aria-hidden />
      <p>
        <b>{nameOf(branch)}</b> The settings here are those of the branch: the run goes on as it is.
      </p>
      <Button isSmall onClick={endEditing}>
        Done
      </Button>
      <Button isSmall onClick={() => takeOver(branch.id)}>
        Take over
      </Button>
    </section>
  );
}
