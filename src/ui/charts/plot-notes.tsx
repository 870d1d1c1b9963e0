import { isValidElement } from 'react';
import type { ReactElement, ReactNode } from 'react';
import styles from './charts.module.css';
import type { PlotArea } from './plot-area.ts';

/** Between a note and what it tells about, px. */
const BESIDE_PX = 10;

interface PlotNoteProps {
  readonly lines: readonly ReactNode[];
  readonly area: PlotArea;
  /** Where what it tells about stands, of the area's width. */
  readonly share: number;
  /** How far down the pointer is; null: at the top. */
  readonly topPx: number | null;
}

/** Lines about one row of a plot, beside it and, where a pointer found it, below the pointer: as far as there is room. */
export function PlotNote({ lines, area, share, topPx }: PlotNoteProps): ReactElement {
  const x = area.x + share * area.width;
  const isLeftOf = share > 0.5;
  return (
    <div className={styles['noteRoom']}>
      <span style={{ flexBasis: (topPx ?? 0) + BESIDE_PX }} />
      <div style={{ flexDirection: isLeftOf ? 'row-reverse' : 'row' }}>
        <span style={{ flexBasis: isLeftOf ? `calc(100% - ${String(x - BESIDE_PX)}px)` : x + BESIDE_PX }} />
        <div className={styles['note']} data-plot-note>
          {lines.map((line, i) => (
            <p key={i}>{line}</p>
          ))}
        </div>
      </div>
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
