import type { ReactElement } from 'react';
import type { Problem } from '../../stream/problem.ts';
import { goToNode } from '../canvas/go-to-node.ts';
import { Button } from '../theme/button.tsx';
import styles from './branches.module.css';

/** Why a branch cannot be run, and the way out. */
export function BranchProblems({ problems }: { problems: readonly Problem[] }): ReactElement {
  return (
    <ul className={styles['problems']} role="alert">
      {problems.map(({ code, message, fix, nodeId }) => (
        <li key={`${code} ${nodeId ?? ''} ${message}`}>
          <b>{message}</b> {fix}{' '}
          {nodeId !== null && (
            <Button isSmall onClick={() => goToNode(nodeId)}>
              Show
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
