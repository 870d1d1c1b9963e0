import type { PipelineDocument } from '../pipeline/document.ts';
import type { OutputPortName } from '../stream/node-definition.ts';
import { edgesInto, nodeById } from './document-index.ts';

/** Kinds that hand on each row by itself. */
const BY_ROW: ReadonlySet<string> = new Set(['filter', 'map', 'flat-map', 'split', 'union', 'assign-timestamps']);
/** By these a node gives the very rows that it got. */
const PASSED_ON: ReadonlySet<string> = new Set(['late', 'rejected']);

/**
 * Whether the rows that come to a node are events of the log, each under the number of its entry: nothing before it makes
 * one row of several.
 */
export function takesEvents(document: Pick<PipelineDocument, 'nodes' | 'edges'>, nodeId: string): boolean {
  const seen = new Set<string>([nodeId]);
  const isFed = (id: string): boolean =>
    edgesInto(document, id).every(({ from }) => {
      if (seen.has(from.node)) return true;
      seen.add(from.node);
      const type = nodeById(document, from.node)?.type ?? '';
      if (type.startsWith('source.')) return true;
      return (BY_ROW.has(type) || PASSED_ON.has(from.port)) && isFed(from.node);
    });
  return isFed(nodeId);
}

/** Whether the rows that leave a node by a port are such events. */
export function givesEvents(
  document: Pick<PipelineDocument, 'nodes' | 'edges'>,
  nodeId: string,
  port: OutputPortName,
): boolean {
  const type = nodeById(document, nodeId)?.type ?? '';
  return type.startsWith('source.') || ((BY_ROW.has(type) || PASSED_ON.has(port)) && takesEvents(document, nodeId));
}
