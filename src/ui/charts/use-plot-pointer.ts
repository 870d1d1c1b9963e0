import { useEffect, useRef, useState } from 'react';
import type { MouseEvent, PointerEvent } from 'react';
import type { TimeRange } from '../../app/time-view.ts';
import { useTimeView } from '../../app/time-view.ts';
import type { TimeAxisName } from './time-extents.ts';

/** Space around the marks of a plot, px. */
export interface PlotMargin {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** Where a pointer is: the share of the plot's width, and how far down. */
interface Pointed {
  readonly share: number;
  readonly topPx: number;
}

interface PointerRequest {
  /** Null where the plot has no axis of time. */
  readonly axis: TimeAxisName | null;
  readonly range: TimeRange;
  readonly margin: PlotMargin;
  /** A click, at a share of the width. */
  readonly onClick: (share: number) => void;
}

interface PlotPointer {
  readonly marked: readonly [number, number] | null;
  /** Null while nothing between the axes is pointed at. */
  readonly pointed: Pointed | null;
  readonly handlers: {
    readonly onMouseMove: (event: MouseEvent<HTMLElement>) => void;
    readonly onMouseLeave: () => void;
    readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerLeave: () => void;
    readonly onPointerCancel: () => void;
    readonly onDoubleClick: () => void;
  };
}

/** A mark narrower than this is a click. */
const LEAST_MARK_PX = 5;

export function pointAtTime(axis: TimeAxisName | null, timeMs: number | null): void {
  if (axis === null) return;
  const cursor = axis === 'event' ? { eventMs: timeMs, atMs: null } : { eventMs: null, atMs: timeMs };
  useTimeView.getState().pointAt(timeMs === null ? null : cursor);
}

export function showTimes(axis: TimeAxisName, range: TimeRange | null): void {
  useTimeView.getState().showRanges(axis === 'event' ? { eventRange: range } : { atRange: range });
}

/** What a hand does on a plot: it points at a time, marks a stretch to zoom to, clicks, and by two clicks shows all. */
export function usePlotPointer({ axis, range, margin, onClick }: PointerRequest): PlotPointer {
  const [marked, setMarked] = useState<readonly [number, number] | null>(null);
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const start = useRef<{ readonly x: number; readonly share: number } | null>(null);
  const frame = useRef(0);
  const timeAt = (share: number): number => range.fromMs + share * (range.toMs - range.fromMs);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);
  const forget = (): void => {
    start.current = null;
    setMarked(null);
  };
  const point = (event: MouseEvent<HTMLElement>): void => {
    const share = shareOf(event, margin);
    const at = placeOf(event, margin);
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => {
      pointAtTime(axis, timeAt(share));
      setPointed(at);
    });
  };
  const leave = (): void => {
    cancelAnimationFrame(frame.current);
    pointAtTime(axis, null);
    setPointed(null);
  };
  return {
    marked,
    pointed,
    handlers: {
      // A tap is told as a mouse: what it points at stays until the next.
      onMouseMove: point,
      onMouseLeave: leave,
      onPointerMove: (event) => {
        point(event);
        const share = shareOf(event, margin);
        const from = start.current;
        if (from === null || axis === null) return;
        const isMark = marked !== null || Math.abs(event.clientX - from.x) >= LEAST_MARK_PX;
        if (isMark) setMarked([from.share, share]);
      },
      onPointerDown: (event) => {
        if (event.button !== 0 || event.pointerType === 'touch') return;
        start.current = { x: event.clientX, share: shareOf(event, margin) };
        event.currentTarget.setPointerCapture(event.pointerId);
      },
      onPointerUp: (event) => {
        const isClick = marked === null;
        if (isClick) onClick(shareOf(event, margin));
        else if (axis !== null && marked[0] !== marked[1]) {
          showTimes(axis, { fromMs: timeAt(Math.min(...marked)), toMs: timeAt(Math.max(...marked)) });
        }
        forget();
      },
      onPointerLeave: leave,
      onPointerCancel: forget,
      onDoubleClick: () => useTimeView.getState().showRanges({ eventRange: null, atRange: null }),
    },
  };
}

function shareOf(event: MouseEvent<HTMLElement>, { left, right }: PlotMargin): number {
  const box = event.currentTarget.getBoundingClientRect();
  const share = (event.clientX - box.left - left) / Math.max(1, box.width - left - right);
  return Math.min(1, Math.max(0, share));
}

function placeOf(event: MouseEvent<HTMLElement>, margin: PlotMargin): Pointed | null {
  const box = event.currentTarget.getBoundingClientRect();
  const x = event.clientX - box.left;
  const topPx = event.clientY - box.top;
  const isWithin = x >= margin.left && x <= box.width - margin.right;
  return isWithin && topPx >= margin.top && topPx <= box.height - margin.bottom
    ? { share: shareOf(event, margin), topPx }
    : null;
}
