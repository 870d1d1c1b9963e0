import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent, ReactElement, RefObject } from 'react';
import styles from './app.module.css';

interface ResizeEdgeProps {
  readonly label: string;
  readonly orientation: 'vertical' | 'horizontal';
  readonly minPx: number;
  readonly maxPx: () => number;
  /** Size of the panel that the edge belongs to, as it would be. */
  readonly onResize: (px: number) => void;
  readonly onReset: () => void;
}

const KEY_STEP_PX = 16;

/** The edge of a panel at the right or the bottom of the window. Double click and Enter restore the layout's own size. */
export function ResizeEdge({ label, orientation, minPx, maxPx, onResize, onReset }: ResizeEdgeProps): ReactElement {
  const edge = useRef<HTMLDivElement>(null);
  const isVertical = orientation === 'vertical';
  const currentPx = (): number => {
    const panel = edge.current?.parentElement;
    return (isVertical ? panel?.offsetWidth : panel?.offsetHeight) ?? 0;
  };
  const shownPx = useSizeOfParent(edge, currentPx);
  const drag = useRef({ from: 0, px: 0 });
  const at = (event: PointerEvent): number => (isVertical ? event.clientX : event.clientY);
  const hold = (event: PointerEvent): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { from: at(event), px: currentPx() };
  };
  const move = (event: PointerEvent): void => {
    const { from, px } = drag.current;
    if (event.currentTarget.hasPointerCapture(event.pointerId) && at(event) !== from) onResize(px + from - at(event));
  };
  const key = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: 1, ArrowUp: 1, ArrowRight: -1, ArrowDown: -1 }[event.key];
    const wanted = { Home: minPx, End: maxPx(), Enter: null }[event.key];
    if (step === undefined && wanted === undefined) return;
    event.preventDefault();
    if (step !== undefined) onResize(currentPx() + step * KEY_STEP_PX);
    else if (wanted === null || wanted === undefined) onReset();
    else onResize(wanted);
  };
  return (
    <div
      ref={edge}
      className={styles['edge']}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={orientation}
      aria-valuenow={shownPx}
      aria-valuemin={minPx}
      aria-valuemax={Math.max(shownPx, maxPx())}
      title={`${label}: drag, arrow keys; double click restores`}
      data-orientation={orientation}
      onPointerDown={hold}
      onPointerMove={move}
      onDoubleClick={onReset}
      onKeyDown={key}
    />
  );
}

function useSizeOfParent(edge: RefObject<HTMLDivElement | null>, measure: () => number): number {
  const [px, setPx] = useState(0);
  const latest = useRef(measure);
  useEffect(() => {
    latest.current = measure;
  });
  useEffect(() => {
    const panel = edge.current?.parentElement;
    if (panel === null || panel === undefined) return undefined;
    const observer = new ResizeObserver(() => setPx(Math.round(latest.current())));
    observer.observe(panel);
    return () => observer.disconnect();
  }, [edge]);
  return px;
}
