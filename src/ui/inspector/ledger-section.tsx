import { Check } from 'lucide-react';
import type { ReactElement } from 'react';
import { balances, FATE_WORDS, FATES } from '../../app/fates.ts';
import { useRunStore } from '../../app/run-store.ts';
import { LedgerBar } from '../canvas/ledger-bar.tsx';
import { formatBytes, formatCount, formatExactCount } from '../theme/format.ts';
import { LedgerNumber } from '../timeline/ledger-number.tsx';
import styles from './inspector.module.css';

/** Where the node's input went, as a sum that can be checked by eye. Fates that nothing met are left out. */
export function LedgerSection({ nodeId, isSource }: { nodeId: string; isSource: boolean }): ReactElement | null {
  const stats = useRunStore((state) => state.nodes[nodeId]);
  if (stats === undefined) return null;
  const isBalanced = balances(stats);
  const parts = FATES.filter((fate) => stats[fate] > 0 || fate === 'used');
  return (
    <section className={styles['section']} aria-label="Ledger">
      <h3 className={styles['heading']}>
        Ledger
        <span className={isBalanced ? styles['good'] : styles['bad']}>
          {isBalanced && <Check size={14} aria-hidden />}
          {isBalanced ? 'balanced' : 'does not add up'}
        </span>
      </h3>
      <dl className={styles['sum']}>
        <div>
          <dt>in</dt>
          <dd>
            <LedgerNumber stats={stats} nodeId={nodeId} field="in" />
          </dd>
        </div>
        {parts.map((fate, index) => (
          <div key={fate}>
            <dt>
              {index === 0 ? '=' : '+'} {isSource && fate === 'used' ? 'handed on' : FATE_WORDS[fate]}
            </dt>
            <dd>
              <LedgerNumber stats={stats} nodeId={nodeId} field={fate} />
            </dd>
          </div>
        ))}
      </dl>
      <LedgerBar counts={stats} size="panel" />
      {stats.stateRows > 0 && (
        <p className={styles['dim']}>
          State:{' '}
          <span data-source={`ledger:${nodeId}:stateRows`} title={formatExactCount(stats.stateRows)}>
            {formatCount(stats.stateRows)}
          </span>{' '}
          rows,{' '}
          <span data-source={`ledger:${nodeId}:stateBytes`} title={formatExactCount(stats.stateBytes)}>
            {formatBytes(stats.stateBytes)}
          </span>
        </p>
      )}
    </section>
  );
}
