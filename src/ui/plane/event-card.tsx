import type { ReactElement } from 'react';
import type { SelectedEvent } from '../../app/time-view.ts';
import { useTimeView } from '../../app/time-view.ts';
import { useWindowEnd } from '../charts/use-window-end.ts';
import { formatTime, formatWindow } from '../theme/format.ts';
import { CardFrame, LineageButton } from './card-frame.tsx';
import { FateMark } from './fate-mark.tsx';
import type { PlaneData } from './plane-data.ts';
import { pointWords } from './plane-words.ts';
import { selectWindow } from './select.ts';
import { windowsOf, windowStory } from './window-story.ts';
import { WrongClock } from './wrong-clock.tsx';
import styles from './plane.module.css';

interface EventCardProps {
  readonly data: PlaneData;
  /** -1 for an event that is none of the node's points. */
  readonly place: number;
  readonly selection: SelectedEvent;
  readonly word: string;
  /** Told in few words while it is there. */
  readonly onMore: (() => void) | undefined;
  readonly onClose: () => void;
}

const MOST_WINDOWS = 4;
const MOST_PARTNERS = 6;

/** A row that was taken: when it came, which windows have it, what it was joined with. */
export function EventCard({ data, place, selection, word, onMore, onClose }: EventCardProps): ReactElement {
  const closeText = 'Close the event';
  if (place < 0) {
    return (
      <CardFrame mark={null} title={`Event #${String(selection.seq)}`} closeText={closeText} onClose={onClose}>
        <p>It is none of the events that this node has taken so far.</p>
      </CardFrame>
    );
  }
  const { title, lines } = pointWords(data, place, word);
  const isSquare = data.points.side.at(place) === 1;
  const mark = <FateMark fate={data.points.fate.at(place)} isSquare={isSquare} />;
  const shown = onMore === undefined ? lines : lines.filter(([name]) => name === 'arrived');
  return (
    <CardFrame mark={mark} title={title} closeText={closeText} onMore={onMore} onClose={onClose}>
      <dl className={styles['cardFacts']}>
        {shown.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
        <Windows data={data} place={place} />
        <Partners data={data} place={place} />
      </dl>
      <WrongClock data={data} place={place} word={word} />
      {onMore === undefined && <LineageButton />}
    </CardFrame>
  );
}

function Windows({ data, place }: { data: PlaneData; place: number }): ReactElement | null {
  const close = useWindowEnd(data.facts.nodeId);
  if (data.facts.window === null) return null;
  const windows = windowsOf(data, place);
  if (windows.length === 0) return null;
  const shown = windows.slice(-MOST_WINDOWS);
  const more = windows.length - shown.length;
  return (
    <div>
      <dt>{windows.length === 1 ? 'window' : 'windows'}</dt>
      <dd>
        <ul className={styles['cardList']}>
          {more > 0 && <li>{more} before these</li>}
          {shown.map((bounds) => {
            const story = windowStory(data, bounds);
            const state = story?.hasFired === true ? 'has fired' : 'open';
            return (
              <li key={`${String(bounds.startMs)} ${String(bounds.endMs)}`}>
                <button type="button" className={styles['textLink']} onClick={() => selectWindow(data, bounds)}>
                  {close(formatWindow(bounds.startMs, bounds.endMs))}
                </button>{' '}
                {story?.became === null ? state : 'grew'}
              </li>
            );
          })}
        </ul>
      </dd>
    </div>
  );
}

/** Rows of the other input that it gave results with. */
function Partners({ data, place }: { data: PlaneData; place: number }): ReactElement | null {
  const { pairs, points, endSeq, facts } = data;
  if (pairs.length === 0) return null;
  const found: { readonly other: number; readonly atMs: number }[] = [];
  for (let i = 0; i < pairs.length && pairs.seq.at(i) < endSeq; i++) {
    const [left, right] = [pairs.left.at(i), pairs.right.at(i)];
    if (left === place || right === place) found.push({ other: left === place ? right : left, atMs: pairs.atMs.at(i) });
  }
  const shown = found.slice(0, MOST_PARTNERS);
  const select = (other: number): void =>
    useTimeView.getState().select({
      kind: 'event',
      nodeId: facts.nodeId,
      seq: points.seq.at(other),
      eventMs: points.tsMs.at(other),
      atMs: points.atMs.at(other),
    });
  return (
    <div>
      <dt>joined with</dt>
      <dd>
        {found.length === 0 && 'none so far'}
        {shown.map(({ other, atMs }, i) => (
          <span key={other}>
            {i > 0 && ', '}
            <button
              type="button"
              className={styles['textLink']}
              title={`Result at ${formatTime(atMs)}`}
              onClick={() => select(other)}
            >
              #{points.seq.at(other)}
            </button>
          </span>
        ))}
        {found.length > shown.length && ` and ${String(found.length - shown.length)} more`}
      </dd>
    </div>
  );
}
