import { Check, Scale, TriangleAlert } from 'lucide-react';
import { Popover } from 'radix-ui';
import type { ReactElement } from 'react';
import { displayName, findDefinition } from '../../app/document-catalog.ts';
import type { DocumentNode } from '../../app/document-store.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import type { RunState } from '../../app/run-state.ts';
import { useRunStore } from '../../app/run-store.ts';
import { formatCount } from '../theme/format.ts';
import styles from './top-bar.module.css';

type NodeStats = RunState['nodes'][string];

const FATES = ['used', 'held', 'late', 'filtered', 'unmatched', 'rejected'] as const;
/** The ledger's `late` is called dropped on the screen: late alone means behind the watermark. */
const TITLES = {
  used: '= in results',
  held: '+ held',
  late: '+ dropped',
  filtered: '+ filtered',
  unmatched: '+ unmatched',
  rejected: '+ rejected',
};

function isBalanced(stats: NodeStats): boolean {
  return stats.in === FATES.reduce((sum, fate) => sum + stats[fate], 0);
}

/** The whole run in one line: what came in, what was dropped, whether every node's sum is right. */
export function LedgerChip(): ReactElement | null {
  const nodes = useDocumentStore((state) => state.document.nodes);
  const stats = useRunStore((state) => state.nodes);
  const shown = nodes.flatMap((node) =>
    stats[node.id] === undefined ? [] : [{ node, stats: stats[node.id] as NodeStats }],
  );
  if (shown.length === 0) return null;
  const sources = shown.filter(({ node }) => findDefinition(node.type)?.group === 'sources');
  const rowsIn = sources.reduce((sum, source) => sum + source.stats.in, 0);
  const dropped = shown.reduce((sum, { stats: { late } }) => sum + late, 0);
  const isRight = shown.every((each) => isBalanced(each.stats));
  return (
    <Popover.Root>
      <Popover.Trigger className={styles['chip']} aria-label="Ledger">
        <Scale size={16} className={styles['tide']} aria-hidden />
        <span>
          <b data-source="ledger:sources:in">{formatCount(rowsIn)}</b> in
        </span>
        <span className={styles['dim']}>·</span>
        <span>
          <b className={dropped > 0 ? styles['dropped'] : ''} data-source="ledger:*:late">
            {formatCount(dropped)}
          </b>{' '}
          dropped
        </span>
        {isRight ? (
          <Check size={14} className={styles['tide']} aria-label="balanced" />
        ) : (
          <TriangleAlert size={14} className={styles['dropped']} aria-label="not balanced" />
        )}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className={styles['ledger']} align="end" sideOffset={6} aria-label="Ledger of all nodes">
          <p>Every row that came into a node is in exactly one column.</p>
          <LedgerTable rows={shown} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function LedgerTable({ rows }: { rows: readonly { node: DocumentNode; stats: NodeStats }[] }): ReactElement {
  return (
    <table className={styles['table']}>
      <thead>
        <tr>
          <th scope="col">node</th>
          <th scope="col">in</th>
          {FATES.map((fate) => (
            <th key={fate} scope="col">
              {TITLES[fate]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ node, stats }) => (
          <tr key={node.id}>
            <th scope="row">{displayName(node)}</th>
            <td data-source={`ledger:${node.id}:in`}>{formatCount(stats.in)}</td>
            {FATES.map((fate) => (
              <td
                key={fate}
                data-source={`ledger:${node.id}:${fate}`}
                data-tone={fate === 'late' && stats.late > 0 ? 'dropped' : undefined}
              >
                {formatCount(stats[fate])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
