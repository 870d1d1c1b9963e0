import { useVirtualizer } from '@tanstack/react-virtual';
import { KeyRound } from 'lucide-react';
import { useId, useMemo, useRef } from 'react';
import type { CSSProperties, KeyboardEvent, ReactElement } from 'react';
import { useDocumentStore } from '../../app/document-store.ts';
import type { ResultTable } from '../../app/run-state.ts';
import { useTimeView } from '../../app/time-view.ts';
import type { RowKindName } from '../../stream/row-kind.ts';
import { ROW_KIND_NAMES } from '../../stream/row-kind.ts';
import { useWindowEnd } from '../charts/use-window-end.ts';
import { ChangeBadge } from '../theme/change-badge.tsx';
import controls from '../theme/controls.module.css';
import { LineageMark } from '../theme/lineage-mark.tsx';
import type { RowColumn } from './row-columns.ts';
import type { RowPlace } from './row-places.ts';
import { isSelectedRow, selectionOf } from './row-selection.ts';
import { useTracedRows } from './use-traced-rows.ts';
import { rowColumns } from './row-columns.ts';
import styles from './rows-tab.module.css';

const ROW_PX = 26;
const PAGE_ROWS = 10;

interface RowsGridProps {
  readonly place: RowPlace;
  readonly table: ResultTable;
  /** Entry and place of the row that is marked; null: none. */
  readonly active: number | null;
  readonly onActive: (row: number | null) => void;
  readonly onCopy: (row: number) => void;
  /** Whether somebody reads: rows must not run away. */
  readonly onScrolled: (isScrolled: boolean) => void;
}

/** Rows, newest on top; only those in view are drawn. */
export function RowsGrid(props: RowsGridProps): ReactElement {
  const { place, table, active, onActive, onCopy, onScrolled } = props;
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const close = useWindowEnd(place.nodeId);
  const traced = useTracedRows(place, table);
  const isSelected = useIsSelected(place, table);
  const columns = useMemo(() => rowColumns(table, close), [table, close]);
  // eslint-disable-next-line react-hooks/incompatible-library -- what it gives is used here alone, and nothing is memoized
  const rows = useVirtualizer({
    count: table.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 8,
  });
  const template = ['3.4rem', ...columns.map(({ width }) => `calc(${width} * 0.95ch + 14px)`)].join(' ');
  const move = (event: KeyboardEvent): void => {
    const to = movedTo(event.key, active === null ? -1 : table.length - 1 - active, table.length);
    if (to === null) return;
    event.preventDefault();
    onActive(table.length - 1 - to);
    rows.scrollToIndex(to);
  };
  return (
    <div
      ref={box}
      className={styles['box']}
      role="grid"
      aria-label="Rows"
      aria-rowcount={table.length + 1}
      aria-activedescendant={active === null ? undefined : `${id}-${String(active)}`}
      tabIndex={0}
      onKeyDown={move}
      onScroll={(event) => onScrolled(event.currentTarget.scrollTop > 0)}
      onCopy={(event) => {
        if (active === null || window.getSelection()?.isCollapsed === false) return;
        event.preventDefault();
        event.stopPropagation();
        onCopy(active);
      }}
    >
      <div className={styles['head']} role="row" aria-rowindex={1} style={{ gridTemplateColumns: template }}>
        <span role="columnheader">
          <span className={controls['visuallyHidden']}>change</span>
        </span>
        {columns.map((column) => (
          <Head key={column.name} column={column} />
        ))}
      </div>
      <div role="rowgroup" className={styles['rows']} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const row = table.length - 1 - index;
          return (
            <Row
              key={index}
              id={`${id}-${String(row)}`}
              index={index}
              kind={ROW_KIND_NAMES[table.kinds[row] ?? 0] ?? '+I'}
              texts={columns.map(({ textAt }) => textAt(row))}
              columns={columns}
              isActive={row === active || isSelected(row)}
              isTraced={traced.has(row)}
              style={{ gridTemplateColumns: template, transform: `translateY(${String(start)}px)` }}
              onClick={() => onActive(row === active ? null : row)}
            />
          );
        })}
      </div>
    </div>
  );
}

/** Tells the rows that are selected anywhere. */
function useIsSelected(place: RowPlace, table: ResultTable): (row: number) => boolean {
  const selection = useTimeView((state) => state.selection);
  const document = useDocumentStore((state) => state.document);
  return (row) => isSelectedRow(selection, selectionOf(document, place, table, row), table, row);
}

interface RowProps {
  readonly id: string;
  readonly index: number;
  readonly kind: RowKindName;
  readonly texts: readonly string[];
  readonly columns: readonly RowColumn[];
  readonly isActive: boolean;
  /** Whether it is in the lineage that is shown. */
  readonly isTraced: boolean;
  readonly style: CSSProperties;
  readonly onClick: () => void;
}

function Row({ id, index, kind, texts, columns, isActive, isTraced, style, onClick }: RowProps): ReactElement {
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isActive}
      data-lineage={isTraced ? '' : undefined}
      className={styles['row']}
      style={style}
      onClick={onClick}
    >
      <span role="gridcell">
        {isTraced && <LineageMark />}
        <ChangeBadge kind={kind} />
      </span>
      {columns.map(({ name, isNumber }, i) => (
        <span key={name} role="gridcell" title={texts[i]} data-align={isNumber ? 'end' : undefined}>
          {texts[i]}
        </span>
      ))}
    </div>
  );
}

function Head({ column: { name, type, isKey, isNumber } }: { column: RowColumn }): ReactElement {
  return (
    <span role="columnheader" data-align={isNumber ? 'end' : undefined}>
      <b>
        {isKey && <KeyRound size={10} aria-label="key" />}
        {name}
      </b>
      <small>{type ?? ''}</small>
    </span>
  );
}

/** The row that a key leads to, newest first; null for a key that moves nothing. `at` is −1 before the first move. */
function movedTo(key: string, at: number, count: number): number | null {
  const to: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + PAGE_ROWS,
    PageUp: at - PAGE_ROWS,
    Home: 0,
    End: count - 1,
  };
  const wanted = to[key];
  return wanted === undefined ? null : Math.min(count - 1, Math.max(0, wanted));
}
