import type { PipelineDocument } from '../pipeline/document.ts';
import { edgeKey, groupsOf, notesOf, positionOf } from '../pipeline/document.ts';

export interface ChangedItems {
  /** Nodes and notes that are new, or other or elsewhere than before; groups that are new or other. */
  readonly nodes: readonly string[];
  /** Edges that are new, by their keys. */
  readonly edges: readonly string[];
  /** The nodes at the ends of edges that are gone or new. */
  readonly edgeEnds: readonly string[];
}

/** What of a document is not as it was in another one. */
export function changedItems(before: PipelineDocument, after: PipelineDocument): ChangedItems {
  const known = new Map([...before.nodes, ...notesOf(before), ...groupsOf(before)].map((item) => [item.id, item]));
  const isMoved = (id: string): boolean => {
    const [from, to] = [positionOf(before, id), positionOf(after, id)];
    return from?.x !== to?.x || from?.y !== to?.y;
  };
  const items = [...after.nodes, ...notesOf(after), ...groupsOf(after)];
  const nodes = items.filter((item) => known.get(item.id) !== item || isMoved(item.id)).map(({ id }) => id);
  const keysBefore = new Set(before.edges.map(edgeKey));
  const keysAfter = new Set(after.edges.map(edgeKey));
  const added = after.edges.filter((edge) => !keysBefore.has(edgeKey(edge)));
  const gone = before.edges.filter((edge) => !keysAfter.has(edgeKey(edge)));
  const there = new Set(after.nodes.map(({ id }) => id));
  const edgeEnds = [...added, ...gone].flatMap(({ from, to }) => [from.node, to.node]).filter((id) => there.has(id));
  return { nodes, edges: added.map(edgeKey), edgeEnds: [...new Set(edgeEnds)] };
}
