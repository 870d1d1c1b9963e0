import type { ReactElement } from 'react';
import { displayName } from '../../app/document-catalog.ts';
import { heldReason } from '../../app/document-dialect.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { lookedAt } from '../../app/looked-at.ts';
import { useRunStore } from '../../app/run-store.ts';
import { Badge } from '../theme/badge.tsx';
import { formatTime, formatTimeBeside, formatTimeExact, formatWindowShort } from '../theme/format.ts';
import { useTimeWord } from '../theme/use-time-word.ts';
import styles from './inspector.module.css';

/** What the node waits for while it holds rows: where an empty result is. */
export function FiringSection({ nodeId }: { nodeId: string }): ReactElement | null {
  const stats = useRunStore((state) => state.nodes[nodeId]);
  const word = useTimeWord();
  const waiting = stats?.waiting ?? null;
  const source = useDocumentStore((state) => state.document.nodes.find(({ id }) => id === waiting?.sourceId));
  if (stats === undefined) return null;
  if (waiting === null) return <HeldAtEnd nodeId={nodeId} held={stats.held} />;
  const needed = waiting.neededEventTimeMs;
  return (
    <section className={styles['section']} aria-label="Next firing">
      <h3 className={styles['heading']}>
        Next firing
        <Badge tone="tide">{formatWindowShort(waiting.windowStartMs, waiting.windowEndMs)}</Badge>
      </h3>
      <p className={styles['note']}>
        Fires at {word} {formatTimeExact(waiting.firesAtMs)}.{' '}
        {stats.watermarkMs === null ? (
          'There is none yet'
        ) : (
          <>
            It stands at <b className={styles['good']}>{formatTime(stats.watermarkMs)}</b>
          </>
        )}
        {needed !== null && (
          <>
            {' '}
            and needs an event {source === undefined ? '' : `of ${displayName(source)} `}at{' '}
            <b>{formatTimeBeside(needed, waiting.windowStartMs)}</b> or later
          </>
        )}
        {needed === null && source !== undefined && `, held back by ${displayName(source)}`}.
      </p>
    </section>
  );
}

/** Why rows are still held although the run is over. */
function HeldAtEnd({ nodeId, held }: { nodeId: string; held: number }): ReactElement | null {
  const hasEnded = useRunStore((state) => lookedAt(state).status.kind === 'ended' && !state.isChanged);
  const reason = useDocumentStore(({ document }) => {
    const node = document.nodes.find(({ id }) => id === nodeId);
    return node === undefined ? null : heldReason(document, node);
  });
  if (!hasEnded || held === 0 || reason === null) return null;
  return (
    <section className={styles['section']} aria-label="Still held">
      <h3 className={styles['heading']}>Still held</h3>
      <p className={styles['note']}>{reason}</p>
    </section>
  );
}
