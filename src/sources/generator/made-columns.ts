import type { Column } from '../../stream/column.ts';
import { nullBitmap, setNull } from '../../stream/column.ts';

/** Names of the users met so far, or of other keys, in the order of their first event: `u0042`, at least four digits. */
export class KeyNames {
  private readonly ids: Int32Array;
  private readonly dictionary: string[] = [];
  private readonly prefix: string;

  constructor(keys: number, prefix: string) {
    this.prefix = prefix;
    this.ids = new Int32Array(keys).fill(-1);
  }

  column(users: (row: number) => number, rows: number): Column {
    const ids = new Int32Array(rows);
    for (let row = 0; row < rows; row++) {
      const user = users(row);
      let id = this.ids[user] ?? -1;
      if (id < 0) {
        id = this.dictionary.length;
        this.ids[user] = id;
        this.dictionary.push(this.prefix + String(user).padStart(4, '0'));
      }
      ids[row] = id;
    }
    return { kind: 'text', ids, dictionary: this.dictionary, nulls: null };
  }
}

export function textColumn(rows: number, dictionary: readonly string[], id: (row: number) => number): Column {
  const ids = new Int32Array(rows);
  for (let row = 0; row < rows; row++) ids[row] = id(row);
  return { kind: 'text', ids, dictionary, nulls: null };
}

export function floatColumn(rows: number, value: (row: number) => number): Column {
  const values = new Float64Array(rows);
  for (let row = 0; row < rows; row++) values[row] = value(row);
  return { kind: 'float', values, nulls: null };
}

export function intColumn(rows: number, value: (row: number) => number): Column {
  const values = new Int32Array(rows);
  for (let row = 0; row < rows; row++) values[row] = value(row);
  return { kind: 'int', values, nulls: null };
}

/** A column of so many rows with NULL where its figure is no number. */
export function nullableColumn(rows: number, figure: (row: number) => number, column: Column): Column {
  let nulls: Uint8Array | null = null;
  for (let row = 0; row < rows; row++) {
    if (!Number.isNaN(figure(row))) continue;
    nulls ??= nullBitmap(rows);
    setNull(nulls, row);
  }
  return { ...column, nulls };
}
