import type { Drop, Firing, Rejection, Round } from '../operators/operator.ts';
import type { Batch } from '../stream/batch.ts';
import type { Curve } from '../stream/curve.ts';
import type { OutputPortName } from '../stream/node-definition.ts';
import type { WatermarkMs } from '../stream/time.ts';

export interface PartitionMove {
  readonly seq: number;
  readonly partition: number;
  readonly watermark: WatermarkMs;
  readonly idle: boolean;
}

/**
 * Listens to a run without taking part in it. Nodes are indices into `Plan.nodes`. Batches and curves are frozen and may
 * be kept; a kept batch keeps all its columns. Every method is optional; without `firing` kernels do not trace.
 */
export interface Probe {
  /**
   * For how many runs of the engine more than its own it keeps a batch or a curve: none where it looks at them at once. Arrays
   * then serve again, which is faster. For ever where it does not say.
   */
  readonly keepsRounds?: number;
  /**
   * Says that it does not mind how the rows of several sinks follow each other: each sink's own come in order. Where they
   * do matter, rows of different sinks come in one order by position, often one by one.
   */
  readonly sinksApart?: boolean;
  /** A round begins. */
  round?(round: Round): void;
  /** The watermark of a node's outputs over the round, also of nodes that emitted nothing. */
  curve?(node: number, curve: Curve): void;
  /** The merged watermark of an operator's inputs over the round: what it judges rows by. */
  clock?(node: number, curve: Curve): void;
  /** The watermark of one partition of a source moved, or its status changed, with entry `seq`; of sources that have several. */
  partition?(node: number, move: PartitionMove): void;
  /** A node handed on rows, in order of position within a port. */
  output?(node: number, port: OutputPortName, batch: Batch): void;
  /** Rows arrived at a sink whose epoch was committed, in order. */
  committed?(node: number, batch: Batch): void;
  /** A row was dropped. */
  drop?(node: number, drop: Drop): void;
  /** An operator could not use a row: an expression failed for it. */
  rejected?(node: number, rejection: Rejection): void;
  /** A window fired. */
  firing?(node: number, firing: Firing): void;
}

/** For how many runs more than its own a batch or a curve is kept. */
export function keptRounds(probe: Probe): number {
  const { keepsRounds = Infinity } = probe;
  const hearsOfNone =
    probe.curve === undefined &&
    probe.clock === undefined &&
    probe.output === undefined &&
    probe.committed === undefined &&
    probe.drop === undefined &&
    probe.rejected === undefined;
  return hearsOfNone ? 0 : keepsRounds;
}
