import type { ReactElement } from 'react';
import { useRunStore } from '../../app/run-store.ts';
import { formatDate, formatTime } from '../theme/format.ts';
import styles from './clocks.module.css';

/** The three clocks, always in view. The watermark jumps, because it does jump. */
export function Clocks(): ReactElement {
  const clocks = useRunStore((state) => state.clocks);
  return (
    <dl className={styles['clocks']}>
      <Clock name="event time" timeMs={clocks.maxEventTimeMs} hint="The newest event time seen" />
      <Clock
        name="watermark"
        timeMs={clocks.watermarkMs}
        hint="No event at or before this time is expected any more"
        isTide
      />
      <Clock name="processing" timeMs={clocks.processingTimeMs} hint="The clock of the run" />
    </dl>
  );
}

interface ClockProps {
  readonly name: string;
  readonly timeMs: number | null;
  readonly hint: string;
  readonly isTide?: boolean;
}

function Clock({ name, timeMs, hint, isTide = false }: ClockProps): ReactElement {
  const date = timeMs !== null && Number.isFinite(timeMs) ? `, ${formatDate(timeMs)} UTC` : '';
  return (
    <div title={hint + date} data-tone={isTide ? 'tide' : undefined}>
      <dt>{name}</dt>
      <dd data-clock={name} data-time={timeMs ?? ''}>
        {formatTime(timeMs)}
      </dd>
    </div>
  );
}
