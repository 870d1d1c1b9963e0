import type { ReactElement } from 'react';
import { LineMark, PaneMark } from './line-marks.tsx';
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
          <LineMark kind="wm" />
          {word}
        </span>
      )}
      {parts.length > 0 && (
        <span>
          <LineMark kind="part" />
          of each {parts[0]?.about.role === 'input' ? 'input' : 'partition'}
        </span>
      )}
      {facts.horizonMs > 0 && (
        <span>
          <LineMark kind="horizon" />
          {facts.horizonWord}
        </span>
      )}
      <span>
        <LineMark kind="diag" />
        ideal
      </span>
      {hasPanes && facts.window !== null && (
        <span>
          <PaneMark kind="pane" />
          {facts.window.isMerging ? 'session' : 'window'}
        </span>
      )}
    </span>
  );
}
