import type { Column } from '../../stream/column.ts';
import { userName } from './population.ts';

/** Names of the users met so far, in the order of their first event. */
export class UserNames {
  private readonly ids: Int32Array;
  private readonly dictionary: string[] = [];

  constructor(keys: number) {
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
        this.dictionary.push(userName(user));
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
