import type { ReactElement } from 'react';
import { crossPath } from './marks.tsx';
import { usePlotArea } from './plot-area.ts';

/**
 * Marks drawn by one path a series, straight from the figures. As elements of their own, bars and points cost the page
 * most of a frame whenever they change.
 */

/** From `from` to `to` of the value axis, on band `band`. */
export interface BarSpan {
  readonly band: number;
  readonly from: number;
  readonly to: number;
}

export interface BarSeries {
  readonly name: string;
  readonly color: string;
  readonly opacity: number;
  readonly spans: readonly BarSpan[];
  /** Least height of a bar that is not empty, px. */
  readonly leastPx: number;
  /** Which of `lanes` bars side by side on a band; 0 of 1 when they fill it. */
  readonly lane: number;
}

/** Shares of the plot's width, 0..1. */
export interface BandPlace {
  readonly from: number;
  readonly to: number;
}

interface BandBarsProps {
  readonly bands: number;
  /** Where each band lies, as shares of the width; side by side and equally wide when left out. */
  readonly places?: readonly BandPlace[];
  readonly lanes: number;
  /** Values at the bottom and at the top of the plot; 0 lies between them. */
  readonly low: number;
  readonly top: number;
  readonly scale: 'linear' | 'root';
  readonly series: readonly BarSeries[];
}

/** Least width of a bar, px. */
const LEAST_WIDTH = 1.5;

export function BandBars({ bands, places, lanes, low: least, top, scale, series }: BandBarsProps): ReactElement | null {
  const area = usePlotArea();
  if (area === null || bands === 0 || !(top > 0)) return null;
  const placeOf = (band: number): BandPlace => places?.[band] ?? { from: band / bands, to: (band + 1) / bands };
  const lanePxOf = ({ from, to }: BandPlace): number =>
    Math.max(LEAST_WIDTH / lanes, ((to - from) * area.width - 1) / lanes);
  const bottom = area.y + area.height;
  const height = (value: number): number => {
    if (scale === 'root') return area.height * Math.sqrt(Math.max(0, value) / top);
    return area.height * ((value - least) / (top - least));
  };
  return (
    <g>
      {series.map(({ name, color, opacity, spans, leastPx, lane }) => (
        <path
          key={name}
          fill={color}
          fillOpacity={opacity}
          d={spans
            .map(({ band, from, to }) => {
              const low = bottom - height(from);
              const high = to < from ? bottom - height(to) : Math.min(bottom - height(to), low - leastPx);
              const place = placeOf(band);
              const lanePx = lanePxOf(place);
              const x = area.x + place.from * area.width + lane * lanePx;
              return `M${px(x)} ${px(low)}V${px(high)}h${px(lanePx)}V${px(low)}z`;
            })
            .join('')}
        />
      ))}
    </g>
  );
}

/** More crosses than this are drawn smaller. */
const DENSE_POINTS = 60;

interface CrossesProps {
  readonly points: readonly { readonly x: number; readonly y: number }[];
  readonly x: readonly [number, number];
  readonly top: number;
}

export function Crosses({ points, x: [from, to], top }: CrossesProps): ReactElement | null {
  const area = usePlotArea();
  if (area === null || !(to > from) || !(top > 0)) return null;
  const r = points.length > DENSE_POINTS ? 2.4 : 3.4;
  const d = points
    .map(({ x, y }) =>
      crossPath(area.x + ((x - from) / (to - from)) * area.width, area.y + area.height - (y / top) * area.height, r),
    )
    .join('');
  return (
    <path
      className="crosses"
      data-count={points.length}
      d={d}
      fill="none"
      stroke="var(--dropped)"
      strokeWidth={points.length > DENSE_POINTS ? 1.8 : 2.4}
      strokeLinecap="round"
    />
  );
}

function px(value: number): string {
  return value.toFixed(1);
}
