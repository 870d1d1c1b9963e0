import type { PipelineDocument } from '../pipeline/document.ts';
import { edgesInto, nodeById } from './document-index.ts';

/**
 * The node that gives the rows of a source which come to a node their event time: the nearest that assigns timestamps, else the
 * source. Null where they come by several ways with times of their own, or not at all.
 */
export function clockSetter(
  document: Pick<PipelineDocument, 'nodes' | 'edges'>,
  nodeId: string,
  sourceId: string,
): string | null {
  const setters = new Set<string>();
  const seen = new Set<string>([nodeId]);
  /** Whether the source's rows come to the node by way of `id`. */
  const isFed = (id: string, passed: ReadonlySet<string>): boolean =>
    id === sourceId ||
    edgesInto(document, id).some(({ from }) => !passed.has(from.node) && isFed(from.node, new Set([...passed, id])));
  const visit = (id: string): void => {
    for (const { from } of edgesInto(document, id)) {
      if (seen.has(from.node)) continue;
      seen.add(from.node);
      const assigns = nodeById(document, from.node)?.type === 'assign-timestamps' && isFed(from.node, new Set());
      if (from.node === sourceId || assigns) setters.add(from.node);
      else visit(from.node);
    }
  };
  if (nodeId === sourceId) return sourceId;
  visit(nodeId);
  const [setter = null] = setters;
  return setters.size === 1 ? setter : null;
}
