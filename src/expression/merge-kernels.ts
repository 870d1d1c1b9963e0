import type { BoolColumn, Column, FloatColumn, IntColumn, Nulls, TextColumn } from '../stream/column.ts';
import { isNull, nullBitmap, setNull } from '../stream/column.ts';
import type { Frame } from './frame.ts';
import type { Space } from './space.ts';

/** A column of which only some rows count, ascending. */
export interface Piece {
  readonly column: Column;
  readonly rows: Int32Array;
}

export interface MergeTarget {
  readonly frame: Frame;
  readonly space: Space;
}

/** One column of pieces that hold numbers of one layout; null where they do not. */
export function mergeNumbers(pieces: readonly Piece[], { frame, space }: MergeTarget): Column | null {
  const kind = pieces[0]?.column.kind;
  if (pieces.some(({ column }) => column.kind !== kind)) return null;
  const nulls = mergedNulls(pieces, frame.length);
  if (kind === 'float') {
    const values = space.floats(frame);
    for (const { column, rows } of pieces) copyFloats(column as FloatColumn, rows, values);
    return { kind, values, nulls };
  }
  if (kind === 'int') {
    const values = space.ints(frame);
    for (const { column, rows } of pieces) copyInts(column as IntColumn, rows, values);
    return { kind, values, nulls };
  }
  if (kind !== 'bool') return null;
  const values = space.bytes(frame);
  for (const { column, rows } of pieces) copyFlags(column as BoolColumn, rows, values);
  return { kind, values, nulls };
}

function copyFloats({ values }: FloatColumn, rows: Int32Array, out: Float64Array): void {
  for (let i = 0; i < rows.length; i++) out[rows[i]!] = values[rows[i]!]!;
}

function copyInts({ values }: IntColumn, rows: Int32Array, out: Int32Array): void {
  for (let i = 0; i < rows.length; i++) out[rows[i]!] = values[rows[i]!]!;
}

function copyFlags({ values }: BoolColumn, rows: Int32Array, out: Uint8Array): void {
  for (let i = 0; i < rows.length; i++) out[rows[i]!] = values[rows[i]!]!;
}

/**
 * One column of pieces of text: their dictionaries one behind the other. Null where they are not text, or where the
 * dictionaries hold more than the rows do.
 */
export function mergeTexts(pieces: readonly Piece[], length: number): Column | null {
  let entries = 0;
  for (const { column } of pieces) {
    if (column.kind !== 'text') return null;
    entries += column.dictionary.length;
  }
  const rowCount = pieces.reduce((sum, { rows }) => sum + rows.length, 0);
  if (entries > rowCount || entries === 0) return null;
  const ids = new Int32Array(length);
  const dictionary: string[] = [];
  for (const { column, rows } of pieces) {
    const text = column as TextColumn;
    const before = dictionary.length;
    for (let i = 0; i < rows.length; i++) ids[rows[i]!] = text.ids[rows[i]!]! + before;
    for (const entry of text.dictionary) dictionary.push(entry);
  }
  return { kind: 'text', ids, dictionary, nulls: mergedNulls(pieces, length) };
}

function mergedNulls(pieces: readonly Piece[], length: number): Nulls {
  let merged: Uint8Array | null = null;
  for (const { column, rows } of pieces) {
    const { nulls } = column;
    if (nulls === null) continue;
    merged ??= nullBitmap(length);
    for (let i = 0; i < rows.length; i++) if (isNull(nulls, rows[i]!)) setNull(merged, rows[i]!);
  }
  return merged;
}
