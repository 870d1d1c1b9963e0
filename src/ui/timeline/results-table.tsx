import type { ReactElement } from 'react';
import type { ResultTable, TableColumn } from '../../app/run-state.ts';
import { useRunStore } from '../../app/run-store.ts';
import { ROW_KIND_NAMES } from '../../stream/row-kind.ts';
import { useWaitingText } from '../charts/use-waiting-text.ts';
import { useWindowEnd } from '../charts/use-window-end.ts';
import { ChangeBadge } from '../theme/change-badge.tsx';
import { NOTHING, formatTime, formatWindow } from '../theme/format.ts';
import { needsDate, timeOfDayText } from '../inspector/day-of-times.ts';
import { cellText, isRightAligned } from './cell-text.ts';
import styles from './tables.module.css';

const PANE_EARLY = 0;
const PANE_LATE = 2;

/** Columns that the table shows in a form of its own. */
const WINDOW_COLUMNS = new Set(['window_start', 'window_end']);

/** The newest results of the watched node, newest first. */
export function ResultsTable({ table }: { table: ResultTable | null }): ReactElement {
  const waiting = useWaitingText();
  const hasRun = useRunStore((state) => state.position.seq > 0);
  if (table === null) {
    const empty = hasRun ? 'No result yet.' : 'Nothing has run yet.';
    return <p className={styles['empty']}>{waiting === null ? empty : `No result yet: ${waiting}`}</p>;
  }
  const hasWindow = table.windowStartMs.some((startMs) => !Number.isNaN(startMs));
  const columns = table.columns
    .filter(({ name }) => !hasWindow || !WINDOW_COLUMNS.has(name))
    .map((column) => ({ ...column, withDate: needsDate(column.values, column.type) }));
  const rows = Array.from({ length: table.length }, (_, i) => table.length - 1 - i);
  return (
    <div className={styles['box']} tabIndex={0} role="region" aria-label="Newest results">
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">
              <span className={styles['hidden']}>change</span>
            </th>
            {hasWindow && <th scope="col">window</th>}
            {columns.map((column) => (
              <th
                key={column.name}
                scope="col"
                data-key={table.key.includes(column.name) ? '' : undefined}
                data-align={isRightAligned(column.type) ? 'end' : undefined}
              >
                {column.name}
              </th>
            ))}
            <th scope="col">event time</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <ResultRow
              key={`${String(table.seq[row])} ${String(row)}`}
              table={table}
              row={row}
              columns={columns}
              hasWindow={hasWindow}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface ResultRowProps {
  readonly table: ResultTable;
  readonly row: number;
  readonly columns: readonly (TableColumn & { readonly withDate: boolean })[];
  readonly hasWindow: boolean;
}

function ResultRow({ table, row, columns, hasWindow }: ResultRowProps): ReactElement {
  const kind = ROW_KIND_NAMES[table.kinds[row] as 0 | 1 | 2 | 3];
  const startMs = table.windowStartMs[row] ?? Number.NaN;
  const endMs = table.windowEndMs[row] ?? Number.NaN;
  const close = useWindowEnd();
  const isLate = hasWindow && table.timing[row] === PANE_LATE;
  const isEarly = hasWindow && table.timing[row] === PANE_EARLY;
  return (
    <tr>
      <td>
        <ChangeBadge kind={kind} isLate={isLate} />
        {isLate && <span className={styles['tag']}>late firing</span>}
        {isEarly && <span className={styles['tag']}>early</span>}
      </td>
      {hasWindow && <td>{Number.isNaN(startMs) ? NOTHING : close(formatWindow(startMs, endMs))}</td>}
      {columns.map((column) => (
        <td key={column.name} className={isRightAligned(column.type) ? styles['number'] : undefined}>
          {(column.withDate ? null : timeOfDayText(column.values[row], column.type)) ??
            cellText(column.values[row] ?? null, column.type)}
        </td>
      ))}
      <td>{formatTime(table.tsMs[row])}</td>
    </tr>
  );
}
