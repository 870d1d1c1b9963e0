import { Suspense, useRef } from 'react';
import type { ReactElement } from 'react';
import { useBranches } from '../../app/branches/branch-store.ts';
import { useRunStore } from '../../app/run-store.ts';
import { usePanels } from '../shell/panel-store.ts';
import { goToProblem } from '../problems/go-to-problem.ts';
import { ProblemList } from '../problems/problem-list.tsx';
import { lazyPart } from '../theme/lazy-part.tsx';
import { useFits } from '../theme/use-fits.ts';
import type { DeckView } from './deck-view-store.ts';
import { isBesidePlane } from './deck-view-store.ts';
import { DropsView } from './drops-view.tsx';
import { LedgerTable } from './ledger-table.tsx';
import { ResultsView } from './results-view.tsx';
import { useAllProblems } from './use-all-problems.ts';
import styles from './time-deck.module.css';

// Charts come when the first of them is shown.
const ChartGrid = lazyPart(async () => (await import('../charts/chart-grid.tsx')).ChartGrid);
const PlanePanel = lazyPart(async () => (await import('../plane/plane-panel.tsx')).PlanePanel);
const BranchView = lazyPart(async () => (await import('../branches/branch-view.tsx')).BranchView);
const GhostBar = lazyPart(async () => (await import('../branches/ghost-bar.tsx')).GhostBar);
const ConsumerView = lazyPart(async () => (await import('../consumers/consumer-view.tsx')).ConsumerView);

/** From these heights on the plane has room below its diagonal for a card, and for one in few words. */
const ROOM_FOR_CARD_REM = 27;
const ROOM_FOR_BRIEF_REM = 15;

/**
 * What is chosen, with the plane at its left where there is room for both and it was not folded away. Where the plane is too low
 * for a card, drops have their explanation beside their table, and all else over what stands beside the plane.
 */
export function DeckBody({ view, hasRoom }: { view: DeckView; hasRoom: boolean }): ReactElement {
  const { isPlaneFolded, filled } = usePanels();
  const body = useRef<HTMLDivElement>(null);
  const isHigh = useFits(body, { heightRem: ROOM_FOR_CARD_REM });
  const isLow = !useFits(body, { heightRem: ROOM_FOR_BRIEF_REM });
  const isAlone = view === 'plane' || filled === 'plane';
  const hasPlane = isAlone || (hasRoom && !isPlaneFolded && isBesidePlane(view));
  const card = isLow && !isAlone ? (view === 'drops' ? 'none' : 'beside') : isHigh ? 'inside' : 'brief';
  const isLaidOver = useIsLaidOver() && (hasPlane || view === 'charts');
  return (
    <div className={styles['middle']}>
      {isLaidOver && (
        <Suspense fallback={null}>
          <GhostBar />
        </Suspense>
      )}
      <div ref={body} className={styles['body']} data-halves={(hasPlane && !isAlone) || undefined}>
        <Suspense fallback={null}>{hasPlane && <PlanePanel key="plane" card={card} />}</Suspense>
        {!isAlone && (
          <div className={styles['half']} key="view">
            <Suspense fallback={null}>
              <View view={view} isExplained={hasPlane && card !== 'none'} />
            </Suspense>
          </div>
        )}
      </div>
    </div>
  );
}

/** Whether a branch is laid over what shows the run. */
function useIsLaidOver(): boolean {
  const isWanted = useBranches(({ isOver, branches }) => isOver && branches.length > 0);
  return useRunStore(({ through }) => through === null) && isWanted;
}

function View({ view, isExplained }: { view: DeckView; isExplained: boolean }): ReactElement | null {
  switch (view) {
    case 'charts':
      return <ChartGrid />;
    case 'results':
      return <ResultsView />;
    case 'drops':
      return <DropsView isExplained={isExplained} />;
    case 'ledger':
      return <LedgerTable />;
    case 'branches':
      return <BranchView />;
    case 'consumers':
      return <ConsumerView />;
    case 'problems':
      return <Problems />;
    case 'plane':
      return null;
  }
}

function Problems(): ReactElement {
  return <ProblemList problems={useAllProblems()} onGo={goToProblem} />;
}
