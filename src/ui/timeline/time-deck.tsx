import { Download } from 'lucide-react';
import { Suspense, lazy, useState } from 'react';
import type { ReactElement } from 'react';
import { isChangelog, resultOf, useAnalysis } from '../../app/document-analysis.ts';
import { displayName } from '../../app/document-catalog.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { useRunStore } from '../../app/run-store.ts';
import { useDialogs } from '../shell/dialog-store.ts';
import { Button } from '../theme/button.tsx';
import { Segments } from '../theme/segments.tsx';
import { DropsView } from './drops-view.tsx';
import { LedgerTable } from './ledger-table.tsx';
import { Legend } from './legend.tsx';
import { ProblemsList } from './problems-list.tsx';
import { ResultsView } from './results-view.tsx';
import { RunBar } from './run-bar.tsx';
import { useAllProblems } from './use-all-problems.ts';
import styles from './time-deck.module.css';

// The plotting library is a third of the page: it comes when the first chart does.
const ChartGrid = lazy(async () => ({ default: (await import('../charts/chart-grid.tsx')).ChartGrid }));

export type DeckView = 'charts' | 'results' | 'drops' | 'ledger' | 'problems';

/** What the run shows over time, of the node that is selected. */
export function TimeDeck(): ReactElement {
  const [chosen, setView] = useState<DeckView | null>(null);
  const isTable = useIsTable();
  const view = chosen ?? (isTable ? 'results' : 'charts');
  const problems = useAllProblems();
  const options = [
    { value: 'charts', label: 'Charts' },
    { value: 'results', label: 'Results' },
    { value: 'drops', label: 'Drops' },
    { value: 'ledger', label: 'Ledger' },
    { value: 'problems', label: problems.length === 0 ? 'Problems' : `Problems ${String(problems.length)}` },
  ] as const;
  return (
    <div className={styles['deck']}>
      <header className={styles['head']}>
        <h2>Time</h2>
        <Legend />
        <span className={styles['tabs']}>
          <Segments label="Time deck" value={view} options={options} onChange={setView} />
        </span>
        <WatchedName />
        {view === 'results' && <SaveResultsButton />}
      </header>
      <div className={styles['body']}>
        <Suspense fallback={null}>
          {view === 'charts' && <ChartGrid />}
          {view === 'results' && <ResultsView />}
          {view === 'drops' && <DropsView />}
          {view === 'ledger' && <LedgerTable />}
          {view === 'problems' && <ProblemsList problems={problems} />}
        </Suspense>
      </div>
      <RunBar onShow={setView} />
    </div>
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
