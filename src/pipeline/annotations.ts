import type { DocumentGroup, DocumentNote, PipelineDocument, Position } from './document.ts';
import { groupsOf, notesOf } from './document.ts';
import { freeId } from './fresh-id.ts';
import { LIMITS } from './limits.ts';

/** Edits of what is drawn beside the graph, under the rules of `edits.ts`. */

/** Nodes, notes and groups share one space of names, so that one id means one thing on the canvas. */
export function takenIds(document: PipelineDocument): ReadonlySet<string> {
  return new Set([...document.nodes, ...notesOf(document), ...groupsOf(document)].map(({ id }) => id));
}

export function withNotes(document: PipelineDocument, notes: readonly DocumentNote[]): PipelineDocument {
  const { notes: _, ...bare } = document;
  return notes.length === 0 ? bare : { ...bare, notes };
}

/** Takes groups without nodes out. */
export function withGroups(document: PipelineDocument, groups: readonly DocumentGroup[]): PipelineDocument {
  const { groups: _, ...bare } = document;
  const left = groups.filter(({ nodes }) => nodes.length > 0);
  return left.length === 0 ? bare : { ...bare, groups: left };
}

/** Adds a note; it is the last one of the result. */
export function addNote(document: PipelineDocument, note: Omit<DocumentNote, 'id'>): PipelineDocument {
  const id = freeId(takenIds(document), 'note');
  return withNotes(document, [...notesOf(document), { ...note, id }]);
}

export function changeNote(
  document: PipelineDocument,
  id: string,
  change: Partial<Omit<DocumentNote, 'id'>>,
): PipelineDocument {
  const notes = notesOf(document);
  const index = notes.findIndex((note) => note.id === id);
  const before = notes[index];
  if (before === undefined) return document;
  const bounded = (side: number): number => Math.min(LIMITS.noteSize.max, Math.max(LIMITS.noteSize.min, side));
  const wanted = { ...before, ...change };
  const after: DocumentNote = {
    ...wanted,
    text: wanted.text.slice(0, LIMITS.noteChars),
    w: bounded(wanted.w),
    h: bounded(wanted.h),
  };
  const isSame = (Object.keys(after) as (keyof DocumentNote)[]).every((name) => after[name] === before[name]);
  return isSame ? document : withNotes(document, notes.with(index, after));
}

/** Notes among `positions` moved; ids of other things are ignored. */
export function moveNotes(document: PipelineDocument, positions: ReadonlyMap<string, Position>): PipelineDocument {
  return notesOf(document).reduce((moved, { id }) => {
    const to = positions.get(id);
    return to === undefined ? moved : changeNote(moved, id, { x: to.x, y: to.y });
  }, document);
}

/** Frames nodes, taking them out of the groups that they were in. The group is the last one of the result. */
export function groupNodes(document: PipelineDocument, ids: Iterable<string>, title: string): PipelineDocument {
  const wanted = new Set(ids);
  const nodes = document.nodes.flatMap(({ id }) => (wanted.has(id) ? [id] : []));
  if (nodes.length === 0) return document;
  const others = leaveGroups(document, wanted);
  const id = freeId(takenIds(document), 'group');
  return withGroups(others, [...groupsOf(others), { id, title: title.slice(0, LIMITS.labelChars), nodes }]);
}

/** Takes frames away; their nodes stay. */
export function ungroup(document: PipelineDocument, groupIds: Iterable<string>): PipelineDocument {
  const gone = new Set(groupIds);
  const left = groupsOf(document).filter(({ id }) => !gone.has(id));
  return left.length === groupsOf(document).length ? document : withGroups(document, left);
}

export function renameGroup(document: PipelineDocument, id: string, title: string): PipelineDocument {
  const groups = groupsOf(document);
  const index = groups.findIndex((group) => group.id === id);
  const before = groups[index];
  const bounded = title.slice(0, LIMITS.labelChars);
  if (before === undefined || before.title === bounded) return document;
  return withGroups(document, groups.with(index, { ...before, title: bounded }));
}

/** Puts nodes into other groups than theirs, by the group's id, or into none: null. A group that has none left goes. */
export function regroup(document: PipelineDocument, homes: ReadonlyMap<string, string | null>): PipelineDocument {
  if (homes.size === 0) return document;
  const groups = groupsOf(document);
  const after = groups.map((group): DocumentGroup => {
    const kept = group.nodes.filter((id) => !homes.has(id) || homes.get(id) === group.id);
    const joined = document.nodes.flatMap(({ id }) =>
      homes.get(id) === group.id && !group.nodes.includes(id) ? [id] : [],
    );
    const isSame = kept.length === group.nodes.length && joined.length === 0;
    return isSame ? group : { ...group, nodes: [...kept, ...joined] };
  });
  return after.every((group, i) => group === groups[i]) ? document : withGroups(document, after);
}

/** The group that a node is in. */
export function groupOf(document: PipelineDocument, nodeId: string): DocumentGroup | undefined {
  return groupsOf(document).find(({ nodes }) => nodes.includes(nodeId));
}

/** Takes nodes out of their groups; a group that has none left goes, too. */
export function leaveGroups(document: PipelineDocument, ids: ReadonlySet<string>): PipelineDocument {
  const groups = groupsOf(document);
  if (!groups.some(({ nodes }) => nodes.some((id) => ids.has(id)))) return document;
  return withGroups(
    document,
    groups.map((group) => ({ ...group, nodes: group.nodes.filter((id) => !ids.has(id)) })),
  );
}
