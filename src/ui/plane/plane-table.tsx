import type { KeyboardEvent, ReactElement } from 'react';
import { formatTime, formatTimeBeside } from '../theme/format.ts';
import { useTimeView } from '../../app/time-view.ts';
import { firstAtLeast } from './growing.ts';
import type { PlaneData } from './plane-data.ts';
import { fateWord } from './plane-words.ts';
import { selectPoint } from './select.ts';
import styles from './plane.module.css';

const SHOWN = 200;

interface PlaneTableProps {
  readonly data: PlaneData | null;
  readonly word: string;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** The newest events of the plane, and all the late and dropped ones among the newest of those. */
export function PlaneTable({ data, word, onKeyDown }: PlaneTableProps): ReactElement {
  const selection = useTimeView((view) => view.selection);
  const places = data === null ? [] : newest(data);
  const hasKey = (data?.facts.keyNames.length ?? 0) > 0;
  return (
    <div
      className={styles['tableBox']}
      role="region"
      aria-label="Events of the plane"
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <table className={styles['table']}>
        <caption>
          {data === null
            ? 'No event has arrived yet.'
            : `The newest ${String(places.length)} of ${String(data.points.length)} events`}
        </caption>
        <thead>
          <tr>
            <th scope="col">event</th>
            {hasKey && <th scope="col">{data?.facts.keyNames.join(' · ')}</th>}
            <th scope="col">event time</th>
            <th scope="col">arrived</th>
            <th scope="col">what became of it</th>
            <th scope="col">{word} then</th>
          </tr>
        </thead>
        <tbody>
          {data !== null &&
            places.map((place) => {
              const { seq, tsMs, atMs, fate, key, judgedMs } = data.points;
              const isSelected = selection?.kind === 'event' && selection.seq === seq.at(place);
              return (
                <tr key={place} aria-current={isSelected ? 'true' : undefined}>
                  <td>
                    <button type="button" onClick={() => selectPoint(data, place)}>
                      #{seq.at(place)}
                    </button>
                  </td>
                  {hasKey && <td>{data.keys[key.at(place) - 1]?.text ?? '–'}</td>}
                  <td>{formatTimeBeside(tsMs.at(place), atMs.at(place))}</td>
                  <td>{formatTime(atMs.at(place))}</td>
                  <td>{fateWord(fate.at(place))}</td>
                  <td>{formatTime(judgedMs.at(place))}</td>
                </tr>
              );
            })}
        </tbody>
      </table>
    </div>
  );
}

function newest(data: PlaneData): readonly number[] {
  const end = firstAtLeast(data.points.seq.values, data.points.length, data.endSeq);
  return Array.from({ length: Math.min(SHOWN, end) }, (_, i) => end - 1 - i);
}
