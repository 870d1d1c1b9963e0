import type { ReactElement } from 'react';
import { BrandMark } from '../theme/brand-mark.tsx';
import styles from './top-bar.module.css';

/** The top bar before there is anything in it. */
export function EmptyBar(): ReactElement {
  return (
    <header className={styles['bar']} style={{ gridArea: 'top' }}>
      <h1 className={styles['brand']}>
        <BrandMark />
        <span>Tidemark</span>
      </h1>
    </header>
  );
}
