import type { PipelineDocument } from '../pipeline/document.ts';

/** The way that events took through the graph. */
export interface LineagePath {
  readonly nodeIds: ReadonlySet<string>;
}

/** Every node on a way from one of `from` to one of `to`, both ends included. */
export function lineagePath(
  { edges }: Pick<PipelineDocument, 'edges'>,
  from: Iterable<string>,
  to: Iterable<string>,
): LineagePath {
  const behind = reached(from, edges, ({ from: start, to: end }) => [start.node, end.node]);
  const before = reached(to, edges, ({ from: start, to: end }) => [end.node, start.node]);
  return { nodeIds: new Set([...behind].filter((id) => before.has(id))) };
}

type Edge = PipelineDocument['edges'][number];

function reached(
  starts: Iterable<string>,
  edges: readonly Edge[],
  ends: (edge: Edge) => readonly [string, string],
): ReadonlySet<string> {
  const next = new Map<string, string[]>();
  for (const edge of edges) {
    const [start, end] = ends(edge);
    next.set(start, [...(next.get(start) ?? []), end]);
  }
  const found = new Set<string>(starts);
  for (const id of found) for (const other of next.get(id) ?? []) found.add(other);
  return found;
}
