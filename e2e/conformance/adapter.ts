import type { JsonObject } from './case.ts';
import type { Graph } from './graph.ts';
import type { Recorded } from './run-graph.ts';

/** What came of a case, in the words of its format. */
export interface Actual {
  readonly outputs: readonly JsonObject[];
  /** What the engine's own drop counter would show; null where the case has no such counter. */
  readonly dropped: number | null;
}

/** A case that is a graph: translated to a document and a log, and back from what they gave. */
export interface GraphCase {
  readonly graph: Graph;
  read(recorded: Recorded): Actual;
}

/** A case that asks one function and no graph. */
export interface FunctionCase {
  readonly graph: null;
  call(): Actual;
}

export type Translated = GraphCase | FunctionCase;
