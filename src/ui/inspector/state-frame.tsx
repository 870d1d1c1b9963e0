import { useEffect, useRef } from 'react';
import type { KeyboardEvent, ReactElement, ReactNode } from 'react';
import { useTimeView } from '../../app/time-view.ts';
import { axisTime } from '../charts/axis-labels.ts';
import { timeTicks } from '../charts/chart-rows.ts';
import styles from './state-timeline.module.css';

const WIDTH = 264;
const RIGHT = 6;
const AXIS_HEIGHT = 18;

/** Where a time stands in the picture. */
export type TimeScale = (timeMs: number) => number;

interface StateFrameProps {
  readonly fromMs: number;
  readonly toMs: number;
  /** Room for names at the left, and of the picture without its axis. */
  readonly left: number;
  readonly height: number;
  readonly watermarkMs: number | null;
  readonly word: string;
  readonly summary: string;
  readonly onKey?: (event: KeyboardEvent) => boolean;
  readonly children: (x: TimeScale) => ReactNode;
}

/** A line of event time with the watermark on it, and the moment pointed at here or in a chart. */
export function StateFrame(props: StateFrameProps): ReactElement {
  const { fromMs, toMs, left, height, watermarkMs, word, summary, onKey, children } = props;
  const cursorMs = useTimeView((state) => state.cursor?.eventMs ?? null);
  const frame = useRef(0);
  const spanMs = Math.max(1, toMs - fromMs);
  const x: TimeScale = (timeMs) => left + Math.min(1, Math.max(0, (timeMs - fromMs) / spanMs)) * (WIDTH - left - RIGHT);
  const isIn = (timeMs: number | null): timeMs is number => timeMs !== null && timeMs >= fromMs && timeMs <= toMs;
  const ticks = timeTicks(fromMs, toMs, 3);
  const write = axisTime(spanMs, ticks);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);
  const point = (timeMs: number | null): void => {
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() =>
      useTimeView.getState().pointAt(timeMs === null ? null : { eventMs: timeMs, atMs: null }),
    );
  };
  return (
    <svg
      className={styles['frame']}
      viewBox={`0 0 ${String(WIDTH)} ${String(height + AXIS_HEIGHT)}`}
      role="img"
      aria-label={summary}
      tabIndex={0}
      onKeyDown={(event) => {
        if (onKey?.(event) === true) event.preventDefault();
      }}
      onPointerMove={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        const place = ((event.clientX - box.left) / Math.max(1, box.width)) * WIDTH;
        point(place < left ? null : fromMs + ((place - left) / (WIDTH - left - RIGHT)) * spanMs);
      }}
      onPointerLeave={() => point(null)}
    >
      {isIn(watermarkMs) && (
        <rect className={styles['passed']} x={left} width={x(watermarkMs) - left} height={height} />
      )}
      {children(x)}
      {isIn(watermarkMs) && (
        <>
          <path className={styles['watermark']} d={`M${String(x(watermarkMs))} 0V${String(height)}`} />
          <text
            className={styles['watermarkName']}
            x={x(watermarkMs) + (x(watermarkMs) > WIDTH / 2 ? -4 : 4)}
            y={9}
            textAnchor={x(watermarkMs) > WIDTH / 2 ? 'end' : 'start'}
          >
            {word}
          </text>
        </>
      )}
      {isIn(cursorMs) && <path className={styles['cursor']} d={`M${String(x(cursorMs))} 0V${String(height)}`} />}
      <path className={styles['axis']} d={`M${String(left)} ${String(height + 0.5)}H${String(WIDTH - RIGHT)}`} />
      {ticks.map((tick) => (
        <text
          key={tick}
          x={x(tick)}
          y={height + 13}
          textAnchor={x(tick) > WIDTH - 24 ? 'end' : x(tick) < left + 12 ? 'start' : 'middle'}
        >
          {write(tick)}
        </text>
      ))}
    </svg>
  );
}
