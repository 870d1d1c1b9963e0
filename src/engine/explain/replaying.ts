import type { Plan } from '../../pipeline/plan.ts';
import type { LogSlice } from '../../stream/log-slice.ts';
import type { KernelRegistry } from '../node.ts';
import type { Probe } from '../probe.ts';

/** A listener that also hears of the slices themselves, before and after the engine takes them. */
export interface SliceProbe extends Probe {
  begin?(slice: LogSlice): void;
  end?(slice: LogSlice): void;
}

export interface ReplayRequest {
  readonly plan: Plan;
  readonly probe: SliceProbe;
  /** Entries to take, from the first on. */
  readonly entries: number;
  readonly registry?: KernelRegistry;
}

/** Runs a plan over the log of a run once more, from its first entry. Rejects when nobody wants the answer any more. */
export type Replaying = (request: ReplayRequest) => Promise<void>;

/** The plan after one figure of a node was changed; null where the graph would not run so. */
export type Replan = (nodeId: string, path: readonly string[], value: number) => Plan | null;

/** Everything that an explanation of a run is computed from. */
export interface ExplainedRun {
  readonly plan: Plan;
  /** Entries that the run has taken. */
  readonly entries: number;
  readonly replay: Replaying;
  readonly replan: Replan;
}
