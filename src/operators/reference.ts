import type { StreamType } from '../stream/batch.ts';
import type { DialectName, OutputPortName } from '../stream/node-definition.ts';
import type { RowKindName } from '../stream/row-kind.ts';
import type { EventTimeMs, ProcessingTimeMs, WatermarkMs } from '../stream/time.ts';
import type { Value } from '../stream/value.ts';
import type { Fates } from './operator.ts';

/**
 * The slow and obvious way to say what an operator does: one row at a time, plain values, the rules of each engine written
 * out in plain words instead of asked from the dialect's record. Kernels are compared with it on random logs.
 */
export interface Reference {
  /** A row arrives at input `input` while the operator's merged watermark stands at `watermark`. */
  row(input: number, row: ReferenceRow, watermark: WatermarkMs): readonly ReferenceResult[];
  /** The merged watermark moves to `watermark` with entry `seq`, which is processed at `now`. */
  watermark(watermark: WatermarkMs, seq: number, now: ProcessingTimeMs): readonly ReferenceResult[];
  /** The processing clock comes to `now` with entry `seq`: what is due by then happens. Not asked of those without timers. */
  clock?(now: ProcessingTimeMs, seq: number): readonly ReferenceResult[];
  /** What its outputs show after an entry, given what its inputs show, together and each; together where absent. */
  shows?(merged: ReferenceProgress, inputs: readonly ReferenceProgress[]): ReferenceProgress;
  /** The fate of every row so far. */
  fates(): Fates;
}

/** The watermark of an edge, and whether it is idle. */
export interface ReferenceProgress {
  readonly watermark: WatermarkMs;
  readonly idle: boolean;
}

/** One row. DECIMAL values are their digits as strings, as `cell` reads them. */
export interface ReferenceRow {
  readonly seq: number;
  readonly phase: 0 | 1;
  readonly ts: EventTimeMs;
  readonly values: readonly Value[];
  /** Absent for +I. */
  readonly op?: RowKindName;
  /** When the row is processed. */
  readonly at: ProcessingTimeMs;
}

export interface ReferenceResult extends Omit<ReferenceRow, 'at'> {
  readonly port: OutputPortName;
  /** Null for rows that no window with bounds made. */
  readonly window: readonly [EventTimeMs, EventTimeMs] | null;
  readonly pane: readonly [timing: number, index: number] | null;
}

export interface ReferenceRequest<Bound> {
  readonly bound: Bound;
  readonly dialect: DialectName;
  readonly inputs: readonly StreamType[];
}

export type ReferenceFactory<Bound> = (request: ReferenceRequest<Bound>) => Reference;

/** A row handed on as it is, or with other values. */
export function passed(row: ReferenceRow, port: OutputPortName, values: readonly Value[]): ReferenceResult {
  return { ...row, port, values, window: null, pane: null };
}

export function noFates(): Fates {
  return { used: 0, held: 0, late: 0, filtered: 0, unmatched: 0, rejected: 0, lateWindows: 0 };
}
