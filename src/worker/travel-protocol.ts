import type { EventTimeMs, ProcessingTimeMs } from '../stream/time.ts';

/**
 * Where a run is to stand: where so many entries of its log were taken; where all that came up to a processing time were;
 * right after the first row whose event time is at least `tsMs`. Beyond the end it is the end.
 */
export type SeekTarget =
  | { readonly by: 'seq'; readonly seq: number }
  | { readonly by: 'processing-time'; readonly atMs: ProcessingTimeMs }
  | { readonly by: 'event-time'; readonly tsMs: EventTimeMs };

export interface SeekRequest {
  readonly to: SeekTarget;
  /** Whether the run goes on from there; otherwise it stands. */
  readonly plays: boolean;
}

export type SeekReport =
  | { readonly kind: 'there'; readonly seq: number }
  /** Another seek, or another command that moves the run, came before it was there. */
  | { readonly kind: 'given-up' };

/** Part of `EngineControl`. */
export interface TravelControl {
  /** Goes anywhere in the run, back and forth; reads on where nothing was read yet. The newest seek is the one that counts. */
  seek(request: SeekRequest): Promise<SeekReport>;
}
