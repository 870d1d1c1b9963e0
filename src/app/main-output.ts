import type { DocumentEdge, PipelineDocument } from '../pipeline/document.ts';
import { findFace } from '../pipeline/faces.ts';
import type { NodeFace, OutputPort } from '../stream/node-definition.ts';
import { edgesInto, nodeById } from './document-index.ts';

/** Whether a port gives out what the node is for; the others give out rows that it could not take. */
export function isMainOutput({ kind }: Pick<NodeFace, 'kind'>, { name }: Pick<OutputPort, 'name'>): boolean {
  // The rows that leave a split by its other way are no worse than the first.
  return name === 'out' || kind === 'split';
}

/** Whether a node is a sink that collects what others did not take: no more than its name and their number is shown. */
export function takesRefusedRowsOnly(document: PipelineDocument, id: string): boolean {
  const faceOf = (nodeId: string): NodeFace | null => findFace(nodeById(document, nodeId)?.type ?? '');
  const arriving = edgesInto(document, id);
  const isRefused = ({ from }: DocumentEdge): boolean => {
    const face = faceOf(from.node);
    return face !== null && !isMainOutput(face, { name: from.port });
  };
  return arriving.length > 0 && faceOf(id)?.group === 'sinks' && arriving.every(isRefused);
}
