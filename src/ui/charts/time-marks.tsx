import type { ReactElement } from 'react';
import type { TimeRange, TimeSelection } from '../../app/time-view.ts';
import { useTimeView } from '../../app/time-view.ts';
import { usePlotArea } from './plot-area.ts';
import type { TimeAxisName } from './time-extents.ts';

interface TimeMarksProps extends TimeRange {
  readonly axis: TimeAxisName;
  /** What a hand is just marking, as shares of the width. */
  readonly marked: readonly [number, number] | null;
}

/** On a time axis: the moment pointed at, here or elsewhere, what is selected, and what is being marked. */
export function TimeMarks({ axis, fromMs, toMs, marked }: TimeMarksProps): ReactElement | null {
  const area = usePlotArea();
  const cursorMs = useTimeView((state) => (axis === 'event' ? state.cursor?.eventMs : state.cursor?.atMs) ?? null);
  const selection = useTimeView((state) => state.selection);
  if (area === null || !(toMs > fromMs)) return null;
  const xOf = (timeMs: number): number => area.x + ((timeMs - fromMs) / (toMs - fromMs)) * area.width;
  const isIn = (timeMs: number | null): timeMs is number => timeMs !== null && timeMs >= fromMs && timeMs <= toMs;
  const stretch = stretchOf(selection, axis);
  const momentMs = momentOf(selection, axis);
  const left = stretch === null ? 0 : Math.max(area.x, xOf(stretch.fromMs));
  const right = stretch === null ? 0 : Math.min(area.x + area.width, xOf(stretch.toMs));
  return (
    <g pointerEvents="none">
      {right > left && (
        <rect
          data-selected-stretch
          x={left}
          y={area.y}
          width={Math.max(2, right - left)}
          height={area.height}
          fill="var(--tide)"
          fillOpacity={0.1}
          stroke="var(--tide)"
          strokeWidth={1.5}
        />
      )}
      {isIn(momentMs) && (
        <path
          data-selected-moment
          d={`M${xOf(momentMs)} ${area.y}v${area.height}`}
          stroke="var(--ink)"
          strokeWidth={1.5}
        />
      )}
      {isIn(cursorMs) && (
        <path
          data-cursor-ms={cursorMs}
          d={`M${xOf(cursorMs)} ${area.y}v${area.height}`}
          stroke="var(--ink-3)"
          strokeDasharray="2 2"
        />
      )}
      {marked !== null && (
        <rect
          x={area.x + Math.min(...marked) * area.width}
          y={area.y}
          width={Math.abs(marked[1] - marked[0]) * area.width}
          height={area.height}
          fill="var(--ink)"
          fillOpacity={0.08}
          stroke="var(--ink-3)"
        />
      )}
    </g>
  );
}

/** A pane's window on the axis of event time. */
function stretchOf(selection: TimeSelection | null, axis: TimeAxisName): TimeRange | null {
  if (selection?.kind !== 'pane' || axis !== 'event') return null;
  return { fromMs: selection.startMs, toMs: selection.endMs };
}

/** An event's time; on the axis of processing time, when the event came or the pane was emitted. */
function momentOf(selection: TimeSelection | null, axis: TimeAxisName): number | null {
  if (axis === 'processing') return selection?.atMs ?? null;
  return selection?.kind === 'event' ? (selection.eventMs ?? null) : null;
}
