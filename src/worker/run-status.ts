import type { Problem } from '../stream/problem.ts';

/**
 * How fast the log is taken: as fast as the machine can; the clock of processing time at `factor` times real time; a
 * number of rows a second of real time. None of them changes any result.
 */
export type Speed =
  | { readonly kind: 'max' }
  | { readonly kind: 'clock'; readonly factor: number }
  | { readonly kind: 'events'; readonly perSec: number };

export type RunStatus =
  | { readonly kind: 'idle' }
  /** `progress` is 0..1, null while nobody knows how much there is. */
  | { readonly kind: 'loading'; readonly progress: number | null }
  | { readonly kind: 'paused' }
  | { readonly kind: 'running' }
  /** `problems` are warnings about the sources that show only once they were read to their end. */
  | { readonly kind: 'ended'; readonly problems: readonly Problem[] }
  | { readonly kind: 'failed'; readonly failure: RunFailure };

/** Why a run cannot go on. Figures stay those of the last frame before it. */
export interface RunFailure {
  readonly code: string;
  /** The node at work, null when it was none. */
  readonly nodeId: string | null;
  readonly message: string;
  readonly fix: string;
}
