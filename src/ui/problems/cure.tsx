import { Suspense } from 'react';
import type { ReactElement } from 'react';
import type { Problem } from '../../stream/problem.ts';
import { lazyPart } from '../theme/lazy-part.tsx';

const CureButton = lazyPart(async () => (await import('./cure-button.tsx')).CureButton);

/** A button for the cure of a problem, where there is a certain one. What judges a cure comes with the first problem. */
export function Cure({ problem }: { problem: Problem }): ReactElement {
  return (
    <Suspense fallback={null}>
      <CureButton problem={problem} />
    </Suspense>
  );
}
