import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import styles from './controls.module.css';

export type HintTone = 'info' | 'warning' | 'error';

const ICONS = { info: Info, warning: TriangleAlert, error: CircleAlert } as const;

/** What happened, with its number, and what to do about it. */
export function Hint({ tone, children }: { tone: HintTone; children: ReactNode }): ReactElement {
  const Icon = ICONS[tone];
  return (
    <div className={styles['hint']} data-tone={tone}>
      <Icon size={16} aria-hidden />
      <div>{children}</div>
    </div>
  );
}
