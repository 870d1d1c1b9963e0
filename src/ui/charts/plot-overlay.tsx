import type { ReactElement } from 'react';
import { usePlotArea } from 'recharts';
import { X_AXIS_HEIGHT } from './plot-parts.tsx';

interface LinearAxisProps {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
  readonly format: (value: number) => string;
}

/**
 * A linear axis under bars: those stand on bands of equal width, which have no place for a value between two of them.
 * The plot leaves `X_AXIS_HEIGHT` at its bottom.
 */
export function LinearAxis({ from, to, ticks, format }: LinearAxisProps): ReactElement | null {
  const area = usePlotArea();
  if (area === undefined || !(to > from)) return null;
  const bottom = area.y + area.height;
  return (
    <g>
      <path d={`M${area.x} ${bottom}h${area.width}`} stroke="var(--line-strong)" shapeRendering="crispEdges" />
      {ticks.map((tick) => {
        const x = area.x + ((tick - from) / (to - from)) * area.width;
        return (
          <g key={tick}>
            <path d={`M${x} ${bottom}v3`} stroke="var(--line-strong)" />
            <text x={x} y={bottom + X_AXIS_HEIGHT - 5} textAnchor="middle" fontSize="var(--t-xs)" fill="var(--ink-3)">
              {format(tick)}
            </text>
          </g>
        );
      })}
    </g>
  );
}

interface MarkerProps {
  readonly at: number;
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly look: 'solid' | 'dashed';
  /** Lines of text above this one's. */
  readonly row: number;
}

/** A vertical line at a value of a linear axis, with its name. */
export function Marker({ at, from, to, text, look, row }: MarkerProps): ReactElement | null {
  const area = usePlotArea();
  if (area === undefined || at < from || at > to) return null;
  const x = area.x + ((at - from) / (to - from)) * area.width;
  const isRight = x > area.x + 0.75 * area.width;
  const y = area.y + 10 + row * 14;
  return (
    <g>
      <path
        d={`M${x} ${area.y + row * 14}V${area.y + area.height}`}
        stroke="var(--tide)"
        strokeWidth={look === 'solid' ? 2.25 : 1.25}
        strokeDasharray={look === 'solid' ? undefined : '5 3'}
      />
      <text
        x={isRight ? x - 5 : x + 5}
        y={y}
        textAnchor={isRight ? 'end' : 'start'}
        fontSize="var(--t-xs)"
        fontWeight={look === 'solid' ? 600 : 400}
        fill={look === 'solid' ? 'var(--tide-ink)' : 'var(--ink-2)'}
        stroke="var(--surface)"
        strokeWidth={4}
        strokeLinejoin="round"
        paintOrder="stroke"
      >
        {text}
      </text>
    </g>
  );
}
