import type { ReactElement } from 'react';
import type { RowKindName } from '../../stream/row-kind.ts';
import type { BadgeTone } from './badge.tsx';
import styles from './controls.module.css';
import { formatChange } from './format.ts';

interface Look {
  readonly tone: BadgeTone;
  readonly title: string;
  /** On a grid of 8. */
  readonly path: string;
}

const LOOKS: Readonly<Record<RowKindName, Look>> = {
  '+I': { tone: 'ontime', title: 'inserted', path: 'M4 1v6M1 4h6' },
  '-U': { tone: 'plain', title: 'updated: the row as it was', path: 'M7 4H1M3.5 1.5 1 4l2.5 2.5' },
  '+U': { tone: 'late', title: 'updated: the row as it is', path: 'M1 4h6M4.5 1.5 7 4 4.5 6.5' },
  '-D': { tone: 'dropped', title: 'deleted', path: 'M1.5 1.5l5 5M6.5 1.5l-5 5' },
};

/** What a row of a changelog does: shape, colour and letters. */
export function ChangeBadge({ kind, isLate = false }: { kind: RowKindName; isLate?: boolean }): ReactElement {
  const { tone, title, path } = LOOKS[kind];
  return (
    <span className={styles['badge']} data-tone={isLate && kind === '+I' ? 'late' : tone} title={title}>
      <svg width={8} height={8} viewBox="0 0 8 8" fill="none" stroke="currentColor" strokeWidth={1.5} aria-hidden>
        <path d={path} strokeLinecap="round" strokeLinejoin="round" />
      </svg>
      {formatChange(kind)}
    </span>
  );
}
