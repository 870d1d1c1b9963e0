import { Check, Download, X } from 'lucide-react';
import type { ReactElement } from 'react';
import { displayName } from '../../app/document-catalog.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { balances, FATE_WORDS, FATES } from '../../app/fates.ts';
import { messageOf } from '../../app/message-of.ts';
import { useRunStore } from '../../app/run-store.ts';
import { formatBytes, formatCount } from '../theme/format.ts';
import { saveJson } from '../theme/save-file.ts';
import { LedgerNumber } from './ledger-number.tsx';
import { notify } from '../theme/notify.ts';
import styles from './tables.module.css';

/** Every node's rows and what became of them: in = the sum of all that follows. */
export function LedgerTable(): ReactElement {
  const nodes = useRunStore((state) => state.nodes);
  const document = useDocumentStore((state) => state.document);
  return (
    <div className={styles['box']} tabIndex={0} role="region" aria-label="Ledger">
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">node</th>
            <th scope="col" data-align="end">
              in
            </th>
            {FATES.map((fate, i) => (
              <th key={fate} scope="col" data-align="end">
                <span className={styles['sign']}>{i === 0 ? '=' : '+'}</span> {FATE_WORDS[fate]}
              </th>
            ))}
            <th scope="col" data-align="end">
              emitted
            </th>
            <th scope="col" data-align="end">
              state
            </th>
            <th scope="col">
              <SaveButton />
            </th>
          </tr>
        </thead>
        <tbody>
          {document.nodes.map((node) => (
            <LedgerRow key={node.id} nodeId={node.id} name={displayName(node)} stats={nodes[node.id]} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The whole ledger of the run, as the command line writes it. */
function SaveButton(): ReactElement | null {
  const isOpen = useRunStore((state) => state.status.kind !== 'idle');
  if (!isOpen) return null;
  const save = (): Promise<void> =>
    useRunStore
      .getState()
      .ledger()
      .then((ledger) => saveJson('ledger.json', ledger))
      .catch((error: unknown) => notify('error', 'The ledger could not be saved', messageOf(error)));
  return (
    <button type="button" className={styles['save']} aria-label="Save the ledger" onClick={() => void save()}>
      <Download size={13} aria-hidden /> JSON
    </button>
  );
}

interface LedgerRowProps {
  readonly nodeId: string;
  readonly name: string;
  readonly stats: ReturnType<typeof useRunStore.getState>['nodes'][string] | undefined;
}

function LedgerRow({ nodeId, name, stats }: LedgerRowProps): ReactElement {
  // A node that hands nothing on, a sink, has none.
  const emitted = stats?.emitted.out;
  const isBalanced = stats !== undefined && balances(stats);
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className={styles['number']}>
        <LedgerNumber stats={stats} nodeId={nodeId} field="in" />
      </td>
      {FATES.map((fate) => (
        <td key={fate} className={styles['number']} data-zero={stats?.[fate] === 0 ? '' : undefined}>
          <LedgerNumber stats={stats} nodeId={nodeId} field={fate} />
        </td>
      ))}
      <td className={styles['number']} data-source={emitted === undefined ? undefined : `ledger:${nodeId}:emitted.out`}>
        {formatCount(emitted)}
      </td>
      <td className={styles['number']}>{stats === undefined ? '–' : formatBytes(stats.stateBytes)}</td>
      <td>{stats !== undefined && <Balance isBalanced={isBalanced} />}</td>
    </tr>
  );
}

function Balance({ isBalanced }: { isBalanced: boolean }): ReactElement {
  return isBalanced ? (
    <span className={styles['balanced']}>
      <Check size={14} aria-hidden /> balanced
    </span>
  ) : (
    <span className={styles['unbalanced']}>
      <X size={14} aria-hidden /> does not add up
    </span>
  );
}
