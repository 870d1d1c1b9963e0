import type { TimeDomain } from '../../stream/node-definition.ts';
import type { DurationMs } from '../../stream/time.ts';
import type { BoundMatch } from '../shared/joins/bind-join.ts';
import type { CarriedWindows } from '../shared/windows/carried-windows.ts';
import type { WindowJoinConfig } from './config.ts';

export interface WindowJoinBound extends BoundMatch {
  readonly kind: WindowJoinConfig['kind'];
  /** Whether NULL in a key might be any value; of anti joins alone. */
  readonly nullAware: boolean;
  readonly window: WindowJoinConfig['window'];
  /** Left and right; null for windows that the join names itself. */
  readonly inherited: readonly [CarriedWindows, CarriedWindows] | null;
  /** Figures that the window does not use are 0. */
  readonly sizeMs: DurationMs;
  readonly advanceMs: DurationMs;
  readonly gapMs: DurationMs;
  readonly offsetMs: DurationMs;
  readonly latenessMs: DurationMs;
  readonly timeDomain: TimeDomain;
  /** How long the clock must go on after a row, ms; null where no clock is needed. */
  readonly clockHorizonMs: DurationMs | null;
}
