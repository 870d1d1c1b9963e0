import { defined } from '../../stream/assert.ts';
import type { Batch } from '../../stream/batch.ts';
import type { ColumnBuilder } from '../../stream/column-builder.ts';
import { columnBuilder } from '../../stream/column-builder.ts';
import type { Changes } from '../../stream/row-kind.ts';
import { INSERT } from '../../stream/row-kind.ts';
import type { DurationMs, EventTimeMs, ProcessingTimeMs } from '../../stream/time.ts';
import type { Schema } from '../../stream/types.ts';
import type { Value } from '../../stream/value.ts';
import type { JsonTree } from '../json/json-tree.ts';
import { jsonToValue } from '../json/json-value.ts';
import { partitionOf } from '../partitions.ts';
import type { WrittenTime } from './written-time.ts';
import { WrittenTimeReader } from './written-time.ts';

/** What a written log needs to know of a source. `timeColumn` gives a row its event time when the entry has no `ts`. */
export interface EntrySource {
  readonly id: string;
  readonly schema: Schema;
  readonly timeColumn: string | null;
  /** Whether rows may take back others; any may when nothing is said. */
  readonly changes?: Changes;
  /** How the time column's values are an event time; they are milliseconds when nothing is said. */
  readonly time?: WrittenTime;
  /** How each TIMESTAMP column is written, null for other types; all are milliseconds when nothing is said. */
  readonly columnTimes?: readonly (WrittenTime | null)[];
  /** Whether rows get their processing time as event time. */
  readonly timeIsArrival?: boolean;
  /** Which column says a row's partition when the entry does not, and how many partitions there are. */
  readonly partition?: { readonly column: number; readonly count: number };
  /** An event time that is further ahead than this does not say how late it is; 0 when nothing is said. */
  readonly maxAheadMs?: DurationMs;
}

/** The rows of one source while a log is read. */
export class RowStore {
  readonly source: EntrySource;
  private readonly builders: readonly ColumnBuilder[];
  readonly timeIndex: number;
  /** Reads the event time out of the entry, null where the column's own value is it. */
  readonly timeReader: WrittenTimeReader | null;
  private readonly columnReaders: readonly (WrittenTimeReader | null)[];
  private readonly seq: number[] = [];
  private readonly ts: number[] = [];
  private readonly kinds: number[] = [];
  ended = false;

  constructor(source: EntrySource) {
    this.source = source;
    this.builders = source.schema.fields.map((field) => columnBuilder(field.type));
    this.timeIndex = source.schema.fields.findIndex((field) => field.name === source.timeColumn);
    this.timeReader = source.time === undefined ? null : new WrittenTimeReader(source.time);
    this.columnReaders = source.schema.fields.map((_, i) => {
      const written = source.columnTimes?.[i] ?? null;
      return written === null ? null : new WrittenTimeReader(written);
    });
  }

  /** The partition of a row whose entry does not say it. */
  partition(values: readonly Value[]): number {
    const { partition } = this.source;
    return partition === undefined ? 0 : partitionOf(values[partition.column] ?? null, partition.count);
  }

  /** When a row is processed whose entry does not say it: at the latest event time so far. */
  arrivalMs(ts: EventTimeMs, nowMs: ProcessingTimeMs): ProcessingTimeMs {
    const { maxAheadMs = 0 } = this.source;
    const isEarly = maxAheadMs > 0 && nowMs > -Infinity && ts - nowMs > maxAheadMs;
    return Number.isNaN(ts) || isEarly ? nowMs : Math.max(nowMs, ts);
  }

  add(seq: number, row: { readonly ts: EventTimeMs; readonly kind: number; readonly values: readonly Value[] }): void {
    this.seq.push(seq);
    this.ts.push(row.ts);
    this.kinds.push(row.kind);
    row.values.forEach((value, i) => defined(this.builders[i], 'builder').append(value));
  }

  finish(): Batch {
    return {
      length: this.seq.length,
      selection: null,
      columns: this.builders.map((builder) => builder.finish()),
      seq: Float64Array.from(this.seq),
      phase: null,
      ts: Float64Array.from(this.ts),
      kinds: this.kinds.some((kind) => kind !== INSERT) ? Uint8Array.from(this.kinds) : null,
      origin: null,
    };
  }

  /** A member of an entry's row as a value of column `i`. Throws a `ValueError` when it is none. */
  value(i: number, json: JsonTree): Value {
    const reader = this.columnReaders[i] ?? null;
    return reader === null
      ? jsonToValue(json, defined(this.source.schema.fields[i], 'column').type)
      : reader.read(json);
  }
}
