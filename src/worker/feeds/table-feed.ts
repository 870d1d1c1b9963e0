import type { Batch, StreamType } from '../../stream/batch.ts';
import { kindAt, rowAt, rowCount } from '../../stream/batch.ts';
import { DELETE, INSERT, UPDATE_AFTER, UPDATE_BEFORE } from '../../stream/row-kind.ts';
import type { RowKind } from '../../stream/row-kind.ts';
import type { Field } from '../../stream/types.ts';
import { typeName } from '../../stream/types.ts';
import type { Value } from '../../stream/value.ts';
import { toJson } from '../../stream/value.ts';
import type { TableOrder, TableView } from '../table-protocol.ts';
import { compareValues, firstInOrder } from './first-rows.ts';
import { CHANGE, COPIES, IN_PAGE, KIND, SEQ } from './table-pages.ts';
import { NO_ROW, TableRows } from './table-rows.ts';

/** Rows that a table keeps. */
const TABLE_ROWS_KEPT = 20_000;
const TABLE_ROWS_SHOWN = 200;
/** Deleted rows that are still shown, and for how many more changes. */
const GONE_ROWS = 20;
const GONE_CHANGES = 200;

/**
 * Turns a changelog into the table that it stands for. A keyed one keeps the newest row of each key; −U is then only the
 * first half of an update. Without a key equal rows are counted, and −U or −D takes one of them back. What takes back a row
 * that is not there changes nothing.
 */
export class TableFeed {
  static readonly sharedFields = ['type', 'fields', 'told', 'gone'];
  private readonly type: StreamType;
  private readonly fields: readonly Field[];
  /** What rows are told apart by: columns of the key, else all. */
  private readonly told: readonly number[];
  private readonly isKeyed: boolean;
  private readonly mostRows: number;
  /** Listed: the rows of the table, by the last change of each. */
  private readonly rows: TableRows;
  /** Rows that were deleted, oldest first. */
  private gone: readonly number[] = [];
  /** The row that a −U took back and no +U took the place of so far. */
  private taken = NO_ROW;
  private count = 0;
  private isPart = false;
  private lastSeq = Number.NaN;
  /** Rows of the changelog so far. */
  seen = 0;

  /** `mostRows` are kept; those that changed longest ago go first. */
  constructor(type: StreamType, mostRows = TABLE_ROWS_KEPT) {
    this.mostRows = mostRows;
    this.type = type;
    this.fields = type.schema.fields;
    const key = type.key?.map((name) => this.fields.findIndex((field) => field.name === name));
    this.isKeyed = key !== undefined;
    this.told = key ?? this.fields.map((_, i) => i);
    this.rows = new TableRows(this.fields, this.told);
  }

  /** To be called before a copy is made. */
  settle(): void {
    this.rows.pages.settle();
  }

  add(batch: Batch): void {
    const count = rowCount(batch);
    for (let i = 0; i < count; i++) this.take(batch, rowAt(batch, i));
  }

  private take(batch: Batch, from: number): void {
    this.seen++;
    this.lastSeq = batch.seq[from] ?? Number.NaN;
    const kind = kindAt(batch, from);
    const hash = this.rows.hash(batch, from);
    const known = this.rows.find(batch, from, hash);
    if (kind === UPDATE_BEFORE || kind === DELETE) this.remove(known, kind);
    else
      this.put(batch, from, { row: known === NO_ROW ? this.rows.add(hash) : known, isUpdate: kind === UPDATE_AFTER });
  }

  private put(
    batch: Batch,
    from: number,
    { row, isUpdate }: { readonly row: number; readonly isUpdate: boolean },
  ): void {
    const { rows, taken } = this;
    const before = rows.number(COPIES, row);
    const copies = this.isKeyed ? 1 : before + 1;
    const replaced = this.isKeyed && before > 0 ? row : taken;
    const isChange = replaced !== NO_ROW && (isUpdate || before > 0);
    this.fill(batch, from, { row, replaced: isChange ? replaced : NO_ROW });
    this.count += copies - before;
    if (before > 0) rows.unlist(row);
    else if (this.gone.includes(row)) this.gone = this.gone.filter((other) => other !== row);
    this.mark(row, copies);
    rows.list(row);
    this.taken = NO_ROW;
    this.letGo(taken);
    if (rows.listed > this.mostRows) this.forgetOldest();
  }

  /** Puts a batch's cells into a row, and marks those that are not as they were in `replaced`, if there is such a row. */
  private fill(batch: Batch, from: number, { row, replaced }: { row: number; replaced: number }): void {
    const { cells, pages } = this.rows;
    const page = pages.toWrite(row);
    const at = row & IN_PAGE;
    page.marks[KIND + at] = replaced === NO_ROW ? INSERT : UPDATE_AFTER;
    const old = replaced === NO_ROW ? null : pages.at(replaced);
    for (const column of cells) {
      const isNew = old !== null && !column.isShownAs(batch, from, old, replaced & IN_PAGE);
      column.put(batch, from, page, at);
      if (isNew) column.markChanged(page, at);
    }
  }

  private mark(row: number, copies: number): void {
    const { rows } = this;
    rows.setNumber(COPIES, row, copies);
    rows.setNumber(SEQ, row, this.lastSeq);
    rows.setNumber(CHANGE, row, this.seen);
  }

  private remove(row: number, kind: RowKind): void {
    const { rows } = this;
    const copies = row === NO_ROW ? -1 : rows.number(COPIES, row) - 1;
    if (copies < 0) return;
    this.count--;
    this.mark(row, copies);
    rows.unlist(row);
    if (copies > 0) rows.list(row);
    if (kind === UPDATE_BEFORE) {
      const { taken } = this;
      this.taken = row;
      if (taken !== row) this.letGo(taken);
    } else if (copies === 0) this.delete(row);
  }

  private delete(row: number): void {
    const { cells, pages } = this.rows;
    const page = pages.toWrite(row);
    page.marks[KIND + (row & IN_PAGE)] = DELETE;
    for (const column of cells) column.unmark(page, row & IN_PAGE);
    this.gone = [...this.gone, row];
    const [oldest = NO_ROW] = this.gone;
    if (this.gone.length <= GONE_ROWS) return;
    this.gone = this.gone.slice(1);
    this.letGo(oldest);
  }

  /** Forgets a row that is neither in the table nor shown or compared with any more. */
  private letGo(row: number): void {
    if (row === NO_ROW || row === this.taken || this.rows.number(COPIES, row) > 0 || this.gone.includes(row)) return;
    this.rows.forget(row);
  }

  private forgetOldest(): void {
    const { rows } = this;
    const { oldest } = rows;
    this.count -= rows.number(COPIES, oldest);
    rows.unlist(oldest);
    rows.setNumber(COPIES, oldest, 0);
    this.letGo(oldest);
    this.isPart = true;
  }

  /** Of the node with this id. Null before the first change. */
  view(nodeId: string, order: TableOrder): TableView | null {
    if (this.seen === 0) return null;
    const { rows, fields } = this;
    const shown = firstInOrder(this.candidates(), this.comparison(order), TABLE_ROWS_SHOWN);
    return {
      nodeId,
      changes: this.type.changes === 'upsert' ? 'upsert' : 'retract',
      key: this.type.key,
      order,
      rows: this.count,
      isPart: this.isPart,
      changesSeen: this.seen,
      lastSeq: this.lastSeq,
      length: shown.length,
      seq: Float64Array.from(shown, (row) => rows.number(SEQ, row)),
      kinds: Uint8Array.from(shown, (row) => rows.pages.at(row).marks[KIND + (row & IN_PAGE)] ?? INSERT),
      copies: Float64Array.from(shown, (row) => rows.number(COPIES, row)),
      changed: Uint8Array.from(shown.flatMap((row) => this.changedCells(row))),
      columns: fields.map(({ name, type }, i) => ({
        name,
        type: typeName(type),
        values: shown.map((row) => toJson(this.value(row, i), type)),
      })),
    };
  }

  private *candidates(): Iterable<number> {
    const { rows } = this;
    for (let row = rows.newest; row !== NO_ROW; row = rows.olderThan(row)) yield row;
    for (const row of this.gone) if (this.seen - rows.number(CHANGE, row) <= GONE_CHANGES) yield row;
  }

  private comparison(order: TableOrder): (a: number, b: number) => number {
    const newestFirst = (a: number, b: number): number => this.rows.number(CHANGE, b) - this.rows.number(CHANGE, a);
    if (order.by === 'change') return newestFirst;
    const column = order.by === 'column' ? this.fields.findIndex(({ name }) => name === order.column) : -1;
    const columns = order.by === 'key' ? this.told : column < 0 ? [] : [column];
    const isDescending = order.by === 'column' && order.isDescending;
    return (a, b) => {
      for (const i of columns) {
        const type = this.fields[i]?.type;
        const one = this.value(a, i);
        const other = this.value(b, i);
        const difference = type === undefined ? 0 : compareValues(one, other, type);
        if (difference !== 0) return isDescending && one !== null && other !== null ? -difference : difference;
      }
      return newestFirst(a, b);
    };
  }

  private value(row: number, column: number): Value {
    return this.rows.cells[column]?.value(this.rows.pages.at(row), row & IN_PAGE) ?? null;
  }

  private changedCells(row: number): readonly number[] {
    const page = this.rows.pages.at(row);
    return this.rows.cells.map((column) => (column.hasChanged(page, row & IN_PAGE) ? 1 : 0));
  }
}
