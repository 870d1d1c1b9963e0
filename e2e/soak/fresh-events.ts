import type { TextColumn } from '../../src/stream/column.ts';
import { RejectList } from '../../src/sources/rejects.ts';
import type { SourceChunk, SourceProgress, SourceReader } from '../../src/sources/source-reader.ts';
import type { Schema } from '../../src/stream/types.ts';

/** Event time of the first event: a multiple of every window size. */
export const START_MS = Date.UTC(2026, 0, 1);
/** Most by which an event is behind its arrival. */
export const DISORDER_MS = 1000;
const CHUNK_ROWS = 4096;

/** What a source of fresh events is configured with: a file that never was. */
export const sourceConfig = {
  format: 'csv',
  columns: [
    { name: 'key', type: 'STRING' },
    { name: 'note', type: 'STRING' },
    { name: 'value', type: 'DOUBLE' },
    { name: 'ts', type: 'TIMESTAMP', unit: 'ms' },
  ],
  time: { column: 'ts', unit: 'ms' },
  watermark: { strategy: 'per-event', delayMs: DISORDER_MS },
} as const;

/**
 * Events whose key and text nobody has seen before, one a millisecond, up to `DISORDER_MS` out of order. The n-th events of
 * two sources have the same key, and times less than that apart.
 */
export class FreshEvents implements SourceReader {
  readonly schema: Schema;
  readonly rejects = new RejectList();
  private readonly events: number;
  private readonly side: string;
  private made = 0;

  constructor(schema: Schema, side: string, events: number) {
    this.schema = schema;
    this.side = side;
    this.events = events;
  }

  next(): SourceChunk | null {
    const length = Math.min(CHUNK_ROWS, this.events - this.made);
    if (length === 0) return null;
    const first = this.made;
    this.made += length;
    const ts = new Float64Array(length);
    const at = new Float64Array(length);
    const values = new Float64Array(length);
    for (let i = 0; i < length; i++) {
      const number = first + i;
      at[i] = START_MS + number;
      ts[i] = START_MS + Math.max(0, number - ((number * (this.side === 'left' ? 389 : 677)) % DISORDER_MS));
      values[i] = number % 1000;
    }
    const columns: SourceChunk['columns'] = [
      texts(length, (i) => `key-${(first + i).toString(36)}`),
      texts(length, (i) => `${this.side} number ${first + i} of many`),
      { kind: 'float', values, nulls: null },
      { kind: 'float', values: ts, nulls: null },
    ];
    return { length, columns, ts, at, kinds: null, partition: null };
  }

  progress(): SourceProgress {
    return { unit: 'rows', done: this.made, total: this.events, rows: this.made, rejected: 0, blank: 0 };
  }

  problems(): readonly [] {
    return [];
  }
}

/** A text of its own in every row. */
function texts(length: number, text: (row: number) => string): TextColumn {
  const dictionary = Array.from({ length }, (_, row) => text(row));
  return { kind: 'text', ids: Int32Array.from(dictionary.keys()), dictionary, nulls: null };
}
