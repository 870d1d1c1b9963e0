import { ArrowDown, ArrowUp } from 'lucide-react';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { lookedAt } from '../../app/looked-at.ts';
import type { TableColumn, TableOrder, TableView } from '../../app/run-state.ts';
import { useRunStore } from '../../app/run-store.ts';
import { ROW_KIND_NAMES } from '../../stream/row-kind.ts';
import { useWindowEnd } from '../charts/use-window-end.ts';
import { ChangeBadge } from '../theme/change-badge.tsx';
import { formatCount, formatExactCount, formatWindow } from '../theme/format.ts';
import { Segments } from '../theme/segments.tsx';
import { needsDate, timeOfDayText } from '../inspector/day-of-times.ts';
import { cellText, isRightAligned } from './cell-text.ts';
import styles from './tables.module.css';
import panel from './table-panel.module.css';

const BY_KEY: TableOrder = { by: 'key' };
const BY_CHANGE: TableOrder = { by: 'change' };
const DELETED = 3;
/** Shown as one column, in the window's own form. */
const [START, END] = ['window_start', 'window_end'];

/** A changelog as the table that it stands for, as of the entry where the run is. */
export function TablePanel({ table }: { table: TableView | null }): ReactElement {
  const [chosen, setChosen] = useState<TableOrder>(BY_KEY);
  const order = table?.order ?? chosen;
  const choose = (next: TableOrder): void => {
    setChosen(next);
    useRunStore.getState().orderTable(next);
  };
  return (
    <section className={panel['half']} aria-label="Table">
      <header className={panel['head']}>
        <h3>Table</h3>
        {table !== null && <Extent table={table} />}
        <Segments
          label="Order of the table"
          value={order.by}
          options={[
            { value: 'key', label: table?.key === null ? 'By row' : 'By key' },
            { value: 'change', label: 'Newest change' },
            ...(order.by === 'column' ? [{ value: 'column' as const, label: order.column }] : []),
          ]}
          onChange={(by) => choose(by === 'key' ? BY_KEY : by === 'change' ? BY_CHANGE : order)}
        />
      </header>
      {table === null ? (
        <p className={styles['empty']}>No change yet: the table is empty.</p>
      ) : (
        <Rows table={table} order={order} onOrder={choose} />
      )}
    </section>
  );
}

/** How many rows there are, at which entry, and by what they are told apart. */
function Extent({ table }: { table: TableView }): ReactElement {
  const { rows, isPart, length, lastSeq } = table;
  // During a run the table is told now and then: it stands as its own last change left it.
  const seq = useRunStore((state) => {
    const { status, seq: entries } = lookedAt(state);
    return status.kind === 'running' ? lastSeq + 1 : entries;
  });
  const shown = length < rows ? `, the first ${formatCount(length)} shown` : '';
  return (
    <p className={panel['extent']} title={isPart ? KEPT_PART : whatItKeeps(table)}>
      <b title={formatExactCount(rows)} data-table-rows={rows}>
        {formatCount(rows)}
      </b>
      {isPart ? ' and more' : ''} {rows === 1 ? 'row' : 'rows'}
      {shown} after <b title={formatExactCount(seq)}>{formatCount(seq)}</b> {seq === 1 ? 'entry' : 'entries'}
      <span> · {isPart ? KEPT_PART : whatItKeeps(table)}</span>
    </p>
  );
}

const KEPT_PART = 'part of it: the rows that changed longest ago were let go here';

function whatItKeeps({ changes, key }: TableView): string {
  if (key === null) return 'rows put in and not taken back';
  if (key.length === 0) return 'one row in all';
  const names = key
    .map((name) => (name === START ? 'window' : name))
    .filter((name) => name !== END)
    .join(' and ');
  return changes === 'upsert' ? `the latest row of each ${names}, as compaction keeps it` : `one row of each ${names}`;
}

interface RowsProps {
  readonly table: TableView;
  readonly order: TableOrder;
  readonly onOrder: (order: TableOrder) => void;
}

function Rows({ table, order, onOrder }: RowsProps): ReactElement {
  const hasCopies = table.copies.some((copies) => copies > 1);
  const columns = shownColumns(table);
  const firstKey = columns.find(({ column: { name }, ends }) => ends === null && table.key?.includes(name))?.column
    .name;
  return (
    <div className={styles['box']} tabIndex={0} role="region" aria-label="Table as it stands">
      <table className={`${styles['table'] ?? ''} ${panel['table'] ?? ''}`}>
        <thead>
          <tr>
            <th scope="col">last change</th>
            {columns.map(({ column, title }) => (
              <ColumnHead
                key={column.name}
                column={column}
                title={title}
                isKey={table.key?.includes(column.name) === true}
                isFirstKey={column.name === firstKey}
                order={order}
                onOrder={onOrder}
              />
            ))}
            {hasCopies && (
              <th scope="col" data-align="end">
                copies
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: table.length }, (_, row) => (
            <TableRow
              key={rowName(table, row)}
              table={table}
              columns={columns}
              firstKey={firstKey}
              row={row}
              hasCopies={hasCopies}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface ShownColumn {
  readonly column: TableColumn;
  readonly title: string;
  /** Its place in the table. */
  readonly index: number;
  /** Ends of the windows that the column tells the starts of. */
  readonly ends: TableColumn | null;
  readonly withDate: boolean;
}

function shownColumns({ columns }: TableView): readonly ShownColumn[] {
  const ends = columns.find(({ name }) => name === END) ?? null;
  const hasWindow = ends !== null && columns.some(({ name }) => name === START);
  return columns.flatMap((column, index) => {
    const withDate = needsDate(column.values, column.type);
    if (!hasWindow) return [{ column, title: column.name, index, ends: null, withDate }];
    if (column.name === END) return [];
    const isWindow = column.name === START;
    return [{ column, title: isWindow ? 'window' : column.name, index, ends: isWindow ? ends : null, withDate }];
  });
}

/** Stays the same while the row is updated, so that the screen redraws what changed and no more. */
function rowName({ key, columns }: TableView, row: number): string {
  const told = key === null ? columns : columns.filter(({ name }) => key.includes(name));
  return `${JSON.stringify(told.map(({ values }) => values[row]))}`;
}

interface ColumnHeadProps {
  readonly column: TableColumn;
  readonly title: string;
  readonly isKey: boolean;
  /** The column that stays in view. */
  readonly isFirstKey: boolean;
  readonly order: TableOrder;
  readonly onOrder: (order: TableOrder) => void;
}

/** A click sorts, the next one the other way round. */
function ColumnHead({
  column: { name, type },
  title,
  isKey,
  isFirstKey,
  order,
  onOrder,
}: ColumnHeadProps): ReactElement {
  const own = order.by === 'column' && order.column === name ? order : null;
  const isNumber = isRightAligned(type);
  const next: TableOrder = { by: 'column', column: name, isDescending: own === null ? isNumber : !own.isDescending };
  const Arrow = own?.isDescending === true ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      data-key={isKey ? '' : undefined}
      data-first-key={isFirstKey ? '' : undefined}
      data-align={isNumber ? 'end' : undefined}
      aria-sort={own === null ? 'none' : own.isDescending ? 'descending' : 'ascending'}
    >
      <button type="button" className={panel['sort']} onClick={() => onOrder(next)}>
        {title}
        {own !== null && <Arrow size={11} aria-hidden />}
      </button>
    </th>
  );
}

interface TableRowProps {
  readonly table: TableView;
  readonly columns: readonly ShownColumn[];
  readonly firstKey: string | undefined;
  readonly row: number;
  readonly hasCopies: boolean;
}

function TableRow({ table, columns, firstKey, row, hasCopies }: TableRowProps): ReactElement {
  const close = useWindowEnd();
  const kind = table.kinds[row] ?? 0;
  const isGone = kind === DELETED;
  const copies = table.copies[row] ?? 1;
  const textOf = ({ column: { values, type }, ends, withDate }: ShownColumn): string => {
    const [value, end] = [values[row] ?? null, ends?.values[row]];
    if (typeof value === 'number' && typeof end === 'number') return close(formatWindow(value, end));
    return (withDate ? null : timeOfDayText(value, type)) ?? cellText(value, type);
  };
  return (
    <tr data-last={table.seq[row] === table.lastSeq ? '' : undefined} data-gone={isGone ? '' : undefined}>
      <td>
        <ChangeBadge kind={ROW_KIND_NAMES[kind] ?? '+I'} />
        <span className={panel['entry']}>{formatExactCount(table.seq[row])}</span>
      </td>
      {columns.map((column) => (
        <td
          key={column.title}
          className={isRightAligned(column.column.type) ? styles['number'] : undefined}
          data-first-key={column.column.name === firstKey ? '' : undefined}
          data-changed={table.changed[row * table.columns.length + column.index] === 1 ? '' : undefined}
        >
          {isGone ? <s>{textOf(column)}</s> : textOf(column)}
        </td>
      ))}
      {hasCopies && <td className={styles['number']}>{isGone ? '' : formatCount(copies)}</td>}
    </tr>
  );
}
