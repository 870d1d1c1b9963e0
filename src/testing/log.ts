import type { Batch } from '../stream/batch.ts';
import { consecutiveRows } from '../stream/batch.ts';
import { FRESH_BUFFERS } from '../stream/buffers.ts';
import type { ColumnBuilder } from '../stream/column-builder.ts';
import { columnBuilder } from '../stream/column-builder.ts';
import type { LogSlice } from '../stream/log-slice.ts';
import {
  ENTRY_CLOCK,
  ENTRY_CONTROL,
  ENTRY_END,
  ENTRY_ROW,
  ENTRY_STATUS,
  ENTRY_WATERMARK,
} from '../stream/log-slice.ts';
import type { RowKindName } from '../stream/row-kind.ts';
import { INSERT, ROW_KIND_NAMES } from '../stream/row-kind.ts';
import type { Field, Schema } from '../stream/types.ts';
import type { Value } from '../stream/value.ts';

/** One entry of a log as a test writes it. Processing times never go back. */
export type Entry = { readonly at: number } & (
  | {
      readonly kind: 'row';
      readonly source: number;
      readonly ts: number;
      readonly values: readonly Value[];
      readonly partition?: number;
      /** Absent for +I. */
      readonly op?: RowKindName;
    }
  | { readonly kind: 'watermark'; readonly source: number; readonly time: number; readonly partition?: number }
  | { readonly kind: 'status'; readonly source: number; readonly idle: boolean; readonly partition?: number }
  | { readonly kind: 'clock' }
  | { readonly kind: 'end'; readonly source: number }
  | { readonly kind: 'control'; readonly control: number }
);

const KINDS = {
  row: ENTRY_ROW,
  watermark: ENTRY_WATERMARK,
  status: ENTRY_STATUS,
  clock: ENTRY_CLOCK,
  end: ENTRY_END,
  control: ENTRY_CONTROL,
} as const;

/** The whole log as one slice. `schemas` are those of the sources, in the plan's order. */
export function logOf(entries: readonly Entry[], schemas: readonly Schema[]): LogSlice {
  const partitions = entries.map((entry) => ('partition' in entry ? (entry.partition ?? 0) : 0));
  return {
    firstSeq: 0,
    length: entries.length,
    kinds: Uint8Array.from(entries, (entry) => KINDS[entry.kind]),
    at: Float64Array.from(entries, (entry) => entry.at),
    source: Int16Array.from(entries, (entry) => ('source' in entry ? entry.source : -1)),
    partition: partitions.some((partition) => partition !== 0) ? Int32Array.from(partitions) : null,
    payload: Float64Array.from(entries, payloadOf),
    rows: schemas.map((schema, source) => rowsOf(entries, source, schema)),
  };
}

function payloadOf(entry: Entry): number {
  switch (entry.kind) {
    case 'watermark':
      return entry.time;
    case 'status':
      return entry.idle ? 1 : 0;
    case 'control':
      return entry.control;
    default:
      return 0;
  }
}

function rowsOf(entries: readonly Entry[], source: number, schema: Schema): Batch | null {
  const builders = schema.fields.map((field) => columnBuilder(field.type));
  const seq: number[] = [];
  const ts: number[] = [];
  const kinds: number[] = [];
  entries.forEach((entry, i) => {
    if (entry.kind !== 'row' || entry.source !== source) return;
    seq.push(i);
    ts.push(entry.ts);
    kinds.push(ROW_KIND_NAMES.indexOf(entry.op ?? '+I'));
    schema.fields.forEach((field, f) => appendValue(builders[f]!, field, entry.values[f] ?? null));
  });
  if (seq.length === 0) return null;
  return {
    length: seq.length,
    selection: null,
    columns: builders.map((builder) => builder.finish()),
    seq: Float64Array.from(seq),
    phase: null,
    ts: Float64Array.from(ts),
    kinds: kinds.some((kind) => kind !== INSERT) ? Uint8Array.from(kinds) : null,
    origin: null,
  };
}

/** DECIMAL values are written as digits in tests and lie unscaled in columns. */
function appendValue(builder: ColumnBuilder, field: Field, value: Value): void {
  if (field.type.kind === 'DECIMAL' && typeof value === 'string') builder.append(BigInt(value.replace('.', '')));
  else builder.append(value);
}

/** The slice as the engine gets it from a log of its own: where rows follow each other, their numbers wait to be read. */
export function withWaitingNumbers(slice: LogSlice): LogSlice {
  return { ...slice, rows: slice.rows.map((batch) => (batch === null ? null : waiting(batch))) };
}

function waiting(batch: Batch): Batch {
  const { length, seq } = batch;
  return seq[length - 1]! - seq[0]! === length - 1 ? consecutiveRows(batch, seq[0]!, FRESH_BUFFERS) : batch;
}
