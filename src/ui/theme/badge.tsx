import type { ReactElement, ReactNode } from 'react';
import styles from './controls.module.css';

export type BadgeTone = 'plain' | 'tide' | 'ontime' | 'late' | 'dropped';

export function Badge({ tone = 'plain', children }: { tone?: BadgeTone; children: ReactNode }): ReactElement {
  return (
    <span className={styles['badge']} data-tone={tone}>
      {children}
    </span>
  );
}
