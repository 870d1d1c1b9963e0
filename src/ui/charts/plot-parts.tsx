import type { ReactElement, ReactNode } from 'react';
import { ResponsiveContainer } from 'recharts';
import styles from './charts.module.css';

/** What all plots have in common: hairline grid, quiet axes, no motion. */

export const TICK = { fontSize: 'var(--t-xs)', fill: 'var(--ink-3)' } as const;
export const AXIS_LINE = { stroke: 'var(--line-strong)' } as const;
export const MARGIN = { top: 6, right: 14, bottom: 0, left: 0 } as const;
export const X_AXIS_HEIGHT = 18;
/** For plots that draw their horizontal axis themselves. */
export const AXIS_SPACE = { ...MARGIN, bottom: X_AXIS_HEIGHT } as const;
export const Y_AXIS_WIDTH = 40;
export const GRID = { stroke: 'var(--line)', strokeDasharray: '' } as const;

export function PlotArea({ children }: { children: ReactElement }): ReactElement {
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 320, height: 110 }} debounce={60}>
      {children}
    </ResponsiveContainer>
  );
}

/** What recharts hands to a tooltip: the row under the pointer. */
export interface HoverProps<Row> {
  readonly active?: boolean;
  readonly payload?: readonly { readonly payload?: Row }[];
}

/** A tooltip of lines about the row under the pointer. */
export function hoverNote<Row>(
  lines: (row: Row) => readonly ReactNode[],
): (props: HoverProps<Row>) => ReactElement | null {
  return function HoverNote({ active, payload }) {
    const row = payload?.[0]?.payload;
    if (active !== true || row === undefined) return null;
    return (
      <div className={styles['note']}>
        {lines(row).map((line, i) => (
          <p key={i}>{line}</p>
        ))}
      </div>
    );
  };
}
