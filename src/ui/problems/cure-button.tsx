import { useMemo } from 'react';
import type { ReactElement } from 'react';
import { useDocumentStore } from '../../app/document-store.ts';
import { applyCure, cureOf } from '../../app/problem-cures.ts';
import type { Problem } from '../../stream/problem.ts';
import { Button } from '../theme/button.tsx';

/** Does what a problem's cure says, where nothing is left to decide; else there is no button. */
export function CureButton({ problem }: { problem: Problem }): ReactElement | null {
  const document = useDocumentStore((state) => state.document);
  const cure = useMemo(() => cureOf(document, problem), [document, problem]);
  if (cure === null) return null;
  return (
    <Button isSmall onClick={() => applyCure(cure)}>
      {cure.label}
    </Button>
  );
}
