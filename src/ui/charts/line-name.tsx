import type { ReactElement } from 'react';
import type { PartLag } from './chart-rows.ts';
import { usePlotArea } from './plot-area.ts';

interface LineNameProps {
  readonly name: string;
  readonly points: PartLag['points'];
  readonly range: readonly [number, number];
  readonly y: readonly [number, number];
}

/** The name of a line, above its right end. */
export function LineName({ name, points, range: [from, to], y }: LineNameProps): ReactElement | null {
  const area = usePlotArea();
  const last = points.findLast(({ atMs, lagMs }) => atMs >= from && atMs <= to && lagMs !== null);
  if (area === null || last === undefined) return null;
  const share = ((last.lagMs ?? 0) - y[0]) / (y[1] - y[0]);
  return (
    <text
      x={area.x + area.width - 2}
      y={Math.max(area.y + 9, area.y + area.height * (1 - share) - 4)}
      textAnchor="end"
      fontSize="var(--t-xs)"
      fill="var(--tide-ink)"
      stroke="var(--surface)"
      strokeWidth={3}
      strokeLinejoin="round"
      paintOrder="stroke"
    >
      {name}
    </text>
  );
}
