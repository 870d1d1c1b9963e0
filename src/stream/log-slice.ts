import type { Batch } from './batch.ts';

/** What an entry of the log is. The numbers are the values of a slice's `kinds` column. */
export const ENTRY_ROW = 0;
export const ENTRY_WATERMARK = 1;
export const ENTRY_STATUS = 2;
export const ENTRY_CLOCK = 3;
export const ENTRY_END = 4;
export const ENTRY_CONTROL = 5;
/** An entry that a reader leaves out because it begins further on. Such entries stand in slices of their own. */
export const ENTRY_SKIPPED = 6;

/** Grid of clock entries, ms of processing time. */
export const TICK_MS = 200;

/** Controls, as the payload of an `ENTRY_CONTROL`. */
export const CONTROL_CHECKPOINT = 0;
export const CONTROL_CRASH_RESTORE = 1;
/** The document is another one from here on: the first edit of the run, the next number the second. */
export const CONTROL_EDIT = 2;

/**
 * A stretch of the log: all sources in one sequence, in arrival order. Entry i has the number `firstSeq + i`.
 *
 * `at[i]` is the entry's processing time in ms and never goes back. `source[i]` is the index of the source in the plan,
 * -1 for clock and control entries. `payload[i]` is the time of a watermark or of the
 * clock, 1 (idle) or 0 (active) of a status, the kind of a control. `partition` is null while every source has one.
 *
 * `rows[s]` holds the slice's rows of source s, in order, null when there are none; each row's `seq` names its entry.
 */
export interface LogSlice {
  readonly firstSeq: number;
  readonly length: number;
  readonly kinds: Uint8Array;
  readonly at: Float64Array;
  readonly source: Int16Array;
  readonly partition: Int32Array | null;
  readonly payload: Float64Array;
  /** Said where every entry is known to be a row. */
  readonly onlyRows?: boolean;
  readonly rows: readonly (Batch | null)[];
}

/** Whether a reader leaves this slice out: it only has a number and a time. */
export function isSkipped({ kinds, onlyRows }: LogSlice): boolean {
  return onlyRows !== true && kinds[0] === ENTRY_SKIPPED;
}
