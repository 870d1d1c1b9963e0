import type { ReactElement } from 'react';
import type { Changes } from '../../stream/row-kind.ts';
import styles from './stream-edge.module.css';

const LOOKS: Readonly<Record<Changes, string>> = { append: 'line', retract: 'rails', upsert: 'ticks' };

/** Rows that leave beneath a node: too late for it, or of no use to it. */
export type Side = 'late' | 'rejected';

interface StreamLineProps {
  readonly path: string;
  readonly changes: Changes;
  readonly side?: Side | null;
  readonly isSelected?: boolean;
}

/** A line for rows that are only added, two rails for a changelog, ticks for a table; dashes for rows that were not taken. */
export function StreamLine({ path, changes, side = null, isSelected = false }: StreamLineProps): ReactElement {
  const marks = [LOOKS[changes], side, isSelected ? 'selected' : null];
  const names = marks.flatMap((mark) => (mark === null ? [] : (styles[mark] ?? []))).join(' ');
  return (
    <>
      <path className={names} d={path} data-changes={changes} />
      {changes === 'retract' && <path className={styles['gap']} d={path} />}
    </>
  );
}
