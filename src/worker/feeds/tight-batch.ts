import type { Batch, Origin } from '../../stream/batch.ts';
import { rowAt, rowCount } from '../../stream/batch.ts';
import type { Column } from '../../stream/column.ts';
import { columnBuilder } from '../../stream/column-builder.ts';
import type { DataType, Field, Schema } from '../../stream/types.ts';

/** The rows that a reader of the batch sees, in arrays that hold nothing else. */
export function tightBatch(batch: Batch, schema: Schema): Batch {
  const rows = new Int32Array(rowCount(batch));
  for (let i = 0; i < rows.length; i++) rows[i] = rowAt(batch, i);
  const { seq, phase, ts, kinds, origin } = batch;
  return {
    length: rows.length,
    selection: null,
    columns: tightColumns(batch.columns, schema.fields, rows),
    seq: floats(seq, rows),
    phase: phase === null ? null : bytes(phase, rows),
    ts: floats(ts, rows),
    kinds: kinds === null ? null : bytes(kinds, rows),
    origin: origin === null ? null : tightOrigin(origin, rows),
  };
}

function tightOrigin(origin: Origin, rows: Int32Array): Origin {
  const { windowStartMs, windowEndMs, timing, paneIndex, last, keyFields, keyColumns } = origin;
  return {
    windowStartMs: floats(windowStartMs, rows),
    windowEndMs: floats(windowEndMs, rows),
    timing: bytes(timing, rows),
    paneIndex: Int32Array.from(rows, (row) => paneIndex[row] ?? 0),
    ...(last === undefined ? {} : { last: bytes(last, rows) }),
    keyFields,
    keyColumns: tightColumns(keyColumns, keyFields, rows),
  };
}

function tightColumns(columns: readonly Column[], fields: readonly Field[], rows: Int32Array): readonly Column[] {
  return columns.map((column, i) => {
    const type: DataType | undefined = fields[i]?.type;
    if (type === undefined) return column;
    const builder = columnBuilder(type);
    for (const row of rows) builder.appendFrom(column, row);
    return builder.finish();
  });
}

function floats(values: Float64Array, rows: Int32Array): Float64Array {
  const tight = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) tight[i] = values[rows[i] ?? 0] ?? Number.NaN;
  return tight;
}

function bytes(values: Uint8Array, rows: Int32Array): Uint8Array {
  const tight = new Uint8Array(rows.length);
  for (let i = 0; i < rows.length; i++) tight[i] = values[rows[i] ?? 0] ?? 0;
  return tight;
}
