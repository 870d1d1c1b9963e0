import { ArrowDown, ArrowUp } from 'lucide-react';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { TableColumn, TableOrder, TableView } from '../../app/run-state.ts';
import { useRunStore } from '../../app/run-store.ts';
import { ROW_KIND_NAMES } from '../../stream/row-kind.ts';
import { ChangeBadge } from '../theme/change-badge.tsx';
import { formatCount, formatExactCount } from '../theme/format.ts';
import { Segments } from '../theme/segments.tsx';
import { cellText, isRightAligned } from './cell-text.ts';
import styles from './tables.module.css';
import panel from './table-panel.module.css';

const BY_KEY: TableOrder = { by: 'key' };
const BY_CHANGE: TableOrder = { by: 'change' };
const DELETED = 3;

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
  const seq = useRunStore((state) => state.position.seq);
  const { rows, isPart, length } = table;
  const shown = length < rows ? `, the first ${formatCount(length)} shown` : '';
  return (
    <p className={panel['extent']} title={isPart ? KEPT_PART : whatItKeeps(table)}>
      <b title={formatExactCount(rows)} data-table-rows={rows}>
        {formatCount(rows)}
      </b>
      {isPart ? ' and more' : ''} {rows === 1 ? 'row' : 'rows'}
      {shown} at entry <b title={formatExactCount(seq)}>{formatCount(seq)}</b>
      <span> · {isPart ? KEPT_PART : whatItKeeps(table)}</span>
    </p>
  );
}

const KEPT_PART = 'part of it: the rows that changed longest ago were let go here';

function whatItKeeps({ changes, key }: TableView): string {
  if (key === null) return 'rows put in and not taken back';
  if (key.length === 0) return 'one row in all';
  const names = key.join(', ');
  return changes === 'upsert' ? `the latest row of each ${names}, as compaction keeps it` : `one row of each ${names}`;
}

interface RowsProps {
  readonly table: TableView;
  readonly order: TableOrder;
  readonly onOrder: (order: TableOrder) => void;
}

function Rows({ table, order, onOrder }: RowsProps): ReactElement {
  const hasCopies = table.copies.some((copies) => copies > 1);
  return (
    <div className={styles['box']} tabIndex={0} role="region" aria-label="Table as it stands">
      <table className={`${styles['table'] ?? ''} ${panel['table'] ?? ''}`}>
        <thead>
          <tr>
            <th scope="col">last change</th>
            {table.columns.map((column) => (
              <ColumnHead
                key={column.name}
                column={column}
                isKey={table.key?.includes(column.name) === true}
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
            <TableRow key={rowName(table, row)} table={table} row={row} hasCopies={hasCopies} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Stays the same while the row is updated, so that the screen redraws what changed and no more. */
function rowName({ key, columns }: TableView, row: number): string {
  const told = key === null ? columns : columns.filter(({ name }) => key.includes(name));
  return `${JSON.stringify(told.map(({ values }) => values[row]))}`;
}

interface ColumnHeadProps {
  readonly column: TableColumn;
  readonly isKey: boolean;
  readonly order: TableOrder;
  readonly onOrder: (order: TableOrder) => void;
}

/** A click sorts, the next one the other way round. */
function ColumnHead({ column: { name, type }, isKey, order, onOrder }: ColumnHeadProps): ReactElement {
  const own = order.by === 'column' && order.column === name ? order : null;
  const isNumber = isRightAligned(type);
  const next: TableOrder = { by: 'column', column: name, isDescending: own === null ? isNumber : !own.isDescending };
  const Arrow = own?.isDescending === true ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      data-key={isKey ? '' : undefined}
      data-align={isNumber ? 'end' : undefined}
      aria-sort={own === null ? 'none' : own.isDescending ? 'descending' : 'ascending'}
    >
      <button type="button" className={panel['sort']} onClick={() => onOrder(next)}>
        {name}
        {own !== null && <Arrow size={11} aria-hidden />}
      </button>
    </th>
  );
}

function TableRow({ table, row, hasCopies }: { table: TableView; row: number; hasCopies: boolean }): ReactElement {
  const kind = table.kinds[row] ?? 0;
  const isGone = kind === DELETED;
  const copies = table.copies[row] ?? 1;
  return (
    <tr data-last={table.seq[row] === table.lastSeq ? '' : undefined} data-gone={isGone ? '' : undefined}>
      <td>
        <ChangeBadge kind={ROW_KIND_NAMES[kind] ?? '+I'} />
        <span className={panel['entry']}>{formatExactCount(table.seq[row])}</span>
      </td>
      {table.columns.map(({ name, type, values }, i) => (
        <td
          key={name}
          className={isRightAligned(type) ? styles['number'] : undefined}
          data-changed={table.changed[row * table.columns.length + i] === 1 ? '' : undefined}
        >
          {isGone ? <s>{cellText(values[row] ?? null, type)}</s> : cellText(values[row] ?? null, type)}
        </td>
      ))}
      {hasCopies && <td className={styles['number']}>{isGone ? '' : formatCount(copies)}</td>}
    </tr>
  );
}
