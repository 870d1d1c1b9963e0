import type { Limits } from '../engine/limits.ts';
import type { RunEdits } from './edits/run-edits.ts';
import type { RealClock } from './pacing.ts';
import type { RunPoints } from './travel/run-points.ts';

export interface RunOptions {
  readonly clock: RealClock;
  readonly limits?: Limits;
  /** Bytes that may be kept to go back by. */
  readonly pointBytes?: number;
  /** Those of another run over the same log that this one adds to. */
  readonly points?: RunPoints;
  /** What the run begins with, and the edits that its log names; none when left out. */
  readonly edits?: RunEdits;
  /** How many entries of the log are written by now: the run waits there. No bound when left out. */
  readonly writtenTo?: () => number;
}
