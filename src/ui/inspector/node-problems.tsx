import type { ReactElement } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { useAnalysis } from '../../app/document-analysis.ts';
import { Hint } from '../theme/hint.tsx';

/** What is wrong with the node, with the cure. What has a field of its own is said there too. */
export function NodeProblems({ nodeId }: { nodeId: string }): ReactElement {
  const problems = useAnalysis(useShallow((state) => state.problems.filter((problem) => problem.nodeId === nodeId)));
  return (
    <>
      {problems.map((problem, index) => (
        <Hint key={index} tone={problem.severity === 'error' ? 'error' : 'warning'}>
          <p>
            <b>{problem.message}</b>
          </p>
          <p>{problem.fix}</p>
        </Hint>
      ))}
    </>
  );
}
