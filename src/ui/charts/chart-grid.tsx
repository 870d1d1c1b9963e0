import type { ReactElement } from 'react';
import styles from './charts.module.css';
import { ClockPanel } from './clock-panel.tsx';
import { DropPanel } from './drop-panel.tsx';
import { LatenessPanel } from './lateness-panel.tsx';
import { WindowPanel } from './window-panel.tsx';

/** The charts of the watched node. Holds the plotting library, so it is loaded when it is first shown. */
export function ChartGrid(): ReactElement {
  return (
    <div className={styles['grid']}>
      <WindowPanel />
      <ClockPanel />
      <DropPanel />
      <LatenessPanel />
    </div>
  );
}
