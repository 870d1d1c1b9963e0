import type { Batch } from '../../stream/batch.ts';
import type { Column } from '../../stream/column.ts';
import { isNull } from '../../stream/column.ts';
import type { ColumnBuilder } from '../../stream/column-builder.ts';
import { columnBuilder } from '../../stream/column-builder.ts';
import type { BoundMatch } from '../shared/joins/bind-join.ts';
import { KeyTable } from '../shared/state/key-table.ts';
import type { LookupTable } from './lookup-table.ts';

const NONE: readonly number[] = [];

/** The rows of a lookup table by key, in the table's order. */
export class TableIndex {
  private readonly columns: readonly Column[];
  private readonly keys: KeyTable;
  private readonly leftColumns: readonly number[];
  private readonly rows = new Map<number, number[]>();
  /** Most rows that a key has. */
  readonly mostInKey: number;

  constructor({ fields, rows }: LookupTable, { leftKey, rightKey }: BoundMatch) {
    this.columns = fields.map(({ type }, i) => {
      const builder = columnBuilder(type);
      for (const row of rows) builder.append(row[i] ?? null);
      return builder.finish();
    });
    this.leftColumns = leftKey.columns;
    this.keys = new KeyTable(rightKey.fields);
    const keyColumns = rightKey.columns.map((column) => this.columns[column]!);
    let most = 0;
    for (let row = 0; row < rows.length; row++) {
      if (keyColumns.some((column) => isNull(column.nulls, row))) continue;
      const key = this.keys.idOf(keyColumns, row);
      const same = this.rows.get(key);
      if (same === undefined) {
        this.keys.hold(key);
        this.rows.set(key, [row]);
      } else same.push(row);
      most = Math.max(most, this.rows.get(key)!.length);
    }
    this.mostInKey = most;
  }

  /** Whether a column of the row's key is NULL. */
  hasNullKey(batch: Batch, row: number): boolean {
    return this.leftColumns.some((column) => isNull(batch.columns[column]!.nulls, row));
  }

  /** The table's rows with the key of a row; none where that is NULL. */
  find(batch: Batch, row: number): readonly number[] {
    if (this.hasNullKey(batch, row)) return NONE;
    const key = this.keys.idOf(
      this.leftColumns.map((column) => batch.columns[column]!),
      row,
    );
    this.keys.hold(key);
    const found = this.rows.get(key) ?? NONE;
    this.keys.release(key);
    return found;
  }

  /** Appends a row of the table, or NULLs for `NO_TABLE_ROW`, one value a builder from `at` on. */
  appendTo(builders: readonly ColumnBuilder[], at: number, row: number): void {
    for (let i = 0; i < this.columns.length; i++) {
      if (row === NO_TABLE_ROW) builders[at + i]!.appendNull();
      else builders[at + i]!.appendFrom(this.columns[i]!, row);
    }
  }
}

export const NO_TABLE_ROW = -1;
