import type { ReactElement } from 'react';
import { lookedAt } from '../../app/looked-at.ts';
import type { ResultTable, TableColumn } from '../../app/run-state.ts';
import { useLineageView } from '../../app/lineage-view.ts';
import { useRunStore } from '../../app/run-store.ts';
import { useTimeView } from '../../app/time-view.ts';
import { ROW_KIND_NAMES } from '../../stream/row-kind.ts';
import { useWaitingText } from '../charts/use-waiting-text.ts';
import { useWindowEnd } from '../charts/use-window-end.ts';
import { lazyPart } from '../theme/lazy-part.tsx';
import { ChangeBadge } from '../theme/change-badge.tsx';
import { LineageMark } from '../theme/lineage-mark.tsx';
import { NOTHING, formatTime, formatWindow } from '../theme/format.ts';
import { needsDate, timeOfDayText } from '../inspector/day-of-times.ts';
import { cellText, isRightAligned } from './cell-text.ts';
import { isInLineage, isSameResult, traceResult } from './trace-result.ts';
import { rowsOfEntryBehind } from './rows-of-entry.ts';
import styles from './tables.module.css';

const SilenceCard = lazyPart(async () => (await import('../explain/silence-card.tsx')).SilenceCard);

const PANE_EARLY = 0;
const PANE_LATE = 2;

/** Columns that the table shows in a form of its own. */
const WINDOW_COLUMNS = new Set(['window_start', 'window_end']);

/** The newest results of the watched node, newest first. */
export function ResultsTable({ table }: { table: ResultTable | null }): ReactElement {
  const waiting = useWaitingText();
  const hasRun = useRunStore((state) => lookedAt(state).seq > 0);
  const watched = useRunStore((state) => state.watched);
  if (table === null) {
    const empty = hasRun ? 'No result yet.' : 'Nothing has run yet.';
    return (
      <div className={styles['nothing']}>
        <p className={styles['empty']}>{waiting === null ? empty : `No result yet: ${waiting}`}</p>
        {watched !== null && hasRun && <SilenceCard nodeId={watched} />}
      </div>
    );
  }
  const hasWindow = table.windowStartMs.some((startMs) => !Number.isNaN(startMs));
  const columns = table.columns
    .filter(({ name }) => !hasWindow || !WINDOW_COLUMNS.has(name))
    .map((column) => ({ ...column, withDate: needsDate(column.values, column.type) }));
  const firstKey = columns.find(({ name }) => table.key.includes(name))?.name ?? null;
  const rows = Array.from({ length: table.length }, (_, i) => table.length - 1 - i);
  return (
    <div className={styles['box']} tabIndex={0} role="region" aria-label="Newest results">
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col" data-first-key={firstKey === null ? '' : undefined}>
              <span className={styles['hidden']}>change</span>
            </th>
            {hasWindow && <th scope="col">window</th>}
            {columns.map((column) => (
              <th
                key={column.name}
                scope="col"
                data-key={table.key.includes(column.name) ? '' : undefined}
                data-first-key={column.name === firstKey ? '' : undefined}
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
              firstKey={firstKey}
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
  /** The column that stays in view; null: that of the change. */
  readonly firstKey: string | null;
  readonly hasWindow: boolean;
}

function ResultRow({ table, row, columns, firstKey, hasWindow }: ResultRowProps): ReactElement {
  const kind = ROW_KIND_NAMES[table.kinds[row] as 0 | 1 | 2 | 3];
  const startMs = table.windowStartMs[row] ?? Number.NaN;
  const endMs = table.windowEndMs[row] ?? Number.NaN;
  const close = useWindowEnd();
  const isLate = hasWindow && table.timing[row] === PANE_LATE;
  const isEarly = hasWindow && table.timing[row] === PANE_EARLY;
  const seq = table.seq[row] ?? 0;
  const nth = -1 - rowsOfEntryBehind(table.seq, row);
  const isSelected = useTimeView(({ selection }) => isSameResult(selection, { nodeId: table.nodeId, seq, nth }));
  const isTraced = useLineageView(({ shown }) => shown !== null && isInLineage(shown, table, row));
  const select = (): void => traceResult({ nodeId: table.nodeId, seq, nth, startMs, endMs });
  return (
    <tr data-selected={isSelected ? '' : undefined} data-lineage={isTraced ? '' : undefined}>
      <td data-first-key={firstKey === null ? '' : undefined}>
        {isTraced && <LineageMark />}
        <button
          type="button"
          className={styles['made']}
          aria-label={`What is this result of entry #${String(seq)} made of? ${kind}`}
          aria-pressed={isSelected}
          title="What is it made of?"
          onClick={select}
        >
          <ChangeBadge kind={kind} isLate={isLate} />
        </button>
        {isLate && <span className={styles['tag']}>late firing</span>}
        {isEarly && <span className={styles['tag']}>early</span>}
      </td>
      {hasWindow && <td>{Number.isNaN(startMs) ? NOTHING : close(formatWindow(startMs, endMs))}</td>}
      {columns.map((column) => (
        <td
          key={column.name}
          className={isRightAligned(column.type) ? styles['number'] : undefined}
          data-first-key={column.name === firstKey ? '' : undefined}
        >
          {(column.withDate ? null : timeOfDayText(column.values[row], column.type)) ??
            cellText(column.values[row] ?? null, column.type)}
        </td>
      ))}
      <td>{formatTime(table.tsMs[row])}</td>
    </tr>
  );
}
