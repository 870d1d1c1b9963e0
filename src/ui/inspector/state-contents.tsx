import type { ReactElement } from 'react';
import type { StateContents, StateEntry } from '../../stream/state-look.ts';
import type { Window } from '../../stream/time.ts';
import { useWindowEnd } from '../charts/use-window-end.ts';
import { formatCount, formatTimeExact, formatWindowDated, formatWindowShort } from '../theme/format.ts';
import { useTimeWord } from '../theme/use-time-word.ts';
import { cellText, isRightAligned } from '../timeline/cell-text.ts';
import { needsDate, timeOfDayText } from './day-of-times.ts';
import styles from './inspector.module.css';

/** The entries of one kind, those that come first, each with what becomes of it. */
export function StateContentsSection({ nodeId, contents }: { nodeId: string; contents: StateContents }): ReactElement {
  const { what, order, entries, total } = contents;
  const title = `${what.slice(0, 1).toUpperCase()}${what.slice(1)}`;
  return (
    <section className={styles['section']} aria-label={title}>
      <h3 className={styles['heading']}>
        {title} <span className={styles['dim']}>{formatCount(total)}</span>
      </h3>
      {entries.length > 0 && (
        <div className={styles['scroll']} tabIndex={0} role="group" aria-label={`${title} as they stand`}>
          <Entries nodeId={nodeId} contents={contents} />
        </div>
      )}
      {entries.length < total && (
        <p className={styles['dim']}>
          {formatCount(entries.length)} of {formatCount(total)}: those {order}.
        </p>
      )}
    </section>
  );
}

function Entries({
  nodeId,
  contents: { columns, entries },
}: {
  nodeId: string;
  contents: StateContents;
}): ReactElement {
  const word = useTimeWord();
  const close = useWindowEnd(nodeId);
  const windows = entries.flatMap(({ window }) => (window === null ? [] : [window]));
  const hasUntil = entries.some(({ until }) => until !== null);
  const writeWindow = windowWriter(windows);
  const shown = columns.map((column, place) => {
    const values = entries.map(({ cells }) => cells[place] ?? null);
    return { ...column, values, withDate: needsDate(values, column.type) };
  });
  return (
    <table className={styles['table']}>
      <thead>
        <tr>
          {windows.length > 0 && <th scope="col">window</th>}
          {shown.map(({ name, type, isKey }) => (
            <th key={name} scope="col" data-align={isRightAligned(type) ? 'end' : undefined} title={type}>
              {name}
              {isKey && <span className={styles['mark']}> key</span>}
            </th>
          ))}
          {hasUntil && (
            <th scope="col" data-wraps>
              at {word}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {entries.map(({ window, until }, row) => (
          <tr key={row}>
            {windows.length > 0 && <td>{window === null ? '–' : close(writeWindow(window))}</td>}
            {shown.map(({ name, type, values, withDate }) => (
              <td key={name} data-align={isRightAligned(type) ? 'end' : undefined}>
                {(withDate ? null : timeOfDayText(values[row], type)) ?? cellText(values[row] ?? null, type)}
              </td>
            ))}
            {hasUntil && <td data-wraps>{untilText(until)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function windowWriter(windows: readonly Window[]): (window: Window) => string {
  const edges = windows.flatMap(({ startMs, endMs }) => [startMs, endMs]);
  const write = needsDate(edges, 'TIMESTAMP') ? formatWindowDated : formatWindowShort;
  return ({ startMs, endMs }) => (Number.isFinite(endMs - startMs) ? write(startMs, endMs) : 'all time');
}

function untilText(until: StateEntry['until']): string {
  if (until === null) return '–';
  const { timeMs, does, isByClock } = until;
  if (!Number.isFinite(timeMs)) return `${does} at the end`;
  return isByClock === true ? `${formatTimeExact(timeMs)} by the clock: ${does}` : `${formatTimeExact(timeMs)} ${does}`;
}
