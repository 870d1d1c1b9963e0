import type { ReactElement } from 'react';
import { displayName } from '../../app/document-catalog.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { useRunStore } from '../../app/run-store.ts';
import type { DropPlace } from '../../app/explaining.ts';
import type { DropTable } from '../../app/run-state.ts';
import { useTimeView } from '../../app/time-view.ts';
import { lazyPart } from '../theme/lazy-part.tsx';
import { DropsTable } from './drops-table.tsx';
import { RejectedRowsTable } from './rejected-rows-table.tsx';
import { RejectsTable } from './rejects-table.tsx';
import styles from './time-deck.module.css';

const DropExplainer = lazyPart(async () => (await import('../explain/drop-explainer.tsx')).DropExplainer);

/** Rows that the watched node dropped, and those that it could not use. `isExplained`: the selected one is, elsewhere. */
export function DropsView({ isExplained }: { isExplained: boolean }): ReactElement {
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
  const place = useExplainedDrop(drops);
  const rows =
    node === undefined || rejected <= unusable ? null : node.type.startsWith('source.') ? (
      <RejectsTable nodeId={node.id} rejected={rejected - unusable} />
    ) : (
      <RejectedRowsTable nodeId={node.id} name={displayName(node)} rejected={rejected} />
    );
  if (rows !== null && drops === null) return rows;
  if (place !== null && !isExplained) {
    return (
      <div className={styles['beside']}>
        <DropsTable table={drops} />
        <DropExplainer place={place} onClose={() => useTimeView.getState().select(null)} />
      </div>
    );
  }
  if (rows === null) return <DropsTable table={drops} />;
  return (
    <div className={styles['halves']}>
      <DropsTable table={drops} />
      {rows}
    </div>
  );
}

/** The drop that is selected, here or on the plane; null when it is none of this node. */
function useExplainedDrop(drops: DropTable | null): DropPlace | null {
  const selection = useTimeView((state) => state.selection);
  if (drops === null || selection?.kind !== 'event' || selection.nodeId !== drops.nodeId) return null;
  // What was dropped before the newest is explained as well: the table has forgotten it.
  const isDrop = drops.seq.includes(selection.seq) || selection.seq < (drops.seq[0] ?? 0);
  return isDrop ? { nodeId: drops.nodeId, seq: selection.seq, nth: selection.nth ?? 0 } : null;
}
