import { RejectList } from '../../../src/sources/rejects.ts';
import type { SourceChunk, SourceProgress, SourceReader } from '../../../src/sources/source-reader.ts';
import type { Schema } from '../../../src/stream/types.ts';
import type { Workload } from '../workload.ts';

/** What a source of the bench's documents is configured with: a file whose rows happen to lie in memory already. */
export const sourceConfig = {
  format: 'csv',
  columns: [
    { name: 'key', type: 'INT' },
    { name: 'value', type: 'DOUBLE' },
    { name: 'ts', type: 'TIMESTAMP', unit: 'ms' },
  ],
  time: { column: 'ts', unit: 'ms' },
  watermark: { strategy: 'per-event', delayMs: 5000 },
} as const;

/** The columns of `sourceConfig`, in one chunk. */
export function chunkOf({ length, key, value, ts, arrival }: Omit<Workload, 'side'>): SourceChunk {
  const columns: SourceChunk['columns'] = [
    { kind: 'int', values: key, nulls: null },
    { kind: 'float', values: value, nulls: null },
    { kind: 'float', values: ts, nulls: null },
  ];
  return { length, columns, ts, at: arrival, kinds: null, partition: null };
}

/** The events of one side, as a source of their own. */
export function chunkOfSide(workload: Workload, side: number): SourceChunk {
  let length = 0;
  for (const other of workload.side) length += +(other === side);
  const picked = {
    length,
    key: new Int32Array(length),
    value: new Float64Array(length),
    ts: new Float64Array(length),
    arrival: new Float64Array(length),
  };
  let place = 0;
  for (let row = 0; row < workload.length; row++) {
    if (workload.side[row] !== side) continue;
    picked.key[place] = workload.key[row]!;
    picked.value[place] = workload.value[row]!;
    picked.ts[place] = workload.ts[row]!;
    picked.arrival[place++] = workload.arrival[row]!;
  }
  return chunkOf(picked);
}

/** Reads rows that lie in memory. */
export class MemorySource implements SourceReader {
  readonly schema: Schema;
  readonly rejects = new RejectList();
  private readonly chunk: SourceChunk;
  private isRead = false;

  constructor(schema: Schema, chunk: SourceChunk) {
    this.schema = schema;
    this.chunk = chunk;
  }

  next(): SourceChunk | null {
    if (this.isRead) return null;
    this.isRead = true;
    return this.chunk;
  }

  progress(): SourceProgress {
    const rows = this.isRead ? this.chunk.length : 0;
    return { unit: 'rows', done: rows, total: this.chunk.length, rows, rejected: 0, blank: 0 };
  }

  problems(): readonly [] {
    return [];
  }
}
