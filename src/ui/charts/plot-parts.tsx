import type { ReactElement, ReactNode } from 'react';
import { Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import styles from './charts.module.css';

/** Height that the horizontal axis takes below the plot, and width of the vertical one's labels. */
export const X_AXIS_HEIGHT = 18;

interface PlotProps<Row> {
  /** What the tooltip tells about, one under each place of the pointer. */
  readonly rows: readonly Row[];
  /** Where a row stands: on a band of its own, or at a value of a linear axis. */
  readonly place: { readonly by: 'band'; readonly key: string } | LinearPlace;
  readonly note: (row: Row) => readonly ReactNode[];
  readonly labelWidth: number;
  /** Axes and marks, which draw themselves into the plot's area. */
  readonly children: ReactNode;
}

interface LinearPlace {
  readonly by: 'value';
  readonly key: string;
  readonly from: number;
  readonly to: number;
}

const nothing = (): number => 0;
const CURSOR = { stroke: 'var(--ink-3)', strokeDasharray: '2 2' } as const;
/** Of a line of one point the library draws a dot, asked for or not. */
const LONE_DOT = { r: 0, strokeWidth: 0 } as const;
const START = { width: 320, height: 110 } as const;

/**
 * Area, size, pointer and tooltip of a plot are the library's. Marks, axes and grid are drawn beside it, one path a
 * series: as the library's own elements they cost the page most of a frame whenever they change.
 */
export function Plot<Row extends object>({ rows, place, note, labelWidth, children }: PlotProps<Row>): ReactElement {
  const margin = { top: 6, right: 14, bottom: X_AXIS_HEIGHT, left: labelWidth };
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={START} debounce={60}>
      <LineChart data={[...rows]} margin={margin} accessibilityLayer={false}>
        {place.by === 'band' ? (
          <XAxis dataKey={place.key} scale="band" hide />
        ) : (
          <XAxis dataKey={place.key} type="number" domain={[place.from, place.to]} allowDataOverflow hide />
        )}
        <YAxis hide />
        {children}
        {/* Not seen: gives the tooltip its rows. */}
        <Line
          dataKey={nothing}
          stroke="none"
          dot={rows.length === 1 && LONE_DOT}
          activeDot={false}
          isAnimationActive={false}
        />
        <Tooltip content={<HoverNote note={note} />} cursor={CURSOR} isAnimationActive={false} />
      </LineChart>
    </ResponsiveContainer>
  );
}

interface HoverNoteProps<Row> {
  readonly note: (row: Row) => readonly ReactNode[];
  readonly active?: boolean;
  readonly payload?: readonly { readonly payload?: Row }[];
}

/** A tooltip of lines about the row under the pointer. */
function HoverNote<Row>({ note, active, payload }: HoverNoteProps<Row>): ReactElement | null {
  const row = payload?.[0]?.payload;
  if (active !== true || row === undefined) return null;
  return (
    <div className={styles['note']}>
      {note(row).map((line, i) => (
        <p key={i}>{line}</p>
      ))}
    </div>
  );
}
