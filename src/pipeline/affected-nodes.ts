import type { DocumentNode, PipelineDocument } from './document.ts';
import { edgeKey } from './document.ts';

/** Ids of nodes whose results may be other ones in `after`: those that were changed, came, or hear of such a node. */
export function affectedNodes(before: PipelineDocument, after: PipelineDocument): ReadonlySet<string> {
  const isOther = before.dialect !== after.dialect || before.run.end !== after.run.end;
  const known = new Map(before.nodes.map((node) => [node.id, node]));
  const affected = new Set(
    after.nodes.filter((node) => isOther || isChanged(known.get(node.id), node)).map(({ id }) => id),
  );
  const edges = new Set(before.edges.map(edgeKey));
  for (const edge of after.edges) if (!edges.has(edgeKey(edge))) affected.add(edge.to.node);
  const kept = new Set(after.edges.map(edgeKey));
  for (const edge of before.edges) if (!kept.has(edgeKey(edge))) affected.add(edge.to.node);
  for (let size = -1; size !== affected.size;) {
    size = affected.size;
    for (const { from, to } of after.edges) if (affected.has(from.node)) affected.add(to.node);
  }
  return affected;
}

/** Names mean nothing to a run. */
function isChanged(before: DocumentNode | undefined, after: DocumentNode): boolean {
  return before === undefined || (before !== after && runText(before) !== runText(after));
}

function runText({ type, typeVersion, config, engine }: DocumentNode): string {
  return JSON.stringify([type, typeVersion, config, engine]);
}
