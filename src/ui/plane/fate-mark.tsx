import type { ReactElement } from 'react';
import { FATE_LATE_KEPT, FATE_ON_TIME, FATE_REFIRED, FATE_REJECTED } from '../../app/plane-updates.ts';
import { crossPath } from '../charts/marks.tsx';

/** The mark of a fate as the plane draws it; of the right input of a join square where it is round. */
export function FateMark({ fate, isSquare = false }: { fate: number; isSquare?: boolean }): ReactElement {
  return (
    <svg width={14} height={14} viewBox="0 0 14 14" aria-hidden>
      {shapeOf(fate, isSquare)}
    </svg>
  );
}

function shapeOf(fate: number, isSquare: boolean): ReactElement {
  const round = { cx: 7, cy: 7, r: 4.5 };
  const square = { x: 3, y: 3, width: 8, height: 8 };
  const hollow = { fill: 'none', stroke: 'var(--late)', strokeWidth: 2 };
  switch (fate) {
    case FATE_ON_TIME:
      return isSquare ? <rect {...square} fill="var(--ink)" /> : <circle {...round} fill="var(--ontime)" />;
    case FATE_LATE_KEPT:
      return isSquare ? <rect {...square} {...hollow} /> : <circle {...round} {...hollow} />;
    case FATE_REFIRED:
      return <path d="M7 1.5 12.5 7 7 12.5 1.5 7z" {...hollow} />;
    default: {
      const stroke = fate === FATE_REJECTED ? 'var(--ink)' : 'var(--dropped)';
      return <path d={crossPath(7, 7, 4)} fill="none" stroke={stroke} strokeWidth={2.4} strokeLinecap="round" />;
    }
  }
}
