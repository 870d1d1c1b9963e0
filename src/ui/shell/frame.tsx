import type { ReactElement } from 'react';
import styles from './app.module.css';
import { EmptyBar } from './empty-bar.tsx';

/** The panels in their places, still empty: what a visitor sees while the workbench is on its way. */
export function Frame(): ReactElement {
  return (
    <div className={styles['app']} aria-busy="true">
      <EmptyBar />
      <div className={styles['palette']} />
      <div className={styles['canvas']} />
      <div className={styles['inspector']} />
      <div className={styles['deck']} />
    </div>
  );
}
