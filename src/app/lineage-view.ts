import { create } from 'zustand';
import type { Json } from '../stream/value.ts';
import type { PipelineDocument } from '../pipeline/document.ts';
import { edgesInto, nodeById } from './document-index.ts';
import type { LineagePath } from './lineage-path.ts';

/** The lineage that is told on the screen: tables mark its rows, the canvas its way. */
export interface ShownLineage extends LineagePath {
  /** Entries of the log that are in it. */
  readonly events: ReadonlySet<number>;
  /** Names of results that are in it, by `resultName`. */
  readonly results: ReadonlySet<string>;
}

interface LineageView {
  readonly shown: ShownLineage | null;
  readonly show: (shown: ShownLineage | null) => void;
}

export const useLineageView = create<LineageView>()((set) => ({
  shown: null,
  show: (shown) => set({ shown }),
}));

/**
 * The names that a result has at each node that shows it: where it was made, or came to, and at the sinks that are right
 * behind, or the nodes right before.
 */
export function resultNames(document: PipelineDocument, { node, seq, row }: NamedResult): readonly string[] {
  const isSink = (id: string): boolean => nodeById(document, id)?.type.startsWith('sink') === true;
  const before = isSink(node) ? edgesInto(document, node).map(({ from }) => from.node) : [];
  const behind = document.edges.filter(({ from, to }) => from.node === node && from.port === 'out' && isSink(to.node));
  const values = Object.values(row);
  return [node, ...before, ...behind.map(({ to }) => to.node)].map((id) => resultName(id, seq, values));
}

interface NamedResult {
  readonly node: string;
  readonly seq: number;
  readonly row: Readonly<Record<string, Json>>;
}

/** By its values, in the order of the columns: one entry may bring many results. */
export function resultName(nodeId: string, seq: number, values: readonly Json[]): string {
  return `${nodeId} ${String(seq)} ${JSON.stringify(values)}`;
}
