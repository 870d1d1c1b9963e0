import type { PipelineDocument } from '../pipeline/document.ts';
import { edgeKey } from '../pipeline/document.ts';
import { edgesInto, nodeById } from './document-index.ts';

/** Whether a node would run otherwise than it did in the run of `before`: by its settings, or by what flows into it. */
export function isNodeChanged(before: PipelineDocument, after: PipelineDocument, id: string): boolean {
  const now = nodeById(after, id);
  const then = nodeById(before, id);
  if (now === undefined) return false;
  if (then === undefined) return true;
  const isSame = now === then || (now.type === then.type && isAlike(now.config, then.config));
  return !isSame || !isAlike(now.engine, then.engine) || arriving(after, id) !== arriving(before, id);
}

/** Plain data; what was not edited is the same object. */
function isAlike(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function arriving(document: PipelineDocument, id: string): string {
  return edgesInto(document, id).map(edgeKey).join(' ');
}
