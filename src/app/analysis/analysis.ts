import { describeStreams } from '../../pipeline/analyse.ts';
import type { NodeStreams } from '../../pipeline/analyse.ts';
import type { PipelineDocument } from '../../pipeline/document.ts';
import { validate } from '../../pipeline/validate.ts';
import type { Problem } from '../../stream/problem.ts';
import { inFormWords } from '../problem-words.ts';
import { describeNode } from './node-config.ts';

/**
 * All that judges and completes a document: it needs the definitions of every kind with the language of their expressions,
 * half of the page's code, and so comes after the canvas. What the page loads first reaches it by `load-analysis.ts` alone.
 */

export { whyNotConnect } from '../../pipeline/connect.ts';
export { readDocument, reportOn } from '../../pipeline/read-document.ts';
export { validate } from '../../pipeline/validate.ts';
export { addInGap, deleteAndReconnect, gapOfEdge, spliceNode, whyNotOnEdge, whyNotSplice } from '../authoring.ts';
export { connectPorts, reconnectPorts } from '../document-connect.ts';
export { inFormWords } from '../problem-words.ts';
export { initialConfig } from './node-config.ts';

/** What follows from a document. Maps are by node id. */
export interface Findings {
  readonly problems: readonly Problem[];
  readonly streams: ReadonlyMap<string, NodeStreams>;
  /** Each node's configuration in a line. */
  readonly lines: ReadonlyMap<string, string>;
}

export function analyse(document: PipelineDocument): Findings {
  return {
    problems: inFormWords(document, validate(document)),
    streams: describeStreams(document),
    lines: new Map(document.nodes.map((node) => [node.id, describeNode(node)])),
  };
}
