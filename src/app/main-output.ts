import type { NodeFace, OutputPort } from '../stream/node-definition.ts';

/** Whether a port gives out what the node is for; the others give out rows that it could not take. */
export function isMainOutput({ kind }: Pick<NodeFace, 'kind'>, { name }: Pick<OutputPort, 'name'>): boolean {
  // The rows that leave a split by its other way are no worse than the first.
  return name === 'out' || kind === 'split';
}
