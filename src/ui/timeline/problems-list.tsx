import { CircleAlert, TriangleAlert } from 'lucide-react';
import type { ReactElement } from 'react';
import { displayName } from '../../app/document-catalog.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import type { Problem } from '../../stream/problem.ts';
import { Cure } from '../problems/cure.tsx';
import { goToProblem } from '../problems/go-to-problem.ts';
import styles from './time-deck.module.css';

/** Every problem, its node and its cure; a click flies to the node. */
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
  return (
    <>
      <Icon size={16} aria-label={severity} />
      <p>
        {node !== undefined && (
          <button type="button" className={styles['nodeLink']} onClick={() => goToProblem(problem)}>
            {displayName(node)}
          </button>
        )}
        <b>{message}</b> <span>{fix}</span>
      </p>
      <Cure problem={problem} />
    </>
  );
}
