import type { Column } from '../../stream/column.ts';
import type { RowKind } from '../../stream/row-kind.ts';

/**
 * Makes the events of one shape, one by one. `next` leaves the event's time in `timeMs` and its figures in `figures`, the
 * user first, or another key; `soonestMs` is a time that no later event comes before.
 */
export interface EventMaker {
  /** What the event's columns are made from; always as many. */
  readonly figures: Float64Array;
  timeMs: number;
  soonestMs: number;
  next(): void;
  /** Columns of events whose figures stand one after the other in `figures`, without time and payload. */
  columns(times: Float64Array, figures: Float64Array): Column[];
  /** Of a table: what the event that was just made does to its row. */
  readonly kind?: RowKind;
  /** Of a table: when that event arrives at the earliest, so that changes of one row arrive in the order of their making. */
  arrivesAt?(arrivalMs: number): number;
}
