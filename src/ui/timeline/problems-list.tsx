import { CircleAlert, TriangleAlert } from 'lucide-react';
import type { ReactElement } from 'react';
import { displayName } from '../../app/document-catalog.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import type { Problem } from '../../stream/problem.ts';
import styles from './time-deck.module.css';

/** Every problem, its node and its cure; a click selects the node. */
export function ProblemsList({ problems }: { problems: readonly Problem[] }): ReactElement {
  if (problems.length === 0) return <p className={styles['empty']}>No problem.</p>;
  return (
    <ul className={styles['problems']}>
      {problems.map((problem, i) => (
        <li key={i} data-severity={problem.severity}>
          <ProblemLine problem={problem} />
        </li>
      ))}
    </ul>
  );
}

function ProblemLine({ problem }: { problem: Problem }): ReactElement {
  const { nodeId, severity, message, fix } = problem;
  const node = useDocumentStore((state) => state.document.nodes.find(({ id }) => id === nodeId));
  const Icon = severity === 'error' ? CircleAlert : TriangleAlert;
  const select = (): void => {
    if (node !== undefined) useDocumentStore.getState().select({ nodeIds: [node.id], edgeKeys: [] });
  };
  return (
    <>
      <Icon size={16} aria-label={severity} />
      <p>
        {node !== undefined && (
          <button type="button" className={styles['nodeLink']} onClick={select}>
            {displayName(node)}
          </button>
        )}
        <b>{message}</b> <span>{fix}</span>
      </p>
    </>
  );
}
