import type { ReactElement } from 'react';
import type { PlaneData } from './plane-data.ts';
import { partLines } from './draw-lines.ts';
import styles from './plane.module.css';

/** Lines and areas of the plane, as far as there are any; marks of events stand in the deck's own legend. */
export function PlaneLegend({ data, word }: { data: PlaneData | null; word: string }): ReactElement | null {
  if (data === null) return null;
  const { facts, lines } = data;
  const parts = partLines(data);
  const hasPanes = data.panes.length > 0;
  return (
    <span className={styles['legend']} aria-hidden>
      {(lines[0]?.seq.length ?? 0) > 0 && (
        <span>
          <svg width={18} height={12} viewBox="0 0 18 12">
            <path d="M1 11V6h8V1h8" className={styles['wm']} />
          </svg>
          {word}
        </span>
      )}
      {parts.length > 0 && (
        <span>
          <svg width={18} height={12} viewBox="0 0 18 12">
            <path d="M1 11V6h8V1h8" className={styles['part']} />
          </svg>
          of each {parts[0]?.about.role === 'input' ? 'input' : 'partition'}
        </span>
      )}
      {facts.horizonMs > 0 && (
        <span>
          <svg width={18} height={12} viewBox="0 0 18 12">
            <path d="M0 6h18" className={styles['horizon']} />
          </svg>
          {facts.horizonWord}
        </span>
      )}
      <span>
        <svg width={18} height={12} viewBox="0 0 18 12">
          <path d="M1 11 17 1" className={styles['diag']} />
        </svg>
        ideal
      </span>
      {hasPanes && facts.window !== null && (
        <span>
          <svg width={14} height={12} viewBox="0 0 14 12">
            <rect x="0.5" y="0.5" width="13" height="11" className={styles['pane']} />
          </svg>
          {facts.window.isMerging ? 'session' : 'window'}
        </span>
      )}
    </span>
  );
}
