import type { ReactElement } from 'react';
import { lookedAt } from '../../app/looked-at.ts';
import type { DropTable } from '../../app/run-state.ts';
import { useRunStore } from '../../app/run-store.ts';
import { NOTHING, formatCount, formatDuration, formatTime, formatWindow } from '../theme/format.ts';
import { reasonWords } from '../charts/drop-reasons.ts';
import { useWindowEnd } from '../charts/use-window-end.ts';
import { CrossMark } from '../charts/marks.tsx';
import { isSameEvent, useTimeView } from '../../app/time-view.ts';
import { LineageMark } from '../theme/lineage-mark.tsx';
import { useTimeWord } from '../theme/use-time-word.ts';
import { useLineageView } from '../../app/lineage-view.ts';
import { cellText, isRightAligned } from './cell-text.ts';
import { rowsOfEntryBefore } from './rows-of-entry.ts';
import styles from './tables.module.css';

/** The newest rows that the watched node dropped, newest first. */
export function DropsTable({ table }: { table: DropTable | null }): ReactElement {
  const word = useTimeWord();
  const hasRun = useRunStore((state) => lookedAt(state).seq > 0);
  if (table === null) {
    return <p className={styles['empty']}>{hasRun ? 'No row was dropped.' : 'Nothing has run yet.'}</p>;
  }
  const rows = Array.from({ length: table.length }, (_, i) => table.length - 1 - i);
  return (
    <div className={styles['box']} tabIndex={0} role="region" aria-label="Newest drops">
      <Cures />
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">reason</th>
            <th scope="col">event time</th>
            <th scope="col">came at</th>
            <th scope="col">{word} then</th>
            <th scope="col" data-align="end">
              behind it by
            </th>
            <th scope="col">missed window</th>
            {table.columns.map((column) => (
              <th key={column.name} scope="col" data-align={isRightAligned(column.type) ? 'end' : undefined}>
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <DropRow key={`${String(table.seq[row])} ${String(row)}`} table={table} row={row} word={word} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** How many rows were dropped for each reason, and what to do. */
function Cures(): ReactElement | null {
  const reasons = useRunStore((state) => state.charts.drops?.reasons);
  const word = useTimeWord();
  const told = Object.entries(reasons ?? {});
  if (told.length === 0) return null;
  return (
    <ul className={styles['cures']}>
      {told.map(([reason, count]) => {
        const { title, cure } = reasonWords(reason, word);
        return (
          <li key={reason}>
            <b>{formatCount(count)}</b> {title}: {cure}
          </li>
        );
      })}
    </ul>
  );
}

interface DropRowProps {
  readonly table: DropTable;
  readonly row: number;
  readonly word: ReturnType<typeof useTimeWord>;
}

function DropRow({ table, row, word }: DropRowProps): ReactElement {
  const tsMs = table.tsMs[row] ?? Number.NaN;
  const watermarkMs = table.watermarkMs[row] ?? Number.NaN;
  const startMs = table.windowStartMs[row] ?? Number.NaN;
  const close = useWindowEnd();
  const reason = table.reasons[row] ?? '';
  const seq = table.seq[row] ?? 0;
  const nth = rowsOfEntryBefore(table.seq, row);
  const place = {
    kind: 'event',
    nodeId: table.nodeId,
    seq,
    nth,
    eventMs: tsMs,
    atMs: table.atMs[row] ?? Number.NaN,
  } as const;
  const isSelected = useTimeView(({ selection }) => isSameEvent(selection, place));
  const isTraced = useLineageView(({ shown }) => shown?.events.has(seq) === true);
  const which = nth === 0 ? `event #${String(seq)}` : `row ${String(nth + 1)} of event #${String(seq)}`;
  return (
    <tr
      aria-selected={isSelected ? true : undefined}
      data-selected={isSelected ? '' : undefined}
      data-lineage={isTraced ? '' : undefined}
    >
      <td>
        {isTraced && <LineageMark />}
        <button
          type="button"
          className={styles['why']}
          aria-label={`Why was ${which} dropped?`}
          aria-pressed={isSelected}
          onClick={() => useTimeView.getState().select(isSelected ? null : place)}
        >
          <svg width={12} height={12} aria-hidden>
            <CrossMark x={6} y={6} />
          </svg>{' '}
          {reasonWords(reason, word).title}{' '}
          <span className={styles['sign']}>
            #{seq}
            {nth > 0 && ` · ${String(nth + 1)}`}
          </span>
        </button>
      </td>
      <td>{formatTime(tsMs)}</td>
      <td>{formatTime(table.atMs[row])}</td>
      <td>{formatTime(watermarkMs)}</td>
      <td className={styles['number']}>{watermarkMs >= tsMs ? formatDuration(watermarkMs - tsMs) : NOTHING}</td>
      <td>{Number.isNaN(startMs) ? NOTHING : close(formatWindow(startMs, table.windowEndMs[row] ?? startMs))}</td>
      {table.columns.map((column) => (
        <td key={column.name} className={isRightAligned(column.type) ? styles['number'] : undefined}>
          {cellText(column.values[row] ?? null, column.type)}
        </td>
      ))}
    </tr>
  );
}
