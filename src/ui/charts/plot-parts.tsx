import { useMemo, useRef } from 'react';
import type { ReactElement, ReactNode } from 'react';
import type { PlotArea, Size } from './plot-area.ts';
import { PlotAreaContext, useSize } from './plot-area.ts';
import { PlotNote } from './plot-notes.tsx';
import styles from './charts.module.css';
import type { TimeAxisName } from './time-extents.ts';
import { TimeMarks } from './time-marks.tsx';
import { usePlotPointer } from './use-plot-pointer.ts';
import { usePlotWalk } from './use-plot-walk.ts';

/** Height that the horizontal axis takes below the plot, px where a rem is 16. */
export const X_AXIS_HEIGHT = 18;
const TOP = 6;
/** Margin at the right of the plot, px. */
export const RIGHT = 14;

interface PlotProps<Row> {
  /** What the note tells about, one under each place of the pointer, from left to right. */
  readonly rows: readonly Row[];
  /** Where a row stands: on a band of its own, or at a value of a linear axis. */
  readonly place: BandPlace | LinearPlace;
  readonly note: (row: Row) => readonly ReactNode[];
  /** Width of the vertical axis' labels, px where a rem is 16. */
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
}

interface LinearPlace {
  readonly by: 'value';
  readonly key: string;
  readonly from: number;
  readonly to: number;
}

/**
 * The area of a plot, and the note about what is pointed at. Marks, axes and grid draw themselves into the area, one path
 * a series: an element a mark would cost the page most of a frame whenever they change. On an axis of time, what is
 * pointed at, zoomed to and selected is what all plots have in common.
 */
export function Plot<Row extends object>(props: PlotProps<Row>): ReactElement {
  const { place, note, labelWidth, axis, onPick, children } = props;
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const root = size?.root ?? 1;
  const margin = { top: TOP, right: RIGHT, bottom: X_AXIS_HEIGHT * root, left: labelWidth * root };
  const area = useMemo(() => (size === null ? null : areaOf(size, labelWidth)), [size, labelWidth]);
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
  const { marked, pointed, handlers } = usePlotPointer({
    axis: axis ?? null,
    range,
    margin,
    onClick: (share) => pick(nearest(rows, shareOf, share)?.row),
  });
  const hovered = pointed === null ? null : nearest(rows, shareOf, pointed.share);
  return (
    <div ref={box} className={styles['pointed']} data-picks={onPick !== undefined || undefined} {...handlers}>
      {size !== null && area !== null && (
        <svg className={styles['picture']} width={size.width} height={size.height}>
          <PlotAreaContext value={area}>
            {children}
            {axis !== undefined && <TimeMarks axis={axis} {...range} marked={marked} />}
          </PlotAreaContext>
          {axis === undefined && hovered !== null && <Cursor area={area} share={hovered.share} />}
        </svg>
      )}
      {area !== null && hovered !== null && (
        <PlotNote lines={note(hovered.row)} area={area} share={hovered.share} topPx={pointed?.topPx ?? null} />
      )}
      {area !== null && walk !== null && (
        <PlotNote lines={note(walk.row)} area={area} share={walk.share} topPx={null} />
      )}
    </div>
  );
}

function areaOf({ width, height, root }: Size, labelWidth: number): PlotArea | null {
  const x = labelWidth * root;
  const area = { x, y: TOP, width: width - x - RIGHT, height: height - TOP - X_AXIS_HEIGHT * root, root };
  return area.width > 0 && area.height > 0 ? area : null;
}

/** Where the note's row stands. On an axis of time the moment itself is marked. */
function Cursor({ area, share }: { area: PlotArea; share: number }): ReactElement {
  return (
    <path
      d={`M${area.x + share * area.width} ${area.y}v${area.height}`}
      stroke="var(--ink-3)"
      strokeDasharray="2 2"
      pointerEvents="none"
    />
  );
}

function valueAt(row: object, key: string): number {
  return Number((row as Readonly<Record<string, unknown>>)[key]);
}

function isInView(row: object, { key, from, to }: LinearPlace): boolean {
  const value = valueAt(row, key);
  return value >= from && value <= to;
}

interface Found<Row> {
  readonly row: Row;
  readonly share: number;
}

/** The row that stands nearest to a share of the width, and where it does; null where there is none. */
function nearest<Row>(
  rows: readonly Row[],
  shareOf: (row: Row, i: number) => number,
  wanted: number,
): Found<Row> | null {
  let best: Found<Row> | null = null;
  let least = Infinity;
  rows.forEach((row, i) => {
    const share = shareOf(row, i);
    const distance = Math.abs(share - wanted);
    if (distance >= least) return;
    least = distance;
    best = { row, share };
  });
  return best;
}
