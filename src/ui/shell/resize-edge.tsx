import type { KeyboardEvent, PointerEvent, ReactElement } from 'react';
import styles from './app.module.css';

interface ResizeEdgeProps {
  readonly label: string;
  readonly orientation: 'vertical' | 'horizontal';
  /** Size of the panel behind the edge, by how far the pointer is from the window's far side, px. */
  readonly onResize: (px: number) => void;
  readonly onReset: () => void;
  readonly currentPx: () => number;
}

const KEY_STEP_PX = 16;

/** The edge of a panel at the right or the bottom of the window. Double click restores. */
export function ResizeEdge({ label, orientation, onResize, onReset, currentPx }: ResizeEdgeProps): ReactElement {
  const isVertical = orientation === 'vertical';
  const move = (event: PointerEvent): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    onResize(currentPx() - (isVertical ? event.movementX : event.movementY));
  };
  const key = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: 1, ArrowUp: 1, ArrowRight: -1, ArrowDown: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    onResize(currentPx() + step * KEY_STEP_PX);
  };
  return (
    <div
      className={styles['edge']}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={orientation}
      aria-valuenow={Math.round(currentPx())}
      data-orientation={orientation}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={move}
      onDoubleClick={onReset}
      onKeyDown={key}
    />
  );
}
