import { isValidElement } from 'react';
import type { ReactElement, ReactNode } from 'react';
import styles from './charts.module.css';

interface HoverNoteProps<Row> {
  readonly note: (row: Row) => readonly ReactNode[];
  readonly active?: boolean;
  readonly payload?: readonly { readonly payload?: Row }[];
}

/** A tooltip of lines about the row under the pointer. */
export function HoverNote<Row>({ note, active, payload }: HoverNoteProps<Row>): ReactElement | null {
  const row = payload?.[0]?.payload;
  return active !== true || row === undefined ? null : <Note lines={note(row)} />;
}

/** The same about the row that keys have come to, at a share of the width. */
export function KeyNote({ lines, share }: { lines: readonly ReactNode[]; share: number }): ReactElement {
  const side = share > 0.5 ? { right: `${String(100 * (1 - share))}%` } : { left: `${String(100 * share)}%` };
  return (
    <div className={styles['keyNote']} style={side}>
      <Note lines={lines} />
    </div>
  );
}

function Note({ lines }: { lines: readonly ReactNode[] }): ReactElement {
  return (
    <div className={styles['note']}>
      {lines.map((line, i) => (
        <p key={i}>{line}</p>
      ))}
    </div>
  );
}

/** A note's lines as they are read out. */
export function noteText(lines: readonly ReactNode[]): string {
  return lines.map(textOf).join(', ');
}

function textOf(node: ReactNode): string {
  if (typeof node === 'string' || typeof node === 'number') return String(node);
  if (Array.isArray(node)) return node.map(textOf).join('');
  return isValidElement<{ readonly children?: ReactNode }>(node) ? textOf(node.props.children) : '';
}
