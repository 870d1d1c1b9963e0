import { CircleAlert, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { displayName } from '../../app/document-catalog.ts';
import { nodeById } from '../../app/document-index.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import type { Problem } from '../../stream/problem.ts';
import { Segments } from '../theme/segments.tsx';
import { Cure } from './cure.tsx';
import styles from './problem-list.module.css';

interface ProblemListProps {
  readonly problems: readonly Problem[];
  readonly onGo: (problem: Problem) => void;
}

type Shown = 'all' | 'error' | 'warning';

/** Every problem with its cure, errors first; a click goes to where it is. */
export function ProblemList({ problems, onGo }: ProblemListProps): ReactElement {
  const [chosen, setChosen] = useState<Shown>('all');
  const counts = { all: problems.length, error: countOf(problems, 'error'), warning: countOf(problems, 'warning') };
  const isMixed = counts.error > 0 && counts.warning > 0;
  // What was chosen may all be cured by now.
  const shown = isMixed ? chosen : 'all';
  if (problems.length === 0) return <p className={styles['none']}>No problem.</p>;
  return (
    <div className={styles['panel']}>
      {isMixed && (
        <Segments
          label="Which problems"
          value={shown}
          options={[
            { value: 'all', label: `All ${String(counts.all)}` },
            { value: 'error', label: `Errors ${String(counts.error)}` },
            { value: 'warning', label: `Warnings ${String(counts.warning)}` },
          ]}
          onChange={setChosen}
        />
      )}
      <ul className={styles['list']} aria-label={`Problems: ${String(counts[shown])}`}>
        {problems
          .filter(({ severity }) => shown === 'all' || severity === shown)
          .map((problem, i) => (
            <Row key={i} problem={problem} isNear={i < CURES_AT_ONCE} onGo={() => onGo(problem)} />
          ))}
      </ul>
    </div>
  );
}

/** A cure is found by trying it: those further down are, when somebody comes near. */
const CURES_AT_ONCE = 20;

interface RowProps {
  readonly problem: Problem;
  readonly isNear: boolean;
  readonly onGo: () => void;
}

function Row({ problem, isNear, onGo }: RowProps): ReactElement {
  const [isReached, setReached] = useState(isNear);
  const reach = (): void => setReached(true);
  return (
    <li data-severity={problem.severity} onFocus={reach} onPointerEnter={reach}>
      <ProblemText problem={problem} onGo={onGo} />
      {(isNear || isReached) && <Cure problem={problem} />}
    </li>
  );
}

function countOf(problems: readonly Problem[], severity: Problem['severity']): number {
  return problems.filter((problem) => problem.severity === severity).length;
}

/** A problem of the whole graph is nowhere to go to. */
function ProblemText({ problem, onGo }: { problem: Problem; onGo: () => void }): ReactElement {
  const isError = problem.severity === 'error';
  const Icon = isError ? CircleAlert : TriangleAlert;
  const text = (
    <>
      <Icon size={16} aria-label={isError ? 'Error' : 'Warning'} />
      <span>
        {problem.nodeId !== null && <NodeName id={problem.nodeId} />}
        <b>{problem.message}</b> <span className={styles['fix']}>{problem.fix}</span>
      </span>
    </>
  );
  if (problem.nodeId === null) return <p className={styles['text']}>{text}</p>;
  return (
    <button type="button" className={styles['text']} onClick={onGo}>
      {text}
    </button>
  );
}

function NodeName({ id }: { id: string }): ReactElement | null {
  const node = useDocumentStore(({ document }) => nodeById(document, id));
  return node === undefined ? null : <span className={styles['node']}>{displayName(node)}: </span>;
}
