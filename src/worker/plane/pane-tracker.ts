import type { Moment, PaneFiring } from './pane-stretches.ts';
import type { RoundClock } from './round-clock.ts';

/** A row that the node took. */
export interface TakenRow extends Moment {
  /** What its windows are found by. */
  readonly timeMs: number;
  readonly key: number;
  /** What judged it. */
  readonly judgedMs: number;
  /** Bounds that the row came with; NaN for none. */
  readonly startMs: number;
  readonly endMs: number;
}

/** Follows the windows of a node from the rows that it took and the results that it gave, in order of position. */
export interface PaneTracker {
  row(row: TakenRow): void;
  fired(firing: PaneFiring, clock: RoundClock): void;
  /** After all of a round: what its clock let go of. */
  advance(clock: RoundClock): void;
}
