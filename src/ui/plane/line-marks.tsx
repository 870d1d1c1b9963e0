import type { ReactElement } from 'react';
import { EARLY_FILL, EarlyDots } from '../charts/marks.tsx';
import styles from './plane.module.css';

const PATHS = {
  wm: 'M1 11V6h8V1h8',
  part: 'M1 11V6h8V1h8',
  horizon: 'M0 6h18',
  diag: 'M1 11 17 1',
  link: 'M2 10Q14 12 16 2',
  reach: 'M1 6h16M1 2v8M17 2v8',
} as const;

/** A line of the plane, as a legend shows it. */
export function LineMark({ kind }: { kind: keyof typeof PATHS }): ReactElement {
  return (
    <svg width={18} height={12} viewBox="0 0 18 12" aria-hidden>
      <path d={PATHS[kind]} className={styles[kind]} />
    </svg>
  );
}

/** A stretch of a window, as a legend shows it. */
export function PaneMark({ kind }: { kind: 'pane' | 'early' | 'late' | 'open' }): ReactElement {
  return (
    <svg width={14} height={12} viewBox="0 0 14 12" aria-hidden>
      {kind === 'early' && <EarlyDots />}
      <rect
        x="0.5"
        y="0.5"
        width="13"
        height="11"
        className={styles[kind]}
        fill={kind === 'early' ? EARLY_FILL : undefined}
      />
      {kind === 'late' && <path d="M1 8 8 1M3 11l9-9M9 11l4-4" className={styles['hatch']} />}
    </svg>
  );
}
