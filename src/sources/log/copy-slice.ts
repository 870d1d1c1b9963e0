import type { Batch } from '../../stream/batch.ts';
import { consecutiveRows } from '../../stream/batch.ts';
import type { Column } from '../../stream/column.ts';
import type { LogSlice } from '../../stream/log-slice.ts';
import { FRESH_BUFFERS } from '../../stream/buffers.ts';

/** A slice with arrays of its own, no longer than its rows; dictionaries only ever grow at their end and stay shared. */
export function copySlice(slice: LogSlice): LogSlice {
  const isOnlyRows = slice.onlyRows === true;
  return {
    ...slice,
    // Those of nothing but rows are zeros that all such slices share.
    kinds: isOnlyRows ? slice.kinds : slice.kinds.slice(),
    payload: isOnlyRows ? slice.payload : slice.payload.slice(),
    at: slice.at.slice(),
    source: slice.source.slice(),
    partition: slice.partition?.slice() ?? null,
    rows: slice.rows.map((batch) => (batch === null ? null : copyRows(batch, slice))),
  };
}

/** The same entries with numbers that are larger by `shift`; none of the slice's own arrays is changed. */
export function shiftSlice(slice: LogSlice, shift: number): LogSlice {
  if (shift === 0) return slice;
  return {
    ...slice,
    firstSeq: slice.firstSeq + shift,
    rows: slice.rows.map((batch) => (batch === null ? null : renumbered(batch, slice, shift))),
  };
}

/** Bytes of a copied slice without its dictionaries; numbers of rows count although they may not be written yet. */
export function sliceBytes(slice: LogSlice): number {
  const own = slice.onlyRows === true ? 0 : slice.kinds.byteLength + slice.payload.byteLength;
  const rows = slice.rows.reduce((sum, batch) => sum + (batch === null ? 0 : rowsBytes(batch)), 0);
  return own + slice.at.byteLength + slice.source.byteLength + (slice.partition?.byteLength ?? 0) + rows;
}

/** The dictionaries that a slice's columns share with others. */
export function dictionariesOf(slice: LogSlice): readonly (readonly (string | Uint8Array)[])[] {
  return slice.rows.flatMap((batch) => batch?.columns.flatMap(dictionariesIn) ?? []);
}

/** Rows that are all entries of a slice are numbered when somebody asks. */
function renumbered(batch: Batch, slice: LogSlice, shift: number): Batch {
  if (batch.length === slice.length) return consecutiveRows(batch, slice.firstSeq + shift, FRESH_BUFFERS);
  return shift === 0 ? batch : { ...batch, seq: batch.seq.map((seq) => seq + shift) };
}

function copyRows(batch: Batch, slice: LogSlice): Batch {
  const { length } = batch;
  const own = {
    length,
    columns: batch.columns.map((column) => copyColumn(column, 0, length)),
    ts: batch.ts.slice(),
    kinds: batch.kinds?.slice() ?? null,
  };
  if (length === slice.length) return consecutiveRows(own, slice.firstSeq, FRESH_BUFFERS);
  return { ...own, selection: null, seq: batch.seq.slice(), phase: null, origin: null };
}

/** Values [from, to) of a column whose NULLs begin with the first. */
function copyColumn(column: Column, from: number, to: number): Column {
  const nulls = column.nulls === null ? null : cutNulls(column.nulls, from, to);
  switch (column.kind) {
    case 'bool':
      return { kind: 'bool', values: column.values.slice(from, to), nulls };
    case 'int':
      return { kind: 'int', values: column.values.slice(from, to), nulls };
    case 'float':
      return { kind: 'float', values: column.values.slice(from, to), nulls };
    case 'long':
      return { kind: 'long', values: column.values.slice(from, to), nulls };
    case 'decimal':
      return { kind: 'decimal', values: column.values.slice(from, to), nulls };
    case 'text':
      return { kind: 'text', ids: column.ids.slice(from, to), dictionary: column.dictionary, nulls };
    case 'bytes':
      return { kind: 'bytes', ids: column.ids.slice(from, to), dictionary: column.dictionary, nulls };
    case 'row':
      return { kind: 'row', children: column.children.map((child) => copyColumn(child, from, to)), nulls };
    case 'list': {
      const { offsets, first, last } = copyOffsets(column.offsets, from, to);
      return { kind: 'list', offsets, child: copyColumn(column.child, first, last), nulls };
    }
    case 'map': {
      const { offsets, first, last } = copyOffsets(column.offsets, from, to);
      const keys = copyColumn(column.keys, first, last);
      const child = copyColumn(column.child, first, last);
      return { kind: 'map', offsets, keys: keys.kind === 'text' ? keys : column.keys, child, nulls };
    }
  }
}

function copyOffsets(
  all: Int32Array,
  from: number,
  to: number,
): { readonly offsets: Int32Array; readonly first: number; readonly last: number } {
  const first = all[from] ?? 0;
  const offsets = all.slice(from, to + 1).map((offset) => offset - first);
  return { offsets, first, last: all[to] ?? first };
}

function cutNulls(nulls: Uint8Array, from: number, to: number): Uint8Array {
  if ((from & 7) === 0) return nulls.slice(from >> 3, (to + 7) >> 3);
  const bitmap = new Uint8Array((to - from + 7) >> 3);
  for (let row = from; row < to; row++) {
    const bit = ((nulls[row >> 3] ?? 0) >> (row & 7)) & 1;
    const place = row - from;
    bitmap[place >> 3] = (bitmap[place >> 3] ?? 0) | (bit << (place & 7));
  }
  return bitmap;
}

function rowsBytes(batch: Batch): number {
  const columns = batch.columns.reduce((sum, column) => sum + valueBytes(column), 0);
  return columns + 16 * batch.length + (batch.kinds?.byteLength ?? 0);
}

function valueBytes(column: Column): number {
  const nulls = column.nulls?.byteLength ?? 0;
  switch (column.kind) {
    case 'text':
    case 'bytes':
      return nulls + column.ids.byteLength;
    case 'row':
      return column.children.reduce((sum, child) => sum + valueBytes(child), nulls);
    case 'list':
      return nulls + column.offsets.byteLength + valueBytes(column.child);
    case 'map':
      return nulls + column.offsets.byteLength + valueBytes(column.keys) + valueBytes(column.child);
    case 'decimal':
      return nulls + column.values.length * 32;
    default:
      return nulls + column.values.byteLength;
  }
}

function dictionariesIn(column: Column): readonly (readonly (string | Uint8Array)[])[] {
  switch (column.kind) {
    case 'text':
    case 'bytes':
      return [column.dictionary];
    case 'row':
      return column.children.flatMap(dictionariesIn);
    case 'list':
      return dictionariesIn(column.child);
    case 'map':
      return [column.keys.dictionary, ...dictionariesIn(column.child)];
    default:
      return [];
  }
}
