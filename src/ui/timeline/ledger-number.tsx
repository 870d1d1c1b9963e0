import type { ReactElement } from 'react';
import type { NodeStats } from '../../app/run-state.ts';
import { formatCount, formatExactCount } from '../theme/format.ts';

export const FATES = ['used', 'held', 'late', 'filtered', 'unmatched', 'rejected'] as const;
export type LedgerField = (typeof FATES)[number] | 'in';

interface LedgerNumberProps {
  readonly stats: NodeStats | undefined;
  readonly nodeId: string;
  readonly field: LedgerField;
}

/** A count that names where it comes from, so that anyone can compare it with the ledger. */
export function LedgerNumber({ stats, nodeId, field }: LedgerNumberProps): ReactElement {
  const value = stats?.[field];
  return (
    <span
      data-source={`ledger:${nodeId}:${field}`}
      data-tone={field === 'late' && value !== undefined && value > 0 ? 'dropped' : undefined}
      title={formatExactCount(value)}
    >
      {formatCount(value)}
    </span>
  );
}

export function balances(stats: NodeStats): boolean {
  return stats.in === FATES.reduce((sum, fate) => sum + stats[fate], 0);
}
