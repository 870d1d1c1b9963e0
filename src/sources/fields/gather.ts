import type { Column, Nulls } from '../../stream/column.ts';
import { isNull, nullBitmap, setNull } from '../../stream/column.ts';
import { columnBuilder } from '../../stream/column-builder.ts';
import type { DataType } from '../../stream/types.ts';

/** The rows that `rows` lists, in that order, as a new column. Dictionaries are shared. */
export function gatherColumn(column: Column, type: DataType, rows: Int32Array | Uint32Array): Column {
  const nulls = gatherNulls(column.nulls, rows);
  switch (column.kind) {
    case 'bool':
      return { kind: 'bool', values: gather(column.values, new Uint8Array(rows.length), rows), nulls };
    case 'int':
      return { kind: 'int', values: gather(column.values, new Int32Array(rows.length), rows), nulls };
    case 'float':
      return { kind: 'float', values: gather(column.values, new Float64Array(rows.length), rows), nulls };
    case 'text':
      return { ...column, ids: gather(column.ids, new Int32Array(rows.length), rows), nulls };
    case 'bytes':
      return { ...column, ids: gather(column.ids, new Int32Array(rows.length), rows), nulls };
    case 'decimal':
      return { kind: 'decimal', values: Array.from(rows, (row) => column.values[row] ?? 0n), nulls };
    default: {
      const builder = columnBuilder(type);
      for (const row of rows) builder.appendFrom(column, row);
      return builder.finish();
    }
  }
}

function gather<T extends Uint8Array | Int32Array | Float64Array>(
  from: { readonly [i: number]: number },
  into: T,
  rows: Int32Array | Uint32Array,
): T {
  for (let i = 0; i < rows.length; i++) into[i] = from[rows[i] ?? 0] ?? 0;
  return into;
}

/** The values that `rows` lists. */
export function gatherNumbers(values: Float64Array, rows: Int32Array | Uint32Array): Float64Array {
  return gather(values, new Float64Array(rows.length), rows);
}

function gatherNulls(nulls: Nulls, rows: Int32Array | Uint32Array): Nulls {
  if (nulls === null) return null;
  let gathered: Uint8Array | null = null;
  for (let i = 0; i < rows.length; i++) {
    if (!isNull(nulls, rows[i] ?? 0)) continue;
    gathered ??= nullBitmap(rows.length);
    setNull(gathered, i);
  }
  return gathered;
}

/** Several columns of one type behind each other. Texts get one dictionary between them. */
export function concatColumns(columns: readonly Column[], lengths: readonly number[], type: DataType): Column {
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const first = columns[0];
  const nulls = concatNulls(columns, lengths, total);
  if (first?.kind === 'text') return concatTexts(columns, lengths, { total, nulls });
  const same = columns.every((column) => column.kind === first?.kind);
  if (same && first?.kind === 'float')
    return { kind: 'float', values: concat(columns, new Float64Array(total)), nulls };
  if (same && first?.kind === 'int') return { kind: 'int', values: concat(columns, new Int32Array(total)), nulls };
  if (same && first?.kind === 'bool') return { kind: 'bool', values: concat(columns, new Uint8Array(total)), nulls };
  const builder = columnBuilder(type);
  columns.forEach((column, c) => {
    for (let row = 0; row < (lengths[c] ?? 0); row++) builder.appendFrom(column, row);
  });
  return builder.finish();
}

function concat<T extends Uint8Array | Int32Array | Float64Array>(columns: readonly Column[], into: T): T {
  let at = 0;
  for (const column of columns) {
    if (column.kind !== 'float' && column.kind !== 'int' && column.kind !== 'bool') continue;
    into.set(column.values, at);
    at += column.values.length;
  }
  return into;
}

function concatTexts(
  columns: readonly Column[],
  lengths: readonly number[],
  whole: { readonly total: number; readonly nulls: Nulls },
): Column {
  const ids = new Int32Array(whole.total);
  const dictionary: string[] = [];
  const known = new Map<string, number>();
  // Readers share dictionaries between chunks: each text of each dictionary is looked up once.
  const moved = new Map<readonly string[], Int32Array>();
  let at = 0;
  columns.forEach((column, c) => {
    if (column.kind !== 'text') return;
    let targets = moved.get(column.dictionary);
    if (targets === undefined || targets.length < column.dictionary.length) {
      targets = Int32Array.from(column.dictionary, (text) => {
        let id = known.get(text);
        if (id === undefined) {
          id = dictionary.length;
          known.set(text, id);
          dictionary.push(text);
        }
        return id;
      });
      moved.set(column.dictionary, targets);
    }
    for (let row = 0; row < (lengths[c] ?? 0); row++) ids[at++] = targets[column.ids[row] ?? 0] ?? 0;
  });
  return { kind: 'text', ids, dictionary, nulls: whole.nulls };
}

function concatNulls(columns: readonly Column[], lengths: readonly number[], total: number): Nulls {
  if (columns.every((column) => column.nulls === null)) return null;
  const nulls = nullBitmap(total);
  let at = 0;
  columns.forEach((column, c) => {
    for (let row = 0; row < (lengths[c] ?? 0); row++, at++) if (isNull(column.nulls, row)) setNull(nulls, at);
  });
  return nulls;
}
