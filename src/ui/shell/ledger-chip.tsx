import { Check, Scale, TriangleAlert } from 'lucide-react';
import { Popover } from 'radix-ui';
import type { ReactElement } from 'react';
import { findFace } from '../../app/document-catalog.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { balances } from '../../app/fates.ts';
import { useRunStore } from '../../app/run-store.ts';
import { formatCount, formatExactCount } from '../theme/format.ts';
import { LedgerTable } from '../timeline/ledger-table.tsx';
import styles from './top-bar.module.css';

/** The whole run in one line: what came in, what was dropped, whether every node's sum is right. */
export function LedgerChip(): ReactElement | null {
  const nodes = useDocumentStore((state) => state.document.nodes);
  const stats = useRunStore((state) => state.nodes);
  const all = Object.values(stats);
  if (all.length === 0) return null;
  const sources = nodes.filter((node) => findFace(node.type)?.group === 'sources');
  const rowsIn = sources.reduce((sum, { id }) => sum + (stats[id]?.in ?? 0), 0);
  const dropped = all.reduce((sum, { late }) => sum + late, 0);
  return (
    <Popover.Root>
      <Popover.Trigger className={styles['chip']} aria-label="Ledger">
        <Scale size={16} className={styles['tide']} aria-hidden />
        <span>
          <b data-source="ledger:sources:in" title={formatExactCount(rowsIn)}>
            {formatCount(rowsIn)}
          </b>{' '}
          in
        </span>
        <span className={styles['dim']}>·</span>
        <span>
          <b
            className={dropped > 0 ? styles['dropped'] : ''}
            data-source="ledger:*:late"
            title={formatExactCount(dropped)}
          >
            {formatCount(dropped)}
          </b>{' '}
          dropped
        </span>
        {all.every(balances) ? (
          <Check size={14} className={styles['tide']} aria-label="balanced" />
        ) : (
          <TriangleAlert size={14} className={styles['dropped']} aria-label="not balanced" />
        )}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className={styles['ledger']} align="end" sideOffset={6} aria-label="Ledger of all nodes">
          <p>Every row that came into a node is in exactly one column.</p>
          <LedgerTable />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
