import type { Drop } from '../operators/operator.ts';
import type { Batch, StreamType } from '../stream/batch.ts';
import { PANE_TIMING_NAMES, kindAt, phaseAt, rowAt, rowCount } from '../stream/batch.ts';
import type { InputPortName, OutputPortName } from '../stream/node-definition.ts';
import type { RowKindName } from '../stream/row-kind.ts';
import { ROW_KIND_NAMES } from '../stream/row-kind.ts';
import { fieldIndex } from '../stream/types.ts';
import type { Json } from '../stream/value.ts';
import { rowToJson } from '../stream/value.ts';

type JsonRow = { readonly [name: string]: Json };

/**
 * One row at a sink, as the outside contract writes results. `node` and `port` name the sink and its input; of rows that
 * another node hands on, it and its output.
 */
export interface ResultRecord {
  readonly seq: number;
  readonly phase: number;
  readonly node: string;
  readonly port: InputPortName | OutputPortName;
  readonly op: RowKindName;
  readonly key: JsonRow | null;
  readonly window: readonly [number, number] | null;
  readonly pane: { readonly timing: string; readonly index: number } | null;
  /** A global window's results stand at the end of time. */
  readonly ts: number | null;
  readonly row: JsonRow;
}

/** One dropped row, as the outside contract writes it. */
export interface DropRecord {
  readonly seq: number;
  readonly node: string;
  readonly source: string;
  readonly row: JsonRow;
  readonly ts: number | null;
  /** The clock that the row was judged by: the watermark, or the stream time of a Kafka dialect. */
  readonly watermark?: Json;
  readonly streamTime?: Json;
  readonly windows: readonly (readonly [number, number])[];
  readonly reason: string;
}

/** The rows that a reader of the batch sees, in order. */
export function resultRecords(node: string, batch: Batch, type: StreamType): readonly ResultRecord[] {
  const records: ResultRecord[] = [];
  const count = rowCount(batch);
  for (let i = 0; i < count; i++) records.push(resultRecord(node, batch, type, rowAt(batch, i)));
  return records;
}

/** One of these rows, by its place in the arrays. */
export function resultRecord(node: string, batch: Batch, type: StreamType, row: number): ResultRecord {
  const { origin } = batch;
  const startMs = origin === null ? Number.NaN : origin.windowStartMs[row]!;
  const hasWindow = startMs === startMs;
  return {
    seq: batch.seq[row]!,
    phase: phaseAt(batch, row),
    node,
    port: 'in',
    op: ROW_KIND_NAMES[kindAt(batch, row)],
    key: keyOf(batch, type, row),
    window: origin !== null && hasWindow ? [startMs, origin.windowEndMs[row]!] : null,
    pane:
      origin !== null && hasWindow
        ? { timing: PANE_TIMING_NAMES[origin.timing[row]!]!, index: origin.paneIndex[row]! }
        : null,
    ts: timeOf(batch, row),
    row: rowToJson(batch.columns, type.schema, row),
  };
}

/** What a window grouped the row by; of other rows the key that their stream has. */
function keyOf({ columns, origin }: Batch, { schema, key }: StreamType, row: number): JsonRow | null {
  if (origin !== null) {
    return origin.keyFields.length === 0 ? null : rowToJson(origin.keyColumns, { fields: origin.keyFields }, row);
  }
  if (key === null || key.length === 0) return null;
  const indices = key.map((name) => fieldIndex(schema, name));
  return rowToJson(
    indices.map((index) => columns[index]!),
    { fields: indices.map((index) => schema.fields[index]!) },
    row,
  );
}

/** `source` is the id of the source whose entry brought the row, `clock` what its dialect judges rows by. */
export function dropRecord(
  node: string,
  source: string,
  drop: Drop,
  clock: 'watermark' | 'streamTime' = 'watermark',
): DropRecord {
  const { batch, row, type, watermark, windows, reason } = drop;
  return {
    seq: batch.seq[row]!,
    node,
    source,
    row: rowToJson(batch.columns, type.schema, row),
    ts: timeOf(batch, row),
    [clock]: Number.isFinite(watermark) ? watermark : String(watermark),
    windows,
    reason,
  };
}

/** A dropped row as a result that never was, of the first window that it missed: to be compared as results are. */
export function droppedResult(node: string, drop: Drop): ResultRecord {
  const { seq, row, ts, windows } = dropRecord(node, '', drop);
  return { seq, phase: 0, node, port: 'out', op: '+I', key: null, window: windows[0] ?? null, pane: null, ts, row };
}

function timeOf(batch: Batch, row: number): number | null {
  const timeMs = batch.ts[row]!;
  return timeMs === timeMs ? timeMs : null;
}

/** A record as one line of JSON; infinities as text. */
export function recordLine(record: ResultRecord | DropRecord): string {
  return JSON.stringify(record, (_name, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
  );
}
