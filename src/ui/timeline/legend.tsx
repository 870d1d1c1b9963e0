import type { ReactElement } from 'react';
import { LegendSample } from '../charts/marks.tsx';
import { useTimeWord } from '../theme/use-time-word.ts';
import styles from './time-deck.module.css';

/** The marks of the charts: shape, colour and word together. */
export function Legend(): ReactElement {
  const word = useTimeWord();
  return (
    <div className={styles['legend']} aria-hidden>
      <span>
        <LegendSample mark="ontime" /> on time
      </span>
      <span>
        <LegendSample mark="added-late" /> added late
      </span>
      <span>
        <LegendSample mark="dropped" /> dropped
      </span>
      <span>
        <LegendSample mark="watermark" /> {word}
      </span>
    </div>
  );
}
