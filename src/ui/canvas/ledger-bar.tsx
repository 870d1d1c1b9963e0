import type { ReactElement } from 'react';
import type { Fate } from '../../app/fates.ts';
import { FATES } from '../../app/fates.ts';
import styles from './ledger-bar.module.css';

interface LedgerBarProps {
  readonly counts: Readonly<Record<Fate, number>> | undefined;
  readonly size: 'node' | 'panel';
  readonly className?: string | undefined;
}

/** Where the input went, as shares of one line. Figures stand beside it: the bar says nothing to a screen reader. */
export function LedgerBar({ counts, size, className = '' }: LedgerBarProps): ReactElement {
  return (
    <div className={`${styles['bar'] ?? ''} ${className}`} data-size={size} aria-hidden>
      {counts !== undefined &&
        FATES.map(
          (fate) => counts[fate] > 0 && <i key={fate} className={styles[fate]} style={{ flexGrow: counts[fate] }} />,
        )}
    </div>
  );
}
