import type { Dialect } from '../operators/dialects/dialect.ts';
import type { StreamType } from '../stream/batch.ts';
import type { InputPortName, OutputPortName, TimeDomain } from '../stream/node-definition.ts';
import type { NodeKind, RunEnd } from './document.ts';

/**
 * A document that was found valid, with everything resolved that can be before the first event: columns, expressions,
 * stream types, the order of nodes, the dialect's rules. Immutable. The engine turns it into a running dataflow.
 */
export interface Plan {
  readonly dialect: Dialect;
  readonly timeDomain: TimeDomain;
  readonly seed: number;
  readonly end: RunEnd;
  /** In topological order; ties in the document's order of nodes. Edges lead from lower to higher indices. */
  readonly nodes: readonly PlannedNode[];
  /** Indices into `nodes` of the sources, in the document's order: the log numbers sources by it. */
  readonly sources: readonly number[];
}

export interface PlannedNode {
  readonly id: string;
  readonly kind: NodeKind;
  readonly label: string;
  /** What the definition's `bind` resolved; its type belongs to the kind. */
  readonly bound: unknown;
  readonly inputs: readonly PlannedInput[];
  readonly outputs: Readonly<Partial<Record<OutputPortName, StreamType>>>;
  /** Output ports that an edge leaves from. */
  readonly connected: ReadonlySet<OutputPortName>;
}

/** One edge as its target sees it, in the order of the definition's ports and then of the document's edges. */
export interface PlannedInput {
  readonly port: InputPortName;
  readonly type: StreamType;
  /** Index into `Plan.nodes`. */
  readonly fromNode: number;
  readonly fromPort: OutputPortName;
}
