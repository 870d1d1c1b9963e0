import type { ReactElement } from 'react';
import { BrandMark } from '../theme/brand-mark.tsx';
import styles from './app.module.css';
import bar from './top-bar.module.css';

/** The panels in their places, still empty: what a visitor sees while the workbench is on its way. */
export function Frame(): ReactElement {
  return (
    <div className={styles['app']} aria-busy="true">
      <header className={bar['bar']} style={{ gridArea: 'top' }}>
        <h1 className={bar['brand']}>
          <BrandMark />
          Tidemark
        </h1>
      </header>
      <div className={styles['palette']} />
      <div className={styles['canvas']} />
      <div className={styles['inspector']} />
      <div className={styles['deck']} />
    </div>
  );
}
