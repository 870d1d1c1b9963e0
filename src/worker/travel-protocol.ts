import type { Hit, Watch } from '../engine/hits/hit.ts';
import type { Problem } from '../stream/problem.ts';
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

export type { Hit, Watch } from '../engine/hits/hit.ts';

/** The next thing of its kind behind where the run stands, or the last one before it. */
export interface StepRequest {
  readonly kind: 'firing' | 'watermark';
  readonly direction: 'next' | 'previous';
  /** Null: of any node. */
  readonly nodeId: string | null;
}

/** Why a run stands that would have gone on: it is right behind the entry of the hit. */
export interface RunStop {
  readonly id: string;
  readonly hit: Hit;
}

/** A place where a run stops, by an id of the page. */
export interface Breakpoint {
  readonly id: string;
  readonly watch: Watch;
}

/** All that a run has come to, also where it went back since. Intervals without a row are left out. */
export interface Overview {
  /** Entries of the log. */
  readonly seq: number;
  /** Whether nothing comes behind them. */
  readonly isWhole: boolean;
  readonly fromMs: ProcessingTimeMs;
  readonly toMs: ProcessingTimeMs;
  readonly intervalMs: number;
  /** Where each interval begins. */
  readonly atMs: Float64Array;
  /** Number of the first entry in each. */
  readonly firstSeq: Float64Array;
  readonly rows: Float64Array;
  readonly drops: Float64Array;
}

/** Part of `EngineControl`. */
export interface TravelControl {
  /** Goes anywhere in the run, back and forth; reads on where nothing was read yet. The newest seek is the one that counts. */
  seek(request: SeekRequest): Promise<SeekReport>;
  /** How much of its way a seek under way has gone, 0..1; null while nobody knows, or none is. */
  seekProgress(): number | null;
  /** Goes right behind the next or the previous entry at which something happened; without one to the end, or the start. */
  stepTo(request: StepRequest): Promise<SeekReport>;
  /** Where a run stops from now on, also one that is opened later. Says by id what is wrong with those that cannot be. */
  setBreakpoints(breakpoints: readonly Breakpoint[]): Readonly<Record<string, readonly Problem[]>>;
  /** Null before the first entry. */
  overview(): Overview | null;
}
