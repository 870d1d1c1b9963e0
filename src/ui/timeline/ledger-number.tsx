import type { ReactElement } from 'react';
import type { Fate } from '../../app/fates.ts';
import type { NodeStats } from '../../app/run-state.ts';
import { formatCount, formatExactCount } from '../theme/format.ts';

interface LedgerNumberProps {
  readonly stats: NodeStats | undefined;
  readonly nodeId: string;
  readonly field: Fate | 'in';
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
