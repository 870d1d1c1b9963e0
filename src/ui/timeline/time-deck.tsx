import { Suspense, lazy, useState } from 'react';
import type { ReactElement } from 'react';
import { displayName } from '../../app/document-catalog.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { useRunStore } from '../../app/run-store.ts';
import { Segments } from '../theme/segments.tsx';
import { DropsTable } from './drops-table.tsx';
import { LedgerTable } from './ledger-table.tsx';
import { Legend } from './legend.tsx';
import { ProblemsList } from './problems-list.tsx';
import { RejectedRowsTable } from './rejected-rows-table.tsx';
import { RejectsTable } from './rejects-table.tsx';
import { ResultsTable } from './results-table.tsx';
import { RunBar } from './run-bar.tsx';
import { useAllProblems } from './use-all-problems.ts';
import styles from './time-deck.module.css';

// The plotting library is a third of the page: it comes when the first chart does.
const ChartGrid = lazy(async () => ({ default: (await import('../charts/chart-grid.tsx')).ChartGrid }));

export type DeckView = 'charts' | 'results' | 'drops' | 'ledger' | 'problems';

/** What the run shows over time, of the node that is selected. */
export function TimeDeck(): ReactElement {
  const [view, setView] = useState<DeckView>('charts');
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
      </header>
      <div className={styles['body']}>
        {view === 'charts' && (
          <Suspense fallback={null}>
            <ChartGrid />
          </Suspense>
        )}
        {view === 'results' && <WatchedResults />}
        {view === 'drops' && <WatchedDrops />}
        {view === 'ledger' && <LedgerTable />}
        {view === 'problems' && <ProblemsList problems={problems} />}
      </div>
      <RunBar onShow={setView} />
    </div>
  );
}

/** Each subscribes to its own part of a frame: what is not on the screen is not drawn. */
function WatchedResults(): ReactElement {
  return <ResultsTable table={useRunStore((state) => state.results)} />;
}

function WatchedDrops(): ReactElement {
  const drops = useRunStore((state) => state.drops);
  const watched = useRunStore((state) => state.watched);
  const rejected = useRunStore((state) => (watched === null ? 0 : (state.nodes[watched]?.rejected ?? 0)));
  const node = useDocumentStore((state) => state.document.nodes.find(({ id }) => id === watched));
  // Some rejected rows are drops with a reason of their own: they stand in the table of drops.
  const unusable = useRunStore(({ charts }) =>
    Object.entries(charts.drops?.reasons ?? {}).reduce(
      (sum, [reason, count]) => sum + (reason === 'late' ? 0 : count),
      0,
    ),
  );
  if (node === undefined || rejected <= unusable) return <DropsTable table={drops} />;
  const rows = node.type.startsWith('source.') ? (
    <RejectsTable nodeId={node.id} rejected={rejected - unusable} />
  ) : (
    <RejectedRowsTable nodeId={node.id} name={displayName(node)} rejected={rejected} />
  );
  if (drops === null) return rows;
  return (
    <div className={styles['halves']}>
      <DropsTable table={drops} />
      {rows}
    </div>
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
