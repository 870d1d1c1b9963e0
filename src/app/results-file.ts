import { displayName } from './document-catalog.ts';
import { useDocumentStore } from './document-store.ts';
import { fileStem } from './file-stem.ts';
import type { ResultsFormat, RunState } from './run-state.ts';

/** A node whose results can be saved: it has some, or will have. */
export interface ResultsNode {
  readonly id: string;
  readonly name: string;
  /** Results so far. */
  readonly results: number;
}

/** Every node that has results, sinks first: what arrives at a sink, what others hand on. */
export function nodesWithResults(stats: RunState['nodes']): readonly ResultsNode[] {
  const { nodes } = useDocumentStore.getState().document;
  const all = nodes.flatMap((node) => {
    const own = stats[node.id];
    if (own === undefined) return [];
    const isSink = node.type === 'sink';
    const results = isSink ? own.in : (own.emitted.out ?? 0);
    return [{ id: node.id, name: displayName(node), results, isSink }];
  });
  return [...all.filter(({ isSink }) => isSink), ...all.filter(({ isSink }) => !isSink)];
}

export interface SavedResults {
  readonly nodeId: string;
  readonly format: ResultsFormat;
  /** Entries of the log up to where they were read. */
  readonly entries: number;
  /** Name of the consumer whose results they are; null: the run's. */
  readonly reader: string | null;
}

/** Says of what it holds the results, up to where, and whose: a consumer may have begun anywhere. */
export function resultsFileName({ nodeId, format, entries, reader }: SavedResults): string {
  const { name } = useDocumentStore.getState().document;
  const read = `by-${fileStem(reader ?? '', 'consumer')}.up-to-entry-${String(entries)}`;
  const extent = reader === null ? `first-${String(entries)}-entries` : read;
  return `${fileStem(name)}.${fileStem(nodeId)}.${extent}.${format}`;
}
