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

/** Says of what it holds the results, and up to where. */
export function resultsFileName(nodeId: string, entries: number, format: ResultsFormat): string {
  const { name } = useDocumentStore.getState().document;
  return `${fileStem(name)}.${fileStem(nodeId)}.first-${String(entries)}-entries.${format}`;
}
