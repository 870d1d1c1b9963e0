import type { Batch } from '../../stream/batch.ts';
import { sliceBatch } from '../../stream/batch.ts';
import { assert, defined } from '../../stream/assert.ts';
import type { LogSlice } from '../../stream/log-slice.ts';
import type { Problem } from '../../stream/problem.ts';
import type { Rejects } from '../rejects.ts';
import { RejectList } from '../rejects.ts';
import type { SourceProgress } from '../source-reader.ts';
import type { AppendedEntry, Log, ManualEntry } from './log.ts';
import { insertManual } from './log.ts';
import { singleEntry } from './slice-builder.ts';

/** A whole log in columns. `rows[s]` holds all rows of source s, their `seq` the entry's index. */
export interface LogColumns {
  readonly length: number;
  readonly kinds: Uint8Array;
  readonly at: Float64Array;
  readonly source: Int16Array;
  readonly partition: Int32Array | null;
  readonly payload: Float64Array;
  readonly rows: readonly Batch[];
}

/** A log that was written down entry by entry: nothing is merged, no clock is added. May be read once per instance. */
export class EntryLog implements Log {
  nextSeq = 0;
  readonly appended: AppendedEntry[];
  private readonly columns: LogColumns;
  private readonly noRejects = new RejectList();
  /** Rows of each source that were handed out. */
  private readonly rowsGiven: number[];
  private next = 0;
  private appendedNext = 0;

  constructor(columns: LogColumns, appended: readonly AppendedEntry[] = []) {
    this.columns = columns;
    this.appended = [...appended];
    this.rowsGiven = columns.rows.map(() => 0);
  }

  nextSlice(maxEntries: number): LogSlice | null {
    assert(maxEntries >= 1, 'a slice of at least one entry');
    const { columns } = this;
    const manual = this.appended[this.appendedNext];
    if (manual !== undefined && manual.seq === this.nextSeq) {
      this.appendedNext++;
      const atMs = columns.at[Math.max(0, this.next - 1)] ?? 0;
      const slice = singleEntry(manual, this.nextSeq, atMs, columns.rows.length);
      this.nextSeq++;
      return slice;
    }
    const room = manual === undefined ? maxEntries : Math.min(maxEntries, manual.seq - this.nextSeq);
    const from = this.next;
    const to = Math.min(columns.length, from + room);
    if (from === to) return null;
    const rows = columns.rows.map((_, s) => this.takeRows(s, to, this.nextSeq - from));
    const slice: LogSlice = {
      firstSeq: this.nextSeq,
      length: to - from,
      kinds: columns.kinds.subarray(from, to),
      at: columns.at.subarray(from, to),
      source: columns.source.subarray(from, to),
      partition: columns.partition === null ? null : columns.partition.subarray(from, to),
      payload: columns.payload.subarray(from, to),
      rows,
    };
    this.next = to;
    this.nextSeq += to - from;
    return slice;
  }

  /** Rows of source `s` up to entry `to`; `shift` is by how much what was put in by hand moved the numbers. */
  private takeRows(s: number, to: number, shift: number): Batch | null {
    const batch = defined(this.columns.rows[s], 'source');
    const first = this.rowsGiven[s] ?? 0;
    let end = first;
    while (end < batch.length && (batch.seq[end] ?? Infinity) < to) end++;
    if (end === first) return null;
    this.rowsGiven[s] = end;
    const slice = sliceBatch(batch, first, end);
    return shift === 0 ? slice : { ...slice, seq: slice.seq.map((seq) => seq + shift) };
  }

  appendEntry(entry: ManualEntry): number {
    return insertManual(this.appended, this.appendedNext, this.nextSeq, entry);
  }

  progress(source: number): SourceProgress {
    const total = defined(this.columns.rows[source], 'source').length;
    const rows = this.rowsGiven[source] ?? 0;
    return { unit: 'rows', done: rows, total, rows, rejected: 0, blank: 0 };
  }

  rejects(_source: number): Rejects {
    return this.noRejects;
  }

  problems(_source: number): readonly Problem[] {
    return [];
  }
}
