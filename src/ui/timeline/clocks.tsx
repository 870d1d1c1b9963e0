import type { ReactElement } from 'react';
import { displayName } from '../../app/document-catalog.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { lookedAt } from '../../app/looked-at.ts';
import { useRunStore } from '../../app/run-store.ts';
import { formatDate, formatTime } from '../theme/format.ts';
import { useTimeWord } from '../theme/use-time-word.ts';
import { useClocksAtCursor } from './use-clocks-at-cursor.ts';
import styles from './clocks.module.css';

const names = new Intl.ListFormat('en', { type: 'conjunction' });

const HINTS = {
  watermark: 'No event at or before this time is expected any more',
  'stream time': 'The largest event time so far; each operator has its own, and closes windows by it and their grace',
} as const;

/** The three clocks, always in view. The watermark jumps, because it does jump. */
export function Clocks(): ReactElement {
  const clocks = useRunStore((state) => lookedAt(state).clocks);
  const holder = useWatermarkHolder();
  const word = useTimeWord();
  const pointed = useClocksAtCursor();
  return (
    <dl className={styles['clocks']} data-at-cursor={pointed !== null || undefined}>
      <Clock
        name="event time"
        timeMs={clocks.maxEventTimeMs}
        hint="The newest event time seen"
        pointedMs={pointed?.maxEventTimeMs}
      />
      <Clock
        name="watermark"
        title={word}
        timeMs={clocks.watermarkMs}
        hint={`${HINTS[word]}${holder === '' ? '' : `; it ${holder}`}`}
        isTide
        pointedMs={pointed?.watermarkMs}
      />
      <Clock
        name="processing"
        timeMs={clocks.processingTimeMs}
        hint="The clock of the run"
        pointedMs={pointed?.processingTimeMs}
      />
    </dl>
  );
}

/** Which source the watermark waits for, in words; empty where it waits for none. */
function useWatermarkHolder(): string {
  const stats = useRunStore((state) => state.nodes);
  const nodes = useDocumentStore((state) => state.document.nodes);
  const sources = nodes.flatMap((node) => {
    const own = node.type.startsWith('source.') ? stats[node.id] : undefined;
    return own === undefined || own.idle ? [] : [{ name: displayName(node), watermarkMs: own.watermarkMs }];
  });
  const silent = sources.filter(({ watermarkMs }) => watermarkMs === null).map(({ name }) => name);
  if (silent.length > 0) return `waits for the first event of ${names.format(silent)}`;
  const least = Math.min(...sources.map(({ watermarkMs }) => watermarkMs ?? Infinity));
  const last = sources.find(({ watermarkMs }) => watermarkMs === least);
  return last === undefined || sources.length < 2 || least === Infinity ? '' : `is held back by ${last.name}`;
}

interface ClockProps {
  readonly name: string;
  /** As shown, where that is another. */
  readonly title?: string;
  readonly timeMs: number | null;
  readonly hint: string;
  readonly isTide?: boolean;
  /** At the moment pointed at, null where that is not known; undefined while nothing is pointed at. */
  readonly pointedMs?: number | null | undefined;
}

function Clock({ name, title = name, timeMs, hint, isTide = false, pointedMs }: ClockProps): ReactElement {
  const date = timeMs !== null && Number.isFinite(timeMs) ? `, ${formatDate(timeMs)} UTC` : '';
  return (
    <div title={hint + date} data-tone={isTide ? 'tide' : undefined}>
      <dt>{title}</dt>
      <dd data-clock={name} data-time={timeMs ?? ''}>
        {formatTime(pointedMs === undefined ? timeMs : pointedMs)}
      </dd>
    </div>
  );
}
