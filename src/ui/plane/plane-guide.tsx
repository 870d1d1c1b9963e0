import { CircleHelp } from 'lucide-react';
import { Popover } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import {
  FATE_DROPPED,
  FATE_LATE_KEPT,
  FATE_ON_TIME,
  FATE_REFIRED,
  FATE_REFUSED,
  FATE_REJECTED,
  PANE_ENDS_EARLY,
} from '../../app/plane-updates.ts';
import { partLines } from './draw-lines.ts';
import { FateMark } from './fate-mark.tsx';
import { LineMark, PaneMark } from './line-marks.tsx';
import type { PlaneData } from './plane-data.ts';
import { useRightName } from './use-right-name.ts';
import styles from './plane.module.css';

interface Entry {
  readonly mark: ReactNode;
  readonly text: string;
}

/** What every mark of the plane means, as far as there are any, a sentence each. */
export function PlaneGuide({ data, word }: { data: PlaneData | null; word: string }): ReactElement | null {
  const rightName = useRightName(data);
  if (data === null) return null;
  return (
    <Popover.Root>
      <Popover.Trigger className={styles['tool']} aria-label="What the plane shows" title="What the plane shows">
        <CircleHelp size={13} aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className={styles['guide']} align="end" sideOffset={4} aria-label="What the plane shows">
          <p>
            To the right: when an event happened. Upwards: when it came. What lies higher above the diagonal was longer
            on the way.
          </p>
          <ul>
            {[...fates(data, word, rightName), ...lines(data, word), ...panes(data)].map(({ mark, text }) => (
              <li key={text}>
                <span className={styles['guideMark']}>{mark}</span>
                {text}
              </li>
            ))}
          </ul>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function fates({ counts }: PlaneData, word: string, rightName: string | null): readonly Entry[] {
  const texts: readonly (readonly [number, string])[] = [
    [FATE_ON_TIME, `event on time: not behind the ${word}`],
    [FATE_LATE_KEPT, `late, but taken: behind the ${word}, its window still open`],
    [FATE_REFIRED, 'late, and its window gave a result once more'],
    [FATE_DROPPED, 'dropped: its windows were closed'],
    [FATE_REFUSED, 'not taken for another reason'],
    [FATE_REJECTED, 'rejected: an expression failed'],
  ];
  const found = texts
    .filter(([fate]) => fate === FATE_ON_TIME || (counts.byFate[fate] ?? 0) > 0)
    .map(([fate, text]) => ({ mark: <FateMark fate={fate} />, text }));
  if (rightName !== null) {
    found.push({ mark: <FateMark fate={FATE_ON_TIME} isSquare />, text: `square: from ${rightName}` });
  }
  return found;
}

function lines(data: PlaneData, word: string): readonly Entry[] {
  const { facts } = data;
  const parts = partLines(data);
  const found: Entry[] = [];
  if ((data.lines[0]?.seq.length ?? 0) > 0) {
    const isByClock = facts.window?.isByClock === true;
    const means = isByClock ? 'these windows go by the clock, not by it' : 'what lies left of it is late';
    found.push({ mark: <LineMark kind="wm" />, text: `${word}: ${means}` });
  }
  if (parts.length > 0) {
    const which = parts[0]?.about.role === 'input' ? 'input' : 'partition';
    found.push({ mark: <LineMark kind="part" />, text: `${word} of each ${which}; the one farthest behind counts` });
  }
  if (facts.horizonMs > 0) {
    found.push({
      mark: <LineMark kind="horizon" />,
      text: `${facts.horizonWord}: windows that end left of it are closed`,
    });
  }
  found.push({ mark: <LineMark kind="diag" />, text: 'diagonal: an event that came as it happened' });
  if (facts.delaysMs.some((delayMs) => delayMs > 0)) {
    found.push({ mark: <LineMark kind="diag" />, text: 'farther dots: an event as late as the delay allows' });
  }
  return found;
}

function panes({ panes: { ends, length }, facts, pairs }: PlaneData): readonly Entry[] {
  const found: Entry[] = [];
  if (length > 0 && facts.window !== null) {
    if (ends.values.subarray(0, length).includes(PANE_ENDS_EARLY)) {
      found.push({ mark: <PaneMark kind="early" />, text: 'window until an early result' });
    }
    found.push({ mark: <PaneMark kind="pane" />, text: 'window until its result on time' });
    if (facts.horizonMs > 0)
      found.push({ mark: <PaneMark kind="late" />, text: 'window that has fired and is kept for late events' });
    found.push({ mark: <PaneMark kind="open" />, text: 'window that has not fired yet' });
  }
  for (const { what } of facts.reaches)
    found.push({ mark: <LineMark kind="reach" />, text: `of the event pointed at: ${what}` });
  if (pairs.length > 0) found.push({ mark: <LineMark kind="link" />, text: 'two events that were joined' });
  return found;
}
