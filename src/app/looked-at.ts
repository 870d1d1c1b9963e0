import type { Clocks, RunState, RunStatus } from './run-state.ts';

/** Where that stands whose charts, counts and rows the screen shows: the run, or the consumer that is looked through. */
export interface LookedAt {
  /** Entries of the log. */
  readonly seq: number;
  readonly status: RunStatus;
  readonly clocks: Clocks;
}

export function lookedAt({ through, position, status, clocks }: RunState): LookedAt {
  return through ?? { seq: position.seq, status, clocks };
}
