import type { Batch, Origin } from '../../stream/batch.ts';
import type { Column } from '../../stream/column.ts';
import type { ColumnBuilder } from '../../stream/column-builder.ts';
import { columnBuilder } from '../../stream/column-builder.ts';
import type { RowKind } from '../../stream/row-kind.ts';
import { INSERT } from '../../stream/row-kind.ts';
import type { Field, Schema } from '../../stream/types.ts';
import { Floats } from './floats.ts';

/** Gathers result rows into batches. The caller fills `columns`, one value each, then calls `place`. */
export class ResultBuilder {
  readonly columns: readonly ColumnBuilder[];
  length = 0;
  private readonly seq = new Floats();
  private readonly ts = new Floats();
  private phases: number[] = [];
  private anyPhase = 0;
  private kinds: number[] = [];
  private anyKind = 0;

  constructor(schema: Schema) {
    this.columns = schema.fields.map((field) => columnBuilder(field.type));
  }

  place(seq: number, phase: 0 | 1, ts: number, kind: RowKind = INSERT): void {
    this.seq.push(seq);
    this.ts.push(ts);
    this.phases.push(phase);
    this.anyPhase |= phase;
    this.kinds.push(kind);
    this.anyKind |= kind;
    this.length++;
  }

  /** The rows so far as a frozen batch; null when there are none. */
  take(origin: Origin | null): Batch | null {
    if (this.length === 0) return null;
    const batch: Batch = {
      length: this.length,
      selection: null,
      columns: this.columns.map((builder) => builder.finish()),
      seq: this.seq.take(),
      phase: this.anyPhase === 0 ? null : Uint8Array.from(this.phases),
      ts: this.ts.take(),
      kinds: this.anyKind === 0 ? null : Uint8Array.from(this.kinds),
      origin,
    };
    this.phases = [];
    this.anyPhase = 0;
    this.kinds = [];
    this.anyKind = 0;
    this.length = 0;
    return batch;
  }
}

/** Gathers the window, pane and key of result rows, in step with a `ResultBuilder`. */
export class OriginBuilder {
  private readonly start = new Floats();
  private readonly end = new Floats();
  private timing: number[] = [];
  private paneIndex: number[] = [];
  private last: number[] = [];
  private readonly keyFields: readonly Field[];

  constructor(keyFields: readonly Field[]) {
    this.keyFields = keyFields;
  }

  push(startMs: number, endMs: number, timing: number, paneIndex: number): void {
    this.start.push(startMs);
    this.end.push(endMs);
    this.timing.push(timing);
    this.paneIndex.push(paneIndex);
  }

  /** Says of the result that was pushed last that no pane of its window follows. */
  markLast(): void {
    this.last.push(this.timing.length - 1);
  }

  /** `keyColumns` hold the keys of the same rows. */
  take(keyColumns: readonly Column[]): Origin {
    const last = new Uint8Array(this.last.length === 0 ? 0 : this.timing.length);
    for (const result of this.last) last[result] = 1;
    const origin: Origin = {
      windowStartMs: this.start.take(),
      windowEndMs: this.end.take(),
      timing: Uint8Array.from(this.timing),
      paneIndex: Int32Array.from(this.paneIndex),
      ...(this.last.length === 0 ? {} : { last }),
      keyFields: this.keyFields,
      keyColumns,
    };
    this.timing = [];
    this.paneIndex = [];
    this.last = [];
    return origin;
  }
}

/** Where some physical rows came from, one after the other. */
export function gatheredOrigin(origin: Origin, rows: readonly number[]): Origin {
  const { windowStartMs, windowEndMs, timing, paneIndex, last, keyFields, keyColumns } = origin;
  return {
    windowStartMs: Float64Array.from(rows, (row) => windowStartMs[row]!),
    windowEndMs: Float64Array.from(rows, (row) => windowEndMs[row]!),
    timing: Uint8Array.from(rows, (row) => timing[row]!),
    paneIndex: Int32Array.from(rows, (row) => paneIndex[row]!),
    ...(last === undefined ? {} : { last: Uint8Array.from(rows, (row) => last[row]!) }),
    keyFields,
    keyColumns: keyColumns.map((column, i) => {
      const builder = columnBuilder(keyFields[i]!.type);
      for (const row of rows) builder.appendFrom(column, row);
      return builder.finish();
    }),
  };
}
