import type { Probe } from '../../engine/probe.ts';
import type { Plan } from '../../pipeline/plan.ts';
import type { LogSlice } from '../../stream/log-slice.ts';

/** A probe that is told where rounds begin and end: it looks at what it hears once the round is over. */
export interface RoundListener extends Probe {
  /** The plan that it hears of: of another one it is told nothing. */
  readonly plan: Plan;
  /** Before the engine takes the slice. */
  begin(slice: LogSlice): void;
  /** After it took it. */
  end(): void;
  /** The log goes on in another way from entry `seq` on than it did. */
  logChanged?(seq: number): void;
}
