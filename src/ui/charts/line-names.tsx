import type { ReactElement } from 'react';
import { usePlotArea } from './plot-area.ts';
import { spreadOut } from './spread-out.ts';

export interface NamedLine {
  readonly name: string;
  readonly color: string;
  /** At whose height the name stands; null: it has none. */
  readonly lagMs: number | null;
}

interface LineNamesProps {
  readonly lines: readonly NamedLine[];
  readonly y: readonly [number, number];
}

/** The names of lines at the right end, each above its own, none over another. */
export function LineNames({ lines, y }: LineNamesProps): ReactElement | null {
  const area = usePlotArea();
  if (area === null) return null;
  const ends = lines.flatMap(({ name, color, lagMs }) => {
    if (lagMs === null) return [];
    return [{ name, color, at: area.y + area.height * (1 - (lagMs - y[0]) / (y[1] - y[0])) - 4 }];
  });
  const room = { from: area.y + 9 * area.root, to: area.y + area.height - 2, apart: 12 * area.root };
  const places = spreadOut(
    ends.map(({ at }) => at),
    room,
  );
  return (
    <>
      {ends.map(({ name, color }, i) => (
        <text
          key={name}
          x={area.x + area.width - 2}
          y={places[i]}
          textAnchor="end"
          fontSize="var(--t-xs)"
          fill={color}
          stroke="var(--surface)"
          strokeWidth={3}
          strokeLinejoin="round"
          paintOrder="stroke"
        >
          {name}
        </text>
      ))}
    </>
  );
}
