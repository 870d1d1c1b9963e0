import type { ReactElement } from 'react';
import { displayName } from '../../app/document-catalog.ts';
import { nodeById } from '../../app/document-index.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { PANE_ENDS_EARLY, PANE_ENDS_LATE } from '../../app/plane-updates.ts';
import { useRunStore } from '../../app/run-store.ts';
import type { SelectedPane } from '../../app/time-view.ts';
import { useWindowEnd } from '../charts/use-window-end.ts';
import { formatCount, formatTime, formatTimeBeside, formatTimeExact, formatWindow } from '../theme/format.ts';
import { CardFrame, LineageButton } from './card-frame.tsx';
import { PaneMark } from './line-marks.tsx';
import type { PlaneData } from './plane-data.ts';
import { keyOfWindow, windowRows, windowStory } from './window-story.ts';
import type { WindowBounds, WindowResult, WindowStory } from './window-story.ts';
import styles from './plane.module.css';

interface WindowCardProps {
  readonly data: PlaneData;
  readonly selection: SelectedPane;
  readonly word: string;
  /** Told in few words while it is there. */
  readonly onMore: (() => void) | undefined;
  readonly onClose: () => void;
}

/** A window: its rows, what it gave so far, and what it waits for. */
export function WindowCard({ data, selection, word, onMore, onClose }: WindowCardProps): ReactElement {
  const close = useWindowEnd(data.facts.nodeId);
  const key = keyOfWindow(data, selection);
  const bounds = { startMs: selection.startMs, endMs: selection.endMs, key };
  const story = windowStory(data, bounds);
  const keyText = data.keys[key - 1]?.text;
  return (
    <CardFrame
      mark={<PaneMark kind="pane" />}
      title={`Window ${close(formatWindow(bounds.startMs, bounds.endMs))}`}
      closeText="Close the window"
      onMore={onMore}
      onClose={onClose}
    >
      <dl className={styles['cardFacts']}>
        {keyText !== undefined && (
          <div>
            <dt>{data.facts.keyNames.join(' · ') || 'key'}</dt>
            <dd>{keyText}</dd>
          </div>
        )}
        {story === null ? (
          <div>
            <dt>state</dt>
            <dd>not there where the run stands</dd>
          </div>
        ) : (
          <Story data={data} story={story} bounds={bounds} word={word} most={onMore === undefined ? MOST_RESULTS : 1} />
        )}
      </dl>
      {onMore === undefined && story !== null && story.results.length > 0 && <LineageButton />}
    </CardFrame>
  );
}

interface StoryProps {
  readonly data: PlaneData;
  readonly story: WindowStory;
  readonly bounds: WindowBounds;
  readonly word: string;
  /** So many results are listed. */
  readonly most: number;
}

const MOST_RESULTS = 5;

function Story({ data, story, bounds, word, most }: StoryProps): ReactElement {
  const { results } = story;
  const rows = windowRows(data, bounds, story);
  const shown = results.slice(-most);
  return (
    <>
      {rows !== null && (
        <div>
          <dt>events</dt>
          <dd>
            {formatCount(rows.onTime)} on time
            {rows.late > 0 && `, ${formatCount(rows.late)} late`}
            {rows.dropped > 0 && (
              <>
                , <b className={styles['lost']}>{formatCount(rows.dropped)} dropped</b>
              </>
            )}
          </dd>
        </div>
      )}
      {shown.length > 0 && (
        <div>
          <dt>gave</dt>
          <dd>
            <ul className={styles['cardList']}>
              {results.length > shown.length && most > 1 && <li>{results.length - shown.length} before these</li>}
              {shown.map((result) => (
                <li key={result.seq + result.ends / 8}>
                  {formatTime(result.atMs)} {resultText(data, result)}
                </li>
              ))}
            </ul>
          </dd>
        </div>
      )}
      <div>
        <dt>{story.hasFired || story.became !== null ? 'now' : 'fires'}</dt>
        <dd>
          {story.hasFired || story.became !== null ? (
            standing(story)
          ) : (
            <Waiting data={data} bounds={bounds} word={word} story={story} />
          )}
        </dd>
      </div>
    </>
  );
}

function resultText({ facts }: PlaneData, { ends, value, results }: WindowResult): string {
  const when = ends === PANE_ENDS_EARLY ? 'early' : ends === PANE_ENDS_LATE ? 'late' : 'on time';
  const figure = Number.isNaN(value) || facts.valueName === null ? '' : ` · ${facts.valueName} ${figureText(value)}`;
  return `${when}${figure}${results > 1 ? ` · ${formatCount(results)} results` : ''}`;
}

function figureText(value: number): string {
  return Number.isInteger(value) ? formatCount(value) : String(Math.round(value * 100) / 100);
}

function standing({ became, isKept }: WindowStory): string {
  if (became === 'merged') return 'part of another session';
  if (became === 'larger') return 'a longer session';
  return isKept ? 'kept for late events' : 'closed';
}

/** What an open window waits for, from what the node says of its first one: others need as much more as they end later. */
function Waiting({
  data,
  bounds,
  word,
  story: { isKept, results },
}: Pick<StoryProps, 'data' | 'bounds' | 'word' | 'story'>): ReactElement {
  const stats = useRunStore((state) => state.nodes[data.facts.nodeId]);
  const waiting = stats?.waiting ?? null;
  const source = useDocumentStore((state) => nodeById(state.document, waiting?.sourceId ?? ''));
  if (!isKept)
    return (
      <>{results.length > 0 ? 'no more: what it gave early was the last' : 'not at all: nothing came out of it'}</>
    );
  if (waiting === null) return <>when the {word} has passed its end</>;
  const laterMs = bounds.endMs - waiting.windowEndMs;
  const { neededEventTimeMs } = waiting;
  const watermarkMs = stats?.watermarkMs ?? null;
  return (
    <>
      at {word} <b>{formatTimeExact(waiting.firesAtMs + laterMs)}</b>;{' '}
      {watermarkMs === null ? 'there is none yet' : `it stands at ${formatTime(watermarkMs)}`}
      {neededEventTimeMs !== null && (
        <>
          ; needs an event {source === undefined ? '' : `of ${displayName(source)} `}at{' '}
          <b>{formatTimeBeside(neededEventTimeMs + laterMs, bounds.startMs)}</b> or later
        </>
      )}
    </>
  );
}
