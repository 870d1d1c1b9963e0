import type { Batch, StreamType } from '../../stream/batch.ts';
import { kindAt, rowAt, rowCount } from '../../stream/batch.ts';
import { DELETE, INSERT, UPDATE_AFTER, UPDATE_BEFORE } from '../../stream/row-kind.ts';
import type { RowKind } from '../../stream/row-kind.ts';
import type { Field } from '../../stream/types.ts';
import { typeName } from '../../stream/types.ts';
import type { Value } from '../../stream/value.ts';
import { cell, toJson } from '../../stream/value.ts';
import type { TableOrder, TableView } from '../table-protocol.ts';
import { ChangedRows } from './changed-rows.ts';
import { compareValues, firstInOrder, isSameValue } from './first-rows.ts';
import type { TableRow } from './packed-rows.ts';
import { rowKey } from './row-key.ts';

/** Rows that a table keeps; those that changed longest ago go first. */
const TABLE_ROWS_KEPT = 20_000;
const TABLE_ROWS_SHOWN = 200;
/** Deleted rows that are still shown, and for how many more changes. */
const GONE_ROWS = 20;
const GONE_CHANGES = 200;

const NONE: readonly number[] = [];

/**
 * Turns a changelog into the table that it stands for. A keyed one keeps the newest row of each key; −U is then only the
 * first half of an update. Without a key equal rows are counted, and −U or −D takes one of them back. What takes back a row
 * that is not there changes nothing.
 */
export class TableFeed {
  static readonly sharedFields = ['type', 'fields', 'told', 'gone', 'taken'];
  private readonly nodeId: string;
  private readonly type: StreamType;
  private readonly fields: readonly Field[];
  /** What rows are told apart by: columns of the key, else all. */
  private readonly told: readonly number[];
  private readonly isKeyed: boolean;
  private readonly rows = new ChangedRows();
  private readonly gone = new Map<string, TableRow>();
  private count = 0;
  private isPart = false;
  private taken: readonly Value[] | null = null;
  private lastSeq = Number.NaN;
  /** Rows of the changelog so far. */
  seen = 0;

  constructor(nodeId: string, type: StreamType) {
    this.nodeId = nodeId;
    this.type = type;
    this.fields = type.schema.fields;
    const key = type.key?.map((name) => this.fields.findIndex((field) => field.name === name));
    this.isKeyed = key !== undefined;
    this.told = key ?? this.fields.map((_, i) => i);
  }

  add(batch: Batch): void {
    const count = rowCount(batch);
    for (let i = 0; i < count; i++) this.take(batch, rowAt(batch, i));
  }

  private take(batch: Batch, row: number): void {
    this.seen++;
    this.lastSeq = batch.seq[row] ?? Number.NaN;
    const kind = kindAt(batch, row);
    const key = rowKey(this.fields, this.told, batch, row);
    if (kind === DELETE || kind === UPDATE_BEFORE) this.remove(key, kind);
    else this.put(key, this.valuesOf(batch, row), kind === UPDATE_AFTER);
  }

  private valuesOf(batch: Batch, row: number): readonly Value[] {
    return this.fields.map((field, i) => {
      const column = batch.columns[i];
      return column === undefined ? null : cell(column, field.type, row);
    });
  }

  private put(key: string, values: readonly Value[], isUpdate: boolean): void {
    const known = this.rows.get(key);
    const copies = this.isKeyed ? 1 : (known?.copies ?? 0) + 1;
    const replaced = this.isKeyed ? (known?.values ?? this.taken) : this.taken;
    const before = isUpdate || known !== undefined ? replaced : null;
    this.taken = null;
    this.count += copies - (known?.copies ?? 0);
    this.gone.delete(key);
    const kind = before === null ? INSERT : UPDATE_AFTER;
    const changed = before === null ? NONE : this.changedColumns(values, before);
    this.rows.put({ key, values, changed, kind, seq: this.lastSeq, change: this.seen, copies });
    if (this.rows.size > TABLE_ROWS_KEPT) this.forgetOldest();
  }

  private remove(key: string, kind: RowKind): void {
    const known = this.rows.get(key);
    if (known === undefined) return;
    const copies = known.copies - 1;
    const { values } = known;
    this.count--;
    if (kind === UPDATE_BEFORE) this.taken = values;
    const left = { ...known, copies, seq: this.lastSeq, change: this.seen };
    this.rows.put(left);
    if (copies > 0 || kind === UPDATE_BEFORE) return;
    this.gone.set(key, { ...left, changed: NONE, kind: DELETE });
    const [oldest] = this.gone.keys();
    if (this.gone.size > GONE_ROWS && oldest !== undefined) this.gone.delete(oldest);
  }

  private forgetOldest(): void {
    this.count -= this.rows.takeOldest()?.copies ?? 0;
    this.isPart = true;
  }

  /** Rows are what nothing changes any more: both may have them in common. */
  shareWith(other: TableFeed): void {
    this.rows.shareWith(other.rows);
  }

  /** Null before the first change. */
  view(order: TableOrder): TableView | null {
    if (this.seen === 0) return null;
    const shown = firstInOrder(this.candidates(), this.comparison(order), TABLE_ROWS_SHOWN);
    return {
      nodeId: this.nodeId,
      changes: this.type.changes === 'upsert' ? 'upsert' : 'retract',
      key: this.type.key,
      order,
      rows: this.count,
      isPart: this.isPart,
      changesSeen: this.seen,
      lastSeq: this.lastSeq,
      length: shown.length,
      seq: Float64Array.from(shown, (row) => row.seq),
      kinds: Uint8Array.from(shown, (row) => row.kind),
      copies: Float64Array.from(shown, (row) => row.copies),
      changed: Uint8Array.from(shown.flatMap((row) => this.changedCells(row))),
      columns: this.fields.map(({ name, type }, i) => ({
        name,
        type: typeName(type),
        values: shown.map((row) => toJson(row.values[i] ?? null, type)),
      })),
    };
  }

  private *candidates(): Iterable<TableRow> {
    yield* this.rows.values();
    for (const row of this.gone.values()) if (this.seen - row.change <= GONE_CHANGES) yield row;
  }

  private comparison(order: TableOrder): (a: TableRow, b: TableRow) => number {
    const newestFirst = (a: TableRow, b: TableRow): number => b.change - a.change;
    if (order.by === 'change') return newestFirst;
    const column = order.by === 'column' ? this.fields.findIndex(({ name }) => name === order.column) : -1;
    const columns = order.by === 'key' ? this.told : column < 0 ? [] : [column];
    const isDescending = order.by === 'column' && order.isDescending;
    return (a, b) => {
      for (const i of columns) {
        const type = this.fields[i]?.type;
        const one = a.values[i] ?? null;
        const other = b.values[i] ?? null;
        const difference = type === undefined ? 0 : compareValues(one, other, type);
        if (difference !== 0) return isDescending && one !== null && other !== null ? -difference : difference;
      }
      return newestFirst(a, b);
    };
  }

  private changedColumns(values: readonly Value[], before: readonly Value[]): readonly number[] {
    const changed: number[] = [];
    for (const [i, { type }] of this.fields.entries()) {
      if (!isSameValue(values[i] ?? null, before[i] ?? null, type)) changed.push(i);
    }
    return changed;
  }

  private changedCells({ changed }: TableRow): readonly number[] {
    return this.fields.map((_, i) => (changed.includes(i) ? 1 : 0));
  }
}
