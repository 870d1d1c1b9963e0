import type { ReactElement } from 'react';
import { axisDuration, axisTime } from './axis-labels.ts';
import { durationTicks, timeTicks } from './chart-rows.ts';
import type { PlotArea } from './plot-area.ts';
import { axisTextWidth, usePlotArea } from './plot-area.ts';
import { RIGHT, X_AXIS_HEIGHT } from './plot-parts.tsx';

interface AxisProps {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
  readonly format: (value: number) => string;
}

/** From here on durations are long to write. */
const LONG_MS = 1_000 * 86_400_000;
/** What a label and the space beside it take. */
const LABEL_ROOM_PX = 48;
const DURATION_ROOM_PX = 34;
const LABEL = { fontSize: 'var(--t-xs)', fill: 'var(--ink-3)' } as const;

/** The horizontal axis, with hairlines up through the plot where `hasGrid`. */
export function BottomAxis({
  from,
  to,
  ticks,
  format,
  hasGrid = false,
}: AxisProps & { hasGrid?: boolean }): ReactElement | null {
  const area = usePlotArea();
  if (area === null || !(to > from)) return null;
  const bottom = Math.round(area.y + area.height) + 0.5;
  const places = ticks.map((tick) => Math.round(area.x + ((tick - from) / (to - from)) * area.width) + 0.5);
  const grid = places.map((x) => `M${x} ${area.y}V${bottom}`).join('');
  return (
    <g>
      {hasGrid && <path d={grid} stroke="var(--line)" />}
      <path
        d={`M${area.x} ${bottom}h${area.width}${places.map((x) => `M${x} ${bottom}v3`).join('')}`}
        stroke="var(--line-strong)"
      />
      {labelsOf(ticks.map(format), places, area).map(({ text, x }) => (
        <text key={x} x={x} y={bottom + (X_AXIS_HEIGHT - 5) * area.root} textAnchor="middle" {...LABEL}>
          {text}
        </text>
      ))}
    </g>
  );
}

interface AxisLabel {
  readonly text: string;
  readonly x: number;
}

/** Labels by their middle, none beyond the plot's margin; one that would be written over the one before it goes. */
function labelsOf(texts: readonly string[], places: readonly number[], area: PlotArea): readonly AxisLabel[] {
  const labels: AxisLabel[] = [];
  let takenTo = -Infinity;
  texts.forEach((text, i) => {
    const half = axisTextWidth(text, area.root) / 2;
    const x = Math.min(places[i] ?? 0, area.x + area.width + RIGHT - half);
    if (x - half < takenTo) return;
    takenTo = x + half;
    labels.push({ text, x });
  });
  return labels;
}

/** A horizontal axis of durations from 0 on. */
export function DurationAxis({ to }: { to: number }): ReactElement {
  const area = usePlotArea();
  const most = to > LONG_MS ? 3 : 6;
  const room = Math.floor((area?.width ?? 0) / (DURATION_ROOM_PX * (area?.root ?? 1)));
  return (
    <BottomAxis from={0} to={to} ticks={durationTicks(to, Math.min(most, Math.max(2, room)))} format={axisDuration} />
  );
}

/** A horizontal axis of times. */
export function TimeAxis({ from, to, hasGrid = false }: { from: number; to: number; hasGrid?: boolean }): ReactElement {
  const area = usePlotArea();
  const room = Math.floor((area?.width ?? 0) / (LABEL_ROOM_PX * (area?.root ?? 1)));
  const ticks = timeTicks(from, to, Math.min(5, Math.max(2, room)));
  return <BottomAxis from={from} to={to} ticks={ticks} format={axisTime(to - from, ticks)} hasGrid={hasGrid} />;
}

/** The vertical axis: labels and hairlines, no line of its own. */
export function LeftAxis({ from, to, ticks, format }: AxisProps): ReactElement | null {
  const area = usePlotArea();
  if (area === null || !(to > from)) return null;
  const places = ticks.map(
    (tick) => Math.round(area.y + area.height - ((tick - from) / (to - from)) * area.height) + 0.5,
  );
  return (
    <g>
      <path d={places.map((y) => `M${area.x} ${y}h${area.width}`).join('')} stroke="var(--line)" />
      {ticks.map((tick, i) => (
        <text key={i} x={area.x - 7} y={(places[i] ?? 0) + 4 * area.root} textAnchor="end" {...LABEL}>
          {format(tick)}
        </text>
      ))}
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

/** A vertical line at a value of the horizontal axis, with its name. */
export function Marker({ at, from, to, text, look, row }: MarkerProps): ReactElement | null {
  const area = usePlotArea();
  if (area === null || at < from || at > to) return null;
  const x = area.x + ((at - from) / (to - from)) * area.width;
  const isSolid = look === 'solid';
  // Bold is wider.
  const width = axisTextWidth(text, area.root) * (isSolid ? 1.1 : 1);
  const isRight = x + 5 + width > area.x + area.width + 12;
  const rowPx = 14 * area.root;
  return (
    <g>
      <path
        d={`M${x} ${area.y + row * rowPx}V${area.y + area.height}`}
        stroke="var(--tide)"
        strokeWidth={isSolid ? 2.25 : 1.25}
        strokeDasharray={isSolid ? undefined : '5 3'}
      />
      <text
        x={isRight ? x - 5 : x + 5}
        y={area.y + 10 * area.root + row * rowPx}
        textAnchor={isRight ? 'end' : 'start'}
        fontSize="var(--t-xs)"
        fontWeight={isSolid ? 600 : 400}
        fill={isSolid ? 'var(--tide-ink)' : 'var(--ink-2)'}
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
