import { useId } from 'react';
import type { ReactElement } from 'react';
import { usePlotArea } from './plot-area.ts';

export interface LinePoint {
  readonly x: number;
  /** Null: the line has a gap. */
  readonly y: number | null;
}

interface PlotLineProps {
  readonly points: readonly LinePoint[];
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  /** `step`: a value holds until the next point, as a watermark does. */
  readonly shape: 'step' | 'straight';
  readonly color: string;
  readonly width: number;
  readonly dash?: string | undefined;
  readonly name: string;
}

/** One line, clipped to the plot. */
export function PlotLine({ points, x, y, shape, color, width, dash, name }: PlotLineProps): ReactElement | null {
  const area = usePlotArea();
  const clip = useId();
  if (area === null || !(x[1] > x[0]) || !(y[1] > y[0])) return null;
  const place = (point: LinePoint): readonly [string, string] => {
    const share = ((point.y ?? 0) - y[0]) / (y[1] - y[0]);
    return [
      (area.x + ((point.x - x[0]) / (x[1] - x[0])) * area.width).toFixed(1),
      (area.y + area.height * (1 - Math.min(1, Math.max(0, share)))).toFixed(1),
    ];
  };
  let d = '';
  let isDrawing = false;
  for (const point of points) {
    if (point.y === null) {
      isDrawing = false;
      continue;
    }
    const [left, top] = place(point);
    if (!isDrawing) d += `M${left} ${top}`;
    else d += shape === 'step' ? `H${left}V${top}` : `L${left} ${top}`;
    isDrawing = true;
  }
  return (
    <g>
      <clipPath id={clip}>
        <rect x={area.x} y={area.y - width} width={area.width} height={area.height + 2 * width} />
      </clipPath>
      <path
        clipPath={`url(#${clip})`}
        data-line={name}
        d={d}
        fill="none"
        stroke={color}
        strokeWidth={width}
        strokeDasharray={dash}
        strokeLinejoin="round"
        strokeLinecap={dash === undefined ? 'butt' : 'round'}
      />
    </g>
  );
}
