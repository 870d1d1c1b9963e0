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

/** Reads rows that lie in memory, or are made as they are asked for. */
export class MemorySource implements SourceReader {
  readonly schema: Schema;
  readonly rejects = new RejectList();
  private readonly chunks: Iterator<SourceChunk>;
  private rows = 0;

  constructor(schema: Schema, chunks: Iterable<SourceChunk>) {
    this.schema = schema;
    this.chunks = chunks[Symbol.iterator]();
  }

  next(): SourceChunk | null {
    const next = this.chunks.next();
    if (next.done === true) return null;
    this.rows += next.value.length;
    return next.value;
  }

  progress(): SourceProgress {
    const { rows } = this;
    return { unit: 'rows', done: rows, total: null, rows, rejected: 0, blank: 0 };
  }

  problems(): readonly [] {
    return [];
  }
}
