import type { ReactElement } from 'react';
import type { Changes } from '../../stream/row-kind.ts';
import styles from './stream-edge.module.css';

const LOOKS: Readonly<Record<Changes, string>> = { append: 'line', retract: 'rails', upsert: 'ticks' };

interface StreamLineProps {
  readonly path: string;
  readonly changes: Changes;
  readonly isLate?: boolean;
  readonly isSelected?: boolean;
}

/** A line for rows that are only added, two rails for a changelog, ticks for a table; amber dashes for late rows. */
export function StreamLine({ path, changes, isLate = false, isSelected = false }: StreamLineProps): ReactElement {
  const marks = [LOOKS[changes], isLate ? 'late' : null, isSelected ? 'selected' : null];
  const names = marks.flatMap((mark) => (mark === null ? [] : (styles[mark] ?? []))).join(' ');
  return (
    <>
      <path className={names} d={path} data-changes={changes} />
      {changes === 'retract' && <path className={styles['gap']} d={path} />}
    </>
  );
}
