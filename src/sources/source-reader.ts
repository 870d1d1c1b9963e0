import type { Column } from '../stream/column.ts';
import type { Problem } from '../stream/problem.ts';
import type { Schema } from '../stream/types.ts';
import type { Rejects } from './rejects.ts';

/**
 * Rows of one source, frozen once handed out. `ts` is the event time of each row in ms, NaN only where the source has
 * none; `at` its processing time in ms, which never goes back within a source. `kinds` is null when all rows are +I,
 * `partition` when the source has a single partition.
 */
export interface SourceChunk {
  readonly length: number;
  readonly columns: readonly Column[];
  readonly ts: Float64Array;
  readonly at: Float64Array;
  readonly kinds: Uint8Array | null;
  readonly partition: Int32Array | null;
}

/** How far a source was read. `total` is null where nobody knows it. Bytes are those of the file, compressed or not. */
export interface SourceProgress {
  readonly unit: 'bytes' | 'rows';
  readonly done: number;
  readonly total: number | null;
  /** Rows made so far, also those that still wait for their turn. */
  readonly rows: number;
  readonly rejected: number;
  /** Lines that hold no record: empty ones, and action lines of an Elasticsearch bulk file. */
  readonly blank: number;
}

/**
 * Gives the rows of one source in order of processing time, once.
 *
 * `next` answers at once when the rows are at hand, null at the end, and is not called again before its promise was
 * kept. Records that became no row are in `rejects`. What is wrong with the source as a whole is in `problems`, complete
 * once `next` gave null: an error means that the rows handed out are not the whole source.
 */
export interface SourceReader {
  readonly schema: Schema;
  readonly rejects: Rejects;
  next(): SourceChunk | null | Promise<SourceChunk | null>;
  progress(): SourceProgress;
  problems(): readonly Problem[];
}
