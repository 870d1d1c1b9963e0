import type { Plan } from '../../pipeline/plan.ts';
import type { LogSlice } from '../../stream/log-slice.ts';
import type { KernelRegistry } from '../node.ts';
import type { Probe } from '../probe.ts';
import type { PlanEra } from './plan-eras.ts';

/** A listener that also hears of the slices themselves, before and after the engine takes them. */
export interface SliceProbe extends Probe {
  /** From here on nodes are numbered as in `plan`; called before the first slice, too. */
  era?(plan: Plan): void;
  /** A slice before the first one that is taken: read, for who asks for it, but not run. */
  passed?(slice: LogSlice): void;
  begin?(slice: LogSlice): void;
  end?(slice: LogSlice): void;
}

export interface ReplayRequest {
  /** In order; the first begins with entry 0. */
  readonly eras: readonly PlanEra[];
  readonly probe: SliceProbe;
  /** Entries to take, from the first on. */
  readonly entries: number;
  /**
   * What happened before this entry need not be heard of: where the run kept how it stood there or before, the replay may
   * begin with that, and with the first entry behind it. Only with the plans of the run, or parts of them.
   */
  readonly heardFrom?: number;
  readonly registry?: ((plan: Plan) => KernelRegistry) | undefined;
  /** A second run over the same slices, each right behind the first one's, before that hears of the slice's end. */
  readonly beside?: Pick<ReplayRequest, 'probe' | 'registry'>;
}

/**
 * Runs plans over the log of a run once more; says with which entry it began, 0 where it was the first. Rejects when nobody
 * wants the answer any more.
 */
export type Replaying = (request: ReplayRequest) => Promise<number>;

/** A setting of a node: in the document at `path`, in what it is bound to by the same names without the first one. */
export interface Figure {
  readonly nodeId: string;
  readonly path: readonly string[];
  readonly nowMs: number;
}

/**
 * The eras of the run, had the figure been another wherever it was `nowMs`, all else being edited as it was; null where the
 * graph would not run so.
 */
export type Replan = (figure: Figure, value: number) => readonly PlanEra[] | null;

/** Everything that an explanation of a run is computed from. */
export interface ExplainedRun {
  /** The stretches of the run between its edits, in order; a run that was never edited has one. */
  readonly eras: readonly PlanEra[];
  /** Entries that the run has taken. */
  readonly entries: number;
  readonly replay: Replaying;
  readonly replan: Replan;
}
