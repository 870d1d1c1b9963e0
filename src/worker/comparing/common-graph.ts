import type { PipelineDocument } from '../../pipeline/document.ts';
import { removeNodes, setDialect } from '../../pipeline/edits.ts';
import { makePlan } from '../../pipeline/make-plan.ts';
import type { Problem } from '../../stream/problem.ts';
import type { CompareRequest } from '../lab-protocol.ts';

interface CommonGraph {
  /** Without what one of the dialects lacks, and what stands behind it. */
  readonly document: PipelineDocument;
  /** Why, by dialect. */
  readonly lacks: readonly (readonly Problem[])[];
  /** Ids of the nodes that were left out. */
  readonly left: readonly string[];
}

/** The part of a graph that both dialects can run; the graph as it is where that cannot be found. */
export function commonGraph({ document, dialects }: Pick<CompareRequest, 'document' | 'dialects'>): CommonGraph {
  let common = document;
  const lacks: Problem[][] = dialects.map(() => []);
  const left = new Set<string>();
  for (;;) {
    const found = dialects.map((dialect) => errorsOf(common, dialect));
    const all = found.flat();
    const culprits = new Set(all.flatMap(({ nodeId }) => (nodeId === null ? [] : [nodeId])));
    const removed = withAllBehind(common, culprits);
    const hasSource = common.nodes.some(({ id, type }) => type.startsWith('source.') && !removed.has(id));
    if (all.length === 0) return { document: common, lacks, left: [...left] };
    if (culprits.size === 0 || !hasSource || all.some(({ nodeId }) => nodeId === null)) {
      return { document: common, lacks, left: [...left] };
    }
    found.forEach((problems, i) => lacks[i]?.push(...problems));
    for (const id of removed) left.add(id);
    common = removeNodes(common, removed);
  }
}

function errorsOf(document: PipelineDocument, dialect: CompareRequest['dialects'][number]): readonly Problem[] {
  const planned = makePlan(setDialect(document, dialect));
  return planned.ok ? [] : planned.problems.filter(({ severity }) => severity === 'error');
}

function withAllBehind({ edges }: PipelineDocument, ids: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set(ids);
  for (let before = -1; before < found.size;) {
    before = found.size;
    for (const { from, to } of edges) if (found.has(from.node)) found.add(to.node);
  }
  return found;
}
