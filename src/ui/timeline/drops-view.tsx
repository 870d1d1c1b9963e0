import type { ReactElement } from 'react';
import { displayName } from '../../app/document-catalog.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { useRunStore } from '../../app/run-store.ts';
import { DropsTable } from './drops-table.tsx';
import { RejectedRowsTable } from './rejected-rows-table.tsx';
import { RejectsTable } from './rejects-table.tsx';
import styles from './time-deck.module.css';

/** Rows that the watched node dropped, and those that it could not use. */
export function DropsView(): ReactElement {
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
