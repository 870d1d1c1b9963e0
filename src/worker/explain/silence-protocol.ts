import type { EventTimeMs, ProcessingTimeMs, WatermarkMs, Window } from '../../stream/time.ts';

/** A source, or a partition of one, that keeps the watermark behind what is waited for. */
export interface Holder {
  readonly sourceId: string;
  /** Null where the source has but one. */
  readonly partition: number | null;
  readonly watermarkMs: WatermarkMs | null;
  /** Its last event; null where none came. */
  readonly last: { readonly seq: number; readonly tsMs: EventTimeMs; readonly atMs: ProcessingTimeMs } | null;
  /** The least event time that lets it through; null where a rule does not say. */
  readonly neededMs: EventTimeMs | null;
}

/** Why nothing comes out of a node, or nothing more. `nodeId` is where the rows stop. */
export type Silence =
  | { readonly kind: 'not-begun' }
  | { readonly kind: 'no-events'; readonly nodeId: string }
  | { readonly kind: 'no-input'; readonly nodeId: string }
  /** One side of a join has rows, the other has none; `because` says why not. */
  | { readonly kind: 'one-sided'; readonly nodeId: string; readonly because: Silence }
  /** All rows ended here, by fate. */
  | {
      readonly kind: 'used-up';
      readonly nodeId: string;
      readonly in: number;
      readonly fates: Readonly<Record<'filtered' | 'rejected' | 'late' | 'unmatched', number>>;
    }
  | {
      readonly kind: 'waits';
      readonly nodeId: string;
      readonly held: number;
      /** What comes first of what is kept. */
      readonly first: {
        readonly window: Window | null;
        readonly rows: number | null;
        readonly keys: number | null;
        readonly untilMs: number;
        readonly byClock: boolean;
      } | null;
      readonly watermarkMs: WatermarkMs | null;
      readonly atMs: ProcessingTimeMs | null;
      readonly holders: readonly Holder[];
      /** Whether a watermark sent by hand moves it: not where only rows do. */
      readonly heedsWatermarks: boolean;
    }
  | { readonly kind: 'flows'; readonly nodeId: string };

/** What a person may do about it; entries of the log at the run's position, which a replay repeats. */
export type Nudge =
  | {
      readonly kind: 'watermark';
      readonly sourceId: string;
      readonly partition: number;
      readonly watermarkMs: WatermarkMs;
    }
  | { readonly kind: 'idle'; readonly sourceId: string; readonly partition: number };
