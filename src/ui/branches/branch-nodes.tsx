import type { ReactElement } from 'react';
import type { Both, BranchComparison, BranchNode } from '../../app/branches/branch-store.ts';
import { displayName } from '../../app/document-catalog.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { NOTHING, formatBytes, formatCount, formatDuration } from '../theme/format.ts';
import tables from '../timeline/tables.module.css';
import { signed } from './branch-words.ts';
import styles from './branches.module.css';

interface BranchNodesProps {
  readonly comparison: BranchComparison;
  readonly shown: string | null;
  readonly onShow: (nodeId: string) => void;
}

const FATES = ['in', 'used', 'held', 'late', 'filtered', 'unmatched', 'rejected'] as const;

/** Node by node what the run and the branch come to; those that the branch cannot change are left out. */
export function BranchNodes({ comparison, shown, onShow }: BranchNodesProps): ReactElement {
  const nodes = useDocumentStore((state) => state.document.nodes);
  const told = comparison.nodes.filter(
    ({ nodeId, isAffected }) => isAffected && nodes.find(({ id }) => id === nodeId)?.type !== 'sink',
  );
  return (
    <div className={tables['box']} tabIndex={0} role="region" aria-label="Figures of the run and the branch">
      <table className={tables['table']}>
        <thead>
          <tr>
            <th scope="col">node</th>
            <th scope="col">fates that differ</th>
            <th scope="col">results</th>
            <th scope="col">dropped</th>
            <th scope="col" title="Half of the results came within this time, 99 of 100 within the second">
              latency p50, p99
            </th>
            <th scope="col">most state</th>
          </tr>
        </thead>
        <tbody>
          {told.map((node) => {
            const found = nodes.find(({ id }) => id === node.nodeId);
            return (
              <tr key={node.nodeId} data-shown={node.nodeId === shown || undefined}>
                <th scope="row">
                  <button
                    type="button"
                    className={styles['node']}
                    aria-pressed={node.nodeId === shown}
                    onClick={() => {
                      onShow(node.nodeId);
                      useDocumentStore.getState().select({ nodeIds: [node.nodeId], edgeKeys: [] });
                    }}
                  >
                    {found === undefined ? node.nodeId : displayName(found)}
                  </button>
                </th>
                <td>{ledgerChange(node)}</td>
                <Pair of={node.results} />
                <Pair of={[node.ledger[0]?.late ?? 0, node.ledger[1]?.late ?? 0]} tone="dropped" />
                <td>
                  {both(node.latency, ({ p50Ms, p99Ms }) => `${formatDuration(p50Ms)}, ${formatDuration(p99Ms)}`)}
                </td>
                <td>{both(node.mostState, ({ bytes }) => formatBytes(bytes))}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Pair({ of, tone }: { of: Both<number>; tone?: 'dropped' }): ReactElement {
  const change = signed(of);
  return (
    <td data-tone={change === '' ? undefined : tone}>
      {formatCount(of[0])} → {formatCount(of[1])} <b className={styles['change']}>{change}</b>
    </td>
  );
}

/** `held +3, used −3`: each row of the input has one fate, so the changes add up to none. */
function ledgerChange({ ledger: [run, branch] }: BranchNode): string {
  if (run === null) return 'only in the branch';
  if (branch === null) return 'only in the run';
  const changes = FATES.flatMap((fate) => {
    const change = signed([run[fate], branch[fate]]);
    return change === '' ? [] : [`${fate === 'late' ? 'dropped' : fate} ${change}`];
  });
  return changes.length === 0 ? NOTHING : changes.join(', ');
}

function both<Value>([run, branch]: Both<Value | null>, textOf: (value: Value) => string): string {
  const texts = [run, branch].map((value) => (value === null ? NOTHING : textOf(value)));
  return texts[0] === texts[1] ? (texts[0] ?? NOTHING) : texts.join(' → ');
}
