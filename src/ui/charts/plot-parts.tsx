import type { ReactElement, ReactNode } from 'react';
import { Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { HoverNote, KeyNote } from './plot-notes.tsx';
import styles from './charts.module.css';
import type { TimeAxisName } from './time-extents.ts';
import { TimeMarks } from './time-marks.tsx';
import { usePlotPointer } from './use-plot-pointer.ts';
import { usePlotWalk } from './use-plot-walk.ts';

/** Height that the horizontal axis takes below the plot, and width of the vertical one's labels. */
export const X_AXIS_HEIGHT = 18;
const RIGHT = 14;

interface PlotProps<Row> {
  /** What the tooltip tells about, one under each place of the pointer, from left to right. */
  readonly rows: readonly Row[];
  /** Where a row stands: on a band of its own, or at a value of a linear axis. */
  readonly place: BandPlace | LinearPlace;
  readonly note: (row: Row) => readonly ReactNode[];
  readonly labelWidth: number;
  /** Which of the axes in common the horizontal one is. */
  readonly axis?: TimeAxisName;
  /** A row was clicked, or chosen by Enter. */
  readonly onPick?: (row: Row) => void;
  /** Axes and marks, which draw themselves into the plot's area. */
  readonly children: ReactNode;
}

interface BandPlace {
  readonly by: 'band';
  readonly key: string;
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
 * Area, size and tooltip of a plot are the library's. Marks, axes and grid are drawn beside it, one path a series: as the
 * library's own elements they cost the page most of a frame whenever they change. On an axis of time, what is pointed at,
 * zoomed to and selected is what all plots have in common.
 */
export function Plot<Row extends object>(props: PlotProps<Row>): ReactElement {
  const { place, note, labelWidth, axis, onPick, children } = props;
  const margin = { top: 6, right: RIGHT, bottom: X_AXIS_HEIGHT, left: labelWidth };
  const rows = place.by === 'band' ? props.rows : props.rows.filter((row) => isInView(row, place));
  const range = place.by === 'value' ? { fromMs: place.from, toMs: place.to } : { fromMs: 0, toMs: 1 };
  const shareOf = (row: Row, i: number): number =>
    place.by === 'band'
      ? (i + 0.5) / rows.length
      : (valueAt(row, place.key) - place.from) / Math.max(1, place.to - place.from);
  const pick = (row: Row | undefined): void => {
    if (row !== undefined) onPick?.(row);
  };
  const walk = usePlotWalk({ rows, shareOf, note, axis: axis ?? null, range, onPick: pick });
  const { marked, handlers } = usePlotPointer({
    axis: axis ?? null,
    range,
    margin,
    onClick: (share) => pick(nearest(rows, shareOf, share)),
  });
  return (
    <div className={styles['pointed']} data-picks={onPick !== undefined || undefined} {...handlers}>
      <ResponsiveContainer width="100%" height="100%" initialDimension={START} debounce={60}>
        <LineChart data={[...rows]} margin={margin} accessibilityLayer={false}>
          {place.by === 'band' ? (
            <XAxis dataKey={place.key} scale="band" hide />
          ) : (
            <XAxis dataKey={place.key} type="number" domain={[place.from, place.to]} allowDataOverflow hide />
          )}
          <YAxis hide />
          {children}
          {axis !== undefined && <TimeMarks axis={axis} {...range} marked={marked} />}
          {/* Not seen: gives the tooltip its rows. */}
          <Line
            dataKey={nothing}
            stroke="none"
            dot={rows.length === 1 && LONE_DOT}
            activeDot={false}
            isAnimationActive={false}
          />
          <Tooltip
            content={<HoverNote note={note} />}
            cursor={axis === undefined ? CURSOR : false}
            isAnimationActive={false}
          />
        </LineChart>
      </ResponsiveContainer>
      {walk !== null && <KeyNote lines={note(walk.row)} share={walk.share} />}
    </div>
  );
}

function valueAt(row: object, key: string): number {
  return Number((row as Readonly<Record<string, unknown>>)[key]);
}

function isInView(row: object, { key, from, to }: LinearPlace): boolean {
  const value = valueAt(row, key);
  return value >= from && value <= to;
}

function nearest<Row>(rows: readonly Row[], shareOf: (row: Row, i: number) => number, share: number): Row | undefined {
  let best: Row | undefined;
  let least = Infinity;
  rows.forEach((row, i) => {
    const distance = Math.abs(shareOf(row, i) - share);
    if (distance >= least) return;
    least = distance;
    best = row;
  });
  return best;
}
