import type { ReactElement } from 'react';
import { isChangelog, useAnalysis } from '../../app/document-analysis.ts';
import { useRunStore } from '../../app/run-store.ts';
import { formatCount, formatExactCount } from '../theme/format.ts';
import { ResultsTable } from './results-table.tsx';
import { TablePanel } from './table-panel.tsx';
import panel from './table-panel.module.css';

/** The watched node's results; of a changelog the changes, and beside them the table that they make. */
export function ResultsView(): ReactElement {
  const results = useRunStore((state) => state.results);
  const watched = useRunStore((state) => state.watched);
  const hasTable = useAnalysis(({ streams }) => watched !== null && isChangelog(streams.get(watched)));
  if (!hasTable) return <ResultsTable table={results} />;
  return (
    <div className={panel['both']}>
      <section className={panel['half']} aria-label="Changes">
        <ChangesHead />
        <ResultsTable table={results} />
      </section>
      <WatchedTable key={watched} />
    </div>
  );
}

function WatchedTable(): ReactElement {
  return <TablePanel table={useRunStore((state) => state.table)} />;
}

function ChangesHead(): ReactElement {
  const watched = useRunStore((state) => state.watched) ?? '';
  const stats = useRunStore((state) => state.nodes[watched]);
  // A sink hands nothing on: what it took is what it shows.
  const field = stats?.emitted.out === undefined ? 'in' : 'emitted.out';
  const seen = stats?.emitted.out ?? stats?.in;
  return (
    <header className={panel['head']}>
      <h3>Changes</h3>
      <p className={panel['extent']}>
        {seen !== undefined && (
          <>
            <b title={formatExactCount(seen)} data-source={`ledger:${watched}:${field}`}>
              {formatCount(seen)}
            </b>{' '}
            so far ·{' '}
          </>
        )}
        <span>the newest first; played from the first on they make the table</span>
      </p>
    </header>
  );
}
