import { ChevronDown, ChevronUp, Download, Maximize2, Minimize2 } from 'lucide-react';
import { Suspense } from 'react';
import type { ReactElement } from 'react';
import { isChangelog, resultOf, useAnalysis } from '../../app/document-analysis.ts';
import { displayName } from '../../app/document-catalog.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { useRunStore } from '../../app/run-store.ts';
import { goToProblem } from '../problems/go-to-problem.ts';
import { ProblemList } from '../problems/problem-list.tsx';
import { withKeys } from '../shell/commands/with-keys.ts';
import { useDialogs } from '../shell/dialog-store.ts';
import { usePanels } from '../shell/panel-store.ts';
import { Button } from '../theme/button.tsx';
import { lazyPart } from '../theme/lazy-part.tsx';
import { Segments } from '../theme/segments.tsx';
import { Tooltip } from '../theme/tooltip.tsx';
import { useMedia } from '../theme/use-media.ts';
import { PHONE } from '../theme/widths.ts';
import type { DeckView } from './deck-view-store.ts';
import { useDeckView, VIEWS_OF_TAB } from './deck-view-store.ts';
import { DropsView } from './drops-view.tsx';
import { LedgerTable } from './ledger-table.tsx';
import { Legend } from './legend.tsx';
import { ResultsView } from './results-view.tsx';
import { RunBar } from './run-bar.tsx';
import { useAllProblems } from './use-all-problems.ts';
import styles from './time-deck.module.css';

// The plotting library is a third of the page: it comes when the first chart does.
const ChartGrid = lazyPart(async () => (await import('../charts/chart-grid.tsx')).ChartGrid);
const PlanePanel = lazyPart(async () => (await import('../plane/plane-panel.tsx')).PlanePanel);
const BranchView = lazyPart(async () => (await import('../branches/branch-view.tsx')).BranchView);

/** What the run shows over time, of the node that is selected. */
export function TimeDeck(): ReactElement {
  const view = useShownView();
  const { show } = useDeckView.getState();
  const offered = useOfferedViews();
  const problems = useAllProblems();
  const options = [
    { value: 'charts', label: 'Charts' },
    { value: 'plane', label: 'Plane' },
    { value: 'results', label: 'Results' },
    { value: 'drops', label: 'Drops' },
    { value: 'ledger', label: 'Ledger' },
    { value: 'branches', label: 'What if' },
    { value: 'problems', label: problems.length === 0 ? 'Problems' : `Problems ${String(problems.length)}` },
  ] as const;
  const shown = options.filter(({ value }) => offered.includes(value));
  return (
    <div className={styles['deck']}>
      <header className={styles['head']}>
        <h2>Time</h2>
        <Legend />
        <span className={styles['tabs']}>
          {shown.length > 1 && <Segments label="Time deck" value={view} options={shown} onChange={show} />}
        </span>
        <WatchedName />
        {view === 'results' && <SaveResultsButton />}
        <DeckButtons />
      </header>
      <div className={styles['body']}>
        <Suspense fallback={null}>
          {view === 'charts' && <ChartGrid />}
          {view === 'plane' && <PlaneAndCharts />}
          {view === 'results' && <ResultsView />}
          {view === 'drops' && <DropsView />}
          {view === 'ledger' && <LedgerTable />}
          {view === 'branches' && <BranchView />}
          {view === 'problems' && <ProblemList problems={problems} onGo={goToProblem} />}
        </Suspense>
      </div>
      <RunBar onShow={show} />
    </div>
  );
}

/** The plane, which is about the same node and the same times, beside the charts where there is room. */
function PlaneAndCharts(): ReactElement {
  const isPhone = useMedia(PHONE);
  if (isPhone) return <PlanePanel />;
  return (
    <div className={`${styles['halves'] ?? ''} ${styles['withPlane'] ?? ''}`}>
      <PlanePanel />
      <ChartGrid />
    </div>
  );
}

const ALL_VIEWS: readonly DeckView[] = ['charts', 'plane', 'results', 'drops', 'ledger', 'branches', 'problems'];

function useOfferedViews(): readonly DeckView[] {
  const isPhone = useMedia(PHONE);
  const tab = usePanels((state) => state.tab);
  return isPhone ? VIEWS_OF_TAB[tab] : ALL_VIEWS;
}

function useShownView(): DeckView {
  const chosen = useDeckView((state) => state.view);
  const isTable = useIsTable();
  const offered = useOfferedViews();
  const wanted = chosen ?? (isTable ? 'results' : 'charts');
  return offered.includes(wanted) ? wanted : (offered[0] ?? 'charts');
}

/** Folds the deck away, or gives it the whole window. */
function DeckButtons(): ReactElement {
  const { isDeckFolded, filled, change, fill } = usePanels();
  const isFilled = filled === 'deck';
  const FoldIcon = isDeckFolded ? ChevronUp : ChevronDown;
  const FillIcon = isFilled ? Minimize2 : Maximize2;
  const fillText = isFilled ? 'Back to all panels' : 'Fill the window';
  return (
    <span className={styles['buttons']}>
      {!isFilled && (
        <Tooltip text={withKeys(isDeckFolded ? 'Unfold' : 'Fold away', 'view.deck')} side="top">
          <Button
            look="quiet"
            isIcon
            isSmall
            aria-label={isDeckFolded ? 'Unfold the time deck' : 'Fold the time deck'}
            onClick={() => change({ isDeckFolded: !isDeckFolded })}
          >
            <FoldIcon size={14} aria-hidden />
          </Button>
        </Tooltip>
      )}
      <Tooltip text={withKeys(fillText, 'view.fill-deck')} side="top">
        <Button look="quiet" isIcon isSmall aria-label={`${fillText}: time deck`} onClick={() => fill('deck')}>
          <FillIcon size={14} aria-hidden />
        </Button>
      </Tooltip>
    </span>
  );
}

/** Whether the watched rows are a changelog over no windows: a table says more of it than charts over event time. */
function useIsTable(): boolean {
  const watched = useRunStore((state) => state.watched);
  return useAnalysis(({ streams }) => {
    const own = watched === null ? undefined : streams.get(watched);
    return isChangelog(own) && resultOf(own)?.windowed === undefined;
  });
}

function SaveResultsButton(): ReactElement {
  const hasBegun = useRunStore((state) => state.position.seq > 0);
  return (
    <Button
      look="quiet"
      isIcon
      isSmall
      aria-label="Save results"
      title="Save results…"
      disabled={!hasBegun}
      onClick={() => useDialogs.getState().show('results')}
    >
      <Download size={14} aria-hidden />
    </Button>
  );
}

function WatchedName(): ReactElement | null {
  const watched = useRunStore((state) => state.watched);
  const node = useDocumentStore((state) => state.document.nodes.find(({ id }) => id === watched));
  if (node === undefined) return null;
  return (
    <span
      className={styles['watched']}
      title="Charts, results and drops are about this node. Select another on the canvas."
    >
      {displayName(node)}
    </span>
  );
}
