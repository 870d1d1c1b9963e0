import type { ReactElement } from 'react';
import controls from './controls.module.css';

/** Says of a row that it is in the lineage that is told: a ring, as on the plane. */
export function LineageMark(): ReactElement {
  return (
    <>
      <svg width={10} height={10} className={controls['lineageMark']} aria-hidden>
        <circle cx={5} cy={5} r={3.5} fill="none" stroke="currentColor" strokeWidth={1.75} />
      </svg>
      <span className={controls['visuallyHidden']}>in the lineage </span>
    </>
  );
}
