import type { StreamType } from '../../stream/batch.ts';
import type { DialectName, TimeDomain } from '../../stream/node-definition.ts';
import type { DurationMs } from '../../stream/time.ts';

/** One input of a join: what the user calls the node it comes from, and what flows there as far as it is known. */
export interface MatchSide {
  readonly name: string;
  readonly type: StreamType | null;
}

/** A join as it stands. `config` and `engine` are whole: defaults are filled in. */
export interface MatchRequest {
  readonly kind: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly engine: Readonly<Record<string, unknown>>;
  readonly dialect: DialectName;
  readonly timeDomain: TimeDomain;
  readonly left: MatchSide;
  readonly right: MatchSide;
}

/** What a join does, in words and as a drawing. */
export interface MatchWords {
  /** What matches first, then what becomes of the rest. */
  readonly sentences: readonly string[];
  readonly drawing: MatchDrawing | null;
}

/** Times are relative to the left row's, ms. */
export type MatchDrawing =
  /**
   * Right rows match in [fromMs, toMs]. `waitMs`: how long after the end of that a left row without partner is still kept;
   * null where none comes out.
   */
  | {
      readonly kind: 'span';
      readonly fromMs: DurationMs;
      readonly toMs: DurationMs;
      readonly waitMs: DurationMs | null;
    }
  /** Rows of both sides match within a window. Length null: the rows bring their windows along. */
  | { readonly kind: 'windows'; readonly lengthMs: DurationMs | null; readonly isSession: boolean }
  /** The left row meets the version that holds at its time, or the newest when it arrives. */
  | { readonly kind: 'versions'; readonly asOf: 'event-time' | 'arrival' }
  /** Both sides are kept; each change gives the changed result. Null: for ever. */
  | { readonly kind: 'kept'; readonly leftMs: DurationMs | null; readonly rightMs: DurationMs | null };
