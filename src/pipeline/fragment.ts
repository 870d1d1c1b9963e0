import { takenIds, withGroups, withNotes } from './annotations.ts';
import type { DocumentEdge, DocumentNode, PipelineDocument, Position } from './document.ts';
import { groupsOf, notesOf, positionOf } from './document.ts';
import { emptyDocument } from './empty-document.ts';
import { freeId } from './fresh-id.ts';

/**
 * Some nodes and the edges between them, some notes, and the groups that are taken whole, as a document of its own: what
 * the clipboard holds, as `writeDocument` text. Ids may be of nodes and of notes.
 */
export function copyFragment(document: PipelineDocument, ids: Iterable<string>): PipelineDocument {
  const taken = new Set(ids);
  const fragment = {
    ...emptyDocument(document.name),
    dialect: document.dialect,
    time: document.time,
    run: document.run,
    nodes: document.nodes.filter((node) => taken.has(node.id)),
    edges: document.edges.filter((edge) => taken.has(edge.from.node) && taken.has(edge.to.node)),
    layout: Object.fromEntries(Object.entries(document.layout).filter(([id]) => taken.has(id))),
  };
  const groups = groupsOf(document).filter(({ nodes }) => nodes.every((id) => taken.has(id)));
  const notes = notesOf(document).filter(({ id }) => taken.has(id));
  return withGroups(withNotes(fragment, notes), groups);
}

export interface Paste {
  readonly fragment: PipelineDocument;
  /** Added to the positions that the fragment holds. */
  readonly offset: Position;
}

/**
 * Adds a fragment under ids that are free. Its nodes are the last ones of the result, in the fragment's order; so are its
 * notes and groups.
 */
export function pasteFragment(document: PipelineDocument, { fragment, offset }: Paste): PipelineDocument {
  if (fragment.nodes.length + notesOf(fragment).length === 0) return document;
  const taken = new Set(takenIds(document));
  const rename = (id: string): string => {
    const free = freeId(taken, id);
    taken.add(free);
    return free;
  };
  const renamed = new Map(fragment.nodes.map(({ id }) => [id, rename(id)]));
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
  const notes = notesOf(fragment).map((note) => {
    return { ...note, id: rename(note.id), x: note.x + offset.x, y: note.y + offset.y };
  });
  const groups = groupsOf(fragment).map((group) => {
    return { ...group, id: rename(group.id), nodes: group.nodes.flatMap((id) => renamed.get(id) ?? []) };
  });
  const pasted = {
    ...document,
    nodes: [...document.nodes, ...nodes],
    edges: [...document.edges, ...edges],
    layout: { ...document.layout, ...Object.fromEntries(positions) },
  };
  return withGroups(withNotes(pasted, [...notesOf(document), ...notes]), [...groupsOf(document), ...groups]);
}

/** Copies nodes with the edges between them, beside the originals. The copies are the last nodes of the result. */
export function duplicateNodes(
  document: PipelineDocument,
  { ids, offset }: { readonly ids: Iterable<string>; readonly offset: Position },
): PipelineDocument {
  return pasteFragment(document, { fragment: copyFragment(document, ids), offset });
}
