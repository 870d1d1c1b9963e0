import { Suspense } from 'react';
import type { ReactElement } from 'react';
import { usePanels } from '../shell/panel-store.ts';
import { goToProblem } from '../problems/go-to-problem.ts';
import { ProblemList } from '../problems/problem-list.tsx';
import { lazyPart } from '../theme/lazy-part.tsx';
import type { DeckView } from './deck-view-store.ts';
import { isBesidePlane } from './deck-view-store.ts';
import { DropsView } from './drops-view.tsx';
import { LedgerTable } from './ledger-table.tsx';
import { ResultsView } from './results-view.tsx';
import { useAllProblems } from './use-all-problems.ts';
import styles from './time-deck.module.css';

// The plotting library is a third of the page: it comes when the first chart does.
const ChartGrid = lazyPart(async () => (await import('../charts/chart-grid.tsx')).ChartGrid);
const PlanePanel = lazyPart(async () => (await import('../plane/plane-panel.tsx')).PlanePanel);
const BranchView = lazyPart(async () => (await import('../branches/branch-view.tsx')).BranchView);

/** What is chosen, with the plane at its left where there is room for both and it was not folded away. */
export function DeckBody({ view, hasRoom }: { view: DeckView; hasRoom: boolean }): ReactElement {
  const { isPlaneFolded, filled } = usePanels();
  const isAlone = view === 'plane' || filled === 'plane';
  const hasPlane = isAlone || (hasRoom && !isPlaneFolded && isBesidePlane(view));
  return (
    <div className={styles['body']} data-halves={(hasPlane && !isAlone) || undefined}>
      <Suspense fallback={null}>{hasPlane && <PlanePanel key="plane" />}</Suspense>
      {!isAlone && (
        <div className={styles['half']} key="view">
          <Suspense fallback={null}>
            <View view={view} />
          </Suspense>
        </div>
      )}
    </div>
  );
}

function View({ view }: { view: DeckView }): ReactElement | null {
  switch (view) {
    case 'charts':
      return <ChartGrid />;
    case 'results':
      return <ResultsView />;
    case 'drops':
      return <DropsView />;
    case 'ledger':
      return <LedgerTable />;
    case 'branches':
      return <BranchView />;
    case 'problems':
      return <Problems />;
    case 'plane':
      return null;
  }
}

function Problems(): ReactElement {
  return <ProblemList problems={useAllProblems()} onGo={goToProblem} />;
}
