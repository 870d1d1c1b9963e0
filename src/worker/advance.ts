import type { Hit } from '../engine/hits/hit.ts';
import type { Problem } from '../stream/problem.ts';

/** How far a run came. */
export type Advance =
  | { readonly kind: 'ended' }
  /** The run went over one of the engine's limits with the entry taken last; it stands after it, nothing was lost. */
  | { readonly kind: 'limit'; readonly problem: Problem }
  /** A watch found what it waited for; the run stands behind that entry, and has to go back to it. */
  | { readonly kind: 'hit'; readonly hit: Hit }
  /** Nothing is due for this long, in real time; 0 when there is more to take at once. */
  | { readonly kind: 'took'; readonly waitMs: number };

/** The run has taken all that is written of its log; how long to wait for more. */
export const UNWRITTEN: Advance = { kind: 'took', waitMs: 20 };
