import type { ReactElement } from 'react';
import type { RowKindName } from '../../stream/row-kind.ts';
import type { BadgeTone } from './badge.tsx';
import styles from './controls.module.css';
import { formatChange } from './format.ts';

interface Look {
  readonly tone: BadgeTone;
  readonly title: string;
}

const LOOKS: Readonly<Record<RowKindName, Look>> = {
  '+I': { tone: 'ontime', title: 'inserted' },
  '-U': { tone: 'plain', title: 'updated: the row as it was' },
  '+U': { tone: 'late', title: 'updated: the row as it is' },
  '-D': { tone: 'dropped', title: 'deleted' },
};

/** What a row of a changelog does: letters and colour. */
export function ChangeBadge({ kind, isLate = false }: { kind: RowKindName; isLate?: boolean }): ReactElement {
  const { tone, title } = LOOKS[kind];
  return (
    <span className={styles['badge']} data-tone={isLate && kind === '+I' ? 'late' : tone} title={title}>
      {formatChange(kind)}
    </span>
  );
}
