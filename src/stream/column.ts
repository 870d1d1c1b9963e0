/**
 * How values lie in memory. A column belongs to a batch and is never changed once the batch was handed on.
 *
 * | type                | layout                                                                            |
 * | ------------------- | --------------------------------------------------------------------------------- |
 * | BOOLEAN             | `bool`: 0 or 1                                                                    |
 * | INT, DATE, TIME     | `int`: DATE counts days since 1970, TIME milliseconds since midnight              |
 * | DOUBLE, TIMESTAMP   | `float`: TIMESTAMP in epoch ms                                                    |
 * | BIGINT              | `float` while every value is within ±2^53, else `long`; batches of one edge may differ |
 * | DECIMAL(p, s)       | `decimal`: the value times 10^s                                                   |
 * | STRING, BYTES       | `text`, `bytes`: ids into the column's own dictionary                             |
 * | ARRAY, MAP          | `list`, `map`: row i holds child rows offsets[i] .. offsets[i + 1] - 1            |
 * | ROW                 | `row`: one child column a field                                                   |
 *
 * `nulls` has bit i set where row i is NULL; null means that no row is. The value under a NULL is unspecified, an id
 * under a NULL included. Ids of two columns are never compared: each dictionary counts for itself.
 */
export type Column =
  | BoolColumn
  | IntColumn
  | FloatColumn
  | LongColumn
  | DecimalColumn
  | TextColumn
  | BytesColumn
  | ListColumn
  | MapColumn
  | RowColumn;

export type Nulls = Uint8Array | null;

export interface BoolColumn {
  readonly kind: 'bool';
  readonly values: Uint8Array;
  readonly nulls: Nulls;
}
export interface IntColumn {
  readonly kind: 'int';
  readonly values: Int32Array;
  readonly nulls: Nulls;
}
export interface FloatColumn {
  readonly kind: 'float';
  readonly values: Float64Array;
  readonly nulls: Nulls;
}
export interface LongColumn {
  readonly kind: 'long';
  readonly values: BigInt64Array;
  readonly nulls: Nulls;
}
export interface DecimalColumn {
  readonly kind: 'decimal';
  readonly values: readonly bigint[];
  readonly nulls: Nulls;
}
export interface TextColumn {
  readonly kind: 'text';
  readonly ids: Int32Array;
  /** May be shared by many batches and grow at its end; what an id means never changes. */
  readonly dictionary: readonly string[];
  readonly nulls: Nulls;
}
export interface BytesColumn {
  readonly kind: 'bytes';
  readonly ids: Int32Array;
  readonly dictionary: readonly Uint8Array[];
  readonly nulls: Nulls;
}
export interface ListColumn {
  readonly kind: 'list';
  readonly offsets: Int32Array;
  readonly child: Column;
  readonly nulls: Nulls;
}
export interface MapColumn {
  readonly kind: 'map';
  readonly offsets: Int32Array;
  readonly keys: TextColumn;
  readonly child: Column;
  readonly nulls: Nulls;
}
export interface RowColumn {
  readonly kind: 'row';
  readonly children: readonly Column[];
  readonly nulls: Nulls;
}

/** Largest magnitude up to which every whole number is exact in a double. */
export const EXACT_LIMIT = 2 ** 53;

export function isNull(nulls: Nulls, row: number): boolean {
  return nulls !== null && ((nulls[row >> 3]! >> (row & 7)) & 1) === 1;
}

/** Marks `row` as NULL in a bitmap that is large enough. */
export function setNull(bitmap: Uint8Array, row: number): void {
  bitmap[row >> 3]! |= 1 << (row & 7);
}

export function nullBitmap(length: number): Uint8Array {
  return new Uint8Array((length + 7) >> 3);
}

/** Bytes that a column's arrays, texts and children take; two a character. A shared dictionary counts in full. */
export function columnBytes(column: Column): number {
  const nulls = column.nulls?.length ?? 0;
  switch (column.kind) {
    case 'text':
      return nulls + column.ids.length * 4 + column.dictionary.reduce((sum, text) => sum + text.length * 2, 0);
    case 'bytes':
      return nulls + column.ids.length * 4 + column.dictionary.reduce((sum, bytes) => sum + bytes.length, 0);
    case 'list':
      return nulls + column.offsets.length * 4 + columnBytes(column.child);
    case 'map':
      return nulls + column.offsets.length * 4 + columnBytes(column.keys) + columnBytes(column.child);
    case 'row':
      return column.children.reduce((sum, child) => sum + columnBytes(child), nulls);
    case 'decimal':
      return nulls + column.values.length * 16;
    default:
      return nulls + column.values.byteLength;
  }
}

/** Rows [from, to) as a view where the layout allows it; only the NULL bitmap may be copied. */
export function sliceColumn(column: Column, from: number, to: number): Column {
  const nulls = sliceNulls(column.nulls, from, to);
  switch (column.kind) {
    case 'bool':
      return { kind: 'bool', values: column.values.subarray(from, to), nulls };
    case 'int':
      return { kind: 'int', values: column.values.subarray(from, to), nulls };
    case 'float':
      return { kind: 'float', values: column.values.subarray(from, to), nulls };
    case 'long':
      return { kind: 'long', values: column.values.subarray(from, to), nulls };
    case 'decimal':
      return { kind: 'decimal', values: column.values.slice(from, to), nulls };
    case 'text':
      return { kind: 'text', ids: column.ids.subarray(from, to), dictionary: column.dictionary, nulls };
    case 'bytes':
      return { kind: 'bytes', ids: column.ids.subarray(from, to), dictionary: column.dictionary, nulls };
    case 'list':
      return { kind: 'list', offsets: column.offsets.subarray(from, to + 1), child: column.child, nulls };
    case 'map':
      return {
        kind: 'map',
        offsets: column.offsets.subarray(from, to + 1),
        keys: column.keys,
        child: column.child,
        nulls,
      };
    case 'row':
      return { kind: 'row', children: column.children.map((child) => sliceColumn(child, from, to)), nulls };
  }
}

function sliceNulls(nulls: Nulls, from: number, to: number): Nulls {
  if (nulls === null) return null;
  if ((from & 7) === 0) return nulls.subarray(from >> 3, (to + 7) >> 3);
  const bitmap = nullBitmap(to - from);
  for (let row = from; row < to; row++) if (isNull(nulls, row)) setNull(bitmap, row - from);
  return bitmap;
}
