import { useMemo } from 'react';
import type { ReactElement } from 'react';
import { useDocumentStore } from '../../app/document-store.ts';
import type { Cure } from '../../app/problem-cures.ts';
import { applyCure, cureOf } from '../../app/problem-cures.ts';
import type { Problem } from '../../stream/problem.ts';
import { Button } from '../theme/button.tsx';

/** Does what a problem's cure says, where nothing is left to decide; else there is no button. */
export function CureButton({ problem }: { problem: Problem }): ReactElement | null {
  // Problems are told anew when the graph changes, not with every name and place in it.
  const label = useMemo(() => cureNow(problem)?.label, [problem]);
  if (label === undefined) return null;
  const apply = (): void => {
    const cure = cureNow(problem);
    if (cure !== null) applyCure(cure);
  };
  return (
    <Button isSmall onClick={apply}>
      {label}
    </Button>
  );
}

function cureNow(problem: Problem): Cure | null {
  return cureOf(useDocumentStore.getState().document, problem);
}
