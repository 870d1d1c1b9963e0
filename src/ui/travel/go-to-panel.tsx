import { useId, useState } from 'react';
import type { ReactElement } from 'react';
import type { SeekTarget } from '../../app/run-state.ts';
import { useRunStore } from '../../app/run-store.ts';
import { useOverview } from '../../app/travel/overview-store.ts';
import type { Standpoint } from '../../app/travel/read-target.ts';
import { readTarget } from '../../app/travel/read-target.ts';
import { Button } from '../theme/button.tsx';
import { formatDateTime } from '../theme/format.ts';
import { Segments } from '../theme/segments.tsx';
import { travelTo } from './steps.ts';
import { targetWords } from './target-words.ts';
import { useTravelPanels } from './travel-panel-store.ts';
import styles from './travel-panels.module.css';

type Clock = Standpoint['clock'];

const CLOCKS = [
  { value: 'processing-time', label: 'Processing time' },
  { value: 'event-time', label: 'Event time' },
] as const;

/** A field for an offset, a time or a duration; says what is meant by it, or why it is nonsense. */
export function GoToPanel(): ReactElement {
  const [text, setText] = useState('');
  const [clock, setClock] = useState<Clock>('processing-time');
  const [isTried, setTried] = useState(false);
  const noteId = useId();
  const standpoint = useStandpoint(clock);
  const read = readTarget(text, standpoint);
  const isWrong = !read.ok && isTried;
  const go = (): void => {
    setTried(true);
    if (!read.ok) return;
    useTravelPanels.getState().close();
    void travelTo(read.target);
  };
  return (
    <form
      className={styles['goTo']}
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      <label>
        <span>Go to</span>
        <input
          autoFocus
          autoComplete="off"
          spellCheck={false}
          placeholder="#1,200 · 12:41:35.2 · +30s"
          value={text}
          aria-invalid={isWrong}
          aria-describedby={noteId}
          onChange={(event) => {
            setText(event.target.value);
            setTried(false);
          }}
        />
      </label>
      <Segments label="Times are" value={clock} options={CLOCKS} onChange={setClock} />
      <p id={noteId} role={isWrong ? 'alert' : undefined} data-wrong={isWrong ? '' : undefined}>
        {read.ok ? meaning(read.target) : isTried || text === '' ? read.message : 'Press Enter to go there.'}
      </p>
      <Button type="submit" look="primary">
        Go
      </Button>
    </form>
  );
}

function meaning(target: SeekTarget): string {
  switch (target.by) {
    case 'seq':
      return target.seq === Infinity ? 'To the end: all that is left is read.' : `To ${targetWords(target)}.`;
    case 'processing-time':
      return `To behind all that came up to ${formatDateTime(target.atMs)} UTC.`;
    case 'event-time':
      return `To right behind the first event of ${formatDateTime(target.tsMs)} UTC or later.`;
  }
}

function useStandpoint(clock: Clock): Standpoint {
  const { seq } = useRunStore((state) => state.position);
  const { processingTimeMs, maxEventTimeMs } = useRunStore((state) => state.clocks);
  const firstMs = useOverview((state) => state.overview?.fromMs ?? null);
  return { seq, clock, nowMs: clock === 'processing-time' ? processingTimeMs : maxEventTimeMs, firstMs };
}
