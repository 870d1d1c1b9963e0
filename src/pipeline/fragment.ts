import type { DocumentEdge, DocumentNode, PipelineDocument, Position } from './document.ts';
import { positionOf } from './document.ts';
import { emptyDocument } from './empty-document.ts';
import { freeId } from './fresh-id.ts';

/** Some nodes and the edges between them, as a document of its own: what the clipboard holds, as `writeDocument` text. */
export function copyFragment(document: PipelineDocument, ids: Iterable<string>): PipelineDocument {
  const taken = new Set(ids);
  return {
    ...emptyDocument(document.name),
    dialect: document.dialect,
    time: document.time,
    run: document.run,
    nodes: document.nodes.filter((node) => taken.has(node.id)),
    edges: document.edges.filter((edge) => taken.has(edge.from.node) && taken.has(edge.to.node)),
    layout: Object.fromEntries(Object.entries(document.layout).filter(([id]) => taken.has(id))),
  };
}

export interface Paste {
  readonly fragment: PipelineDocument;
  /** Added to the positions that the fragment holds. */
  readonly offset: Position;
}

/** Adds a fragment under ids that are free. Its nodes are the last ones of the result, in the fragment's order. */
export function pasteFragment(document: PipelineDocument, { fragment, offset }: Paste): PipelineDocument {
  if (fragment.nodes.length === 0) return document;
  const taken = new Set(document.nodes.map((node) => node.id));
  const renamed = new Map<string, string>();
  for (const node of fragment.nodes) {
    const id = freeId(taken, node.id);
    taken.add(id);
    renamed.set(node.id, id);
  }
  const nodes = fragment.nodes.map((node): DocumentNode => ({ ...node, id: renamed.get(node.id) ?? node.id }));
  const edges = fragment.edges.flatMap((edge): DocumentEdge[] => {
    const from = renamed.get(edge.from.node);
    const to = renamed.get(edge.to.node);
    if (from === undefined || to === undefined) return [];
    return [{ from: { node: from, port: edge.from.port }, to: { node: to, port: edge.to.port } }];
  });
  const positions = [...renamed].map(([old, id]) => {
    const { x, y } = positionOf(fragment, old) ?? { x: 0, y: 0 };
    return [id, { x: x + offset.x, y: y + offset.y }] as const;
  });
  return {
    ...document,
    nodes: [...document.nodes, ...nodes],
    edges: [...document.edges, ...edges],
    layout: { ...document.layout, ...Object.fromEntries(positions) },
  };
}

/** Copies nodes with the edges between them, beside the originals. The copies are the last nodes of the result. */
export function duplicateNodes(
  document: PipelineDocument,
  { ids, offset }: { readonly ids: Iterable<string>; readonly offset: Position },
): PipelineDocument {
  return pasteFragment(document, { fragment: copyFragment(document, ids), offset });
}
