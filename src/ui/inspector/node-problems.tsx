import type { ReactElement } from 'react';
import { Cure } from '../problems/cure.tsx';
import { useAllProblems } from '../timeline/use-all-problems.ts';
import { Hint } from '../theme/hint.tsx';

/** A parameter's problems stand at its field. */
const AT_A_FIELD = /^nodes\.\d+\.(config|engine)\./;

/** What is wrong with the node as a whole, with the cure. */
export function NodeProblems({ nodeId }: { nodeId: string }): ReactElement {
  const problems = useAllProblems().filter((problem) => problem.nodeId === nodeId && !AT_A_FIELD.test(problem.path));
  return (
    <>
      {problems.map((problem, index) => (
        <Hint key={index} tone={problem.severity === 'error' ? 'error' : 'warning'}>
          <p>
            <b>{problem.message}</b>
          </p>
          <p>{problem.fix}</p>
          <Cure problem={problem} />
        </Hint>
      ))}
    </>
  );
}
