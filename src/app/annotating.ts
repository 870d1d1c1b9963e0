import * as annotations from '../pipeline/annotations.ts';
import type { DocumentGroup, DocumentNote, PipelineDocument, Position } from '../pipeline/document.ts';
import { groupsOf, notesOf } from '../pipeline/document.ts';
import { moveNodes } from '../pipeline/edits.ts';
import { LIMITS, NOTE_SIZE } from '../pipeline/limits.ts';
import type { Selection } from './document-store.ts';
import { useDocumentStore } from './document-store.ts';

/** What the user does to notes and groups; each one undo step. */

export { NOTE_SIZE } from '../pipeline/limits.ts';
export const NOTE_CHARS = LIMITS.noteChars;
export const NOTE_SIDE = LIMITS.noteSize;

/** Adds an empty note with its upper left corner at a place, selects it, and tells its id. */
export function addNoteAt(corner: Position): string | null {
  const { edit, select, document: before } = useDocumentStore.getState();
  edit({ label: 'Add a note' }, (document) => annotations.addNote(document, { text: '', ...corner, ...NOTE_SIZE }));
  const { document } = useDocumentStore.getState();
  const id = document === before ? undefined : notesOf(document).at(-1)?.id;
  if (id === undefined) return null;
  select({ nodeIds: [], edgeKeys: [], noteIds: [id] });
  return id;
}

/** Typing is one step. */
export function writeNote(id: string, text: string): void {
  changeNote(id, { text }, { label: 'Write a note', gesture: `note:${id}` });
}

export function resizeNote(id: string, size: Pick<DocumentNote, 'w' | 'h'>): void {
  changeNote(id, size, { label: 'Resize a note', gesture: `resize:${id}` });
}

function changeNote(
  id: string,
  change: Partial<DocumentNote>,
  options: { readonly label: string; readonly gesture: string },
): void {
  useDocumentStore.getState().edit(options, (document) => annotations.changeNote(document, id, change));
}

export { regroup } from '../pipeline/annotations.ts';

/** Puts nodes and notes where a hand let them go, and nodes into other groups or out of theirs; one step of `gesture`. */
export function placeByHand(
  places: ReadonlyMap<string, Position>,
  homes: ReadonlyMap<string, string | null>,
  gesture: string,
): void {
  useDocumentStore
    .getState()
    .edit({ label: 'Move', gesture }, (document) => annotations.regroup(moveNodes(document, places), homes));
}

/** Frames the selected nodes and tells the id of the group. A whole group with other nodes takes these in. */
export function groupSelection(): string | null {
  const { edit, selection, document: before } = useDocumentStore.getState();
  const selected = new Set(selection.nodeIds);
  const [whole, ...others] = groupsOf(before).filter(({ nodes }) => nodes.every((id) => selected.has(id)));
  edit({ label: 'Group' }, (document) =>
    whole !== undefined && others.length === 0 && whole.nodes.length < selected.size
      ? annotations.regroup(document, new Map(selection.nodeIds.map((id) => [id, whole.id])))
      : annotations.groupNodes(document, selection.nodeIds, ''),
  );
  const { document } = useDocumentStore.getState();
  return document === before ? null : (annotations.groupOf(document, selection.nodeIds[0] ?? '')?.id ?? null);
}

/** The group whose nodes are what is selected, all of them and nothing else. */
export function wholeGroupOf(document: PipelineDocument, { nodeIds, noteIds }: Selection): DocumentGroup | null {
  if (nodeIds.length === 0 || noteIds.length > 0) return null;
  const selected = new Set(nodeIds);
  const isWhole = ({ nodes }: DocumentGroup): boolean =>
    nodes.length === selected.size && nodes.every((id) => selected.has(id));
  return groupsOf(document).find(isWhole) ?? null;
}

/** The groups that hold a selected node. */
function groupsOfSelection(): readonly string[] {
  const { document, selection } = useDocumentStore.getState();
  const selected = new Set(selection.nodeIds);
  return groupsOf(document).flatMap(({ id, nodes }) => (nodes.some((node) => selected.has(node)) ? [id] : []));
}

export function isSelectionGrouped(): boolean {
  return groupsOfSelection().length > 0;
}

export function ungroupSelection(): void {
  const ids = groupsOfSelection();
  useDocumentStore.getState().edit({ label: 'Ungroup' }, (document) => annotations.ungroup(document, ids));
}

/** Whether some nodes of a group are selected, and not all. */
export function isPartOfGroupSelected(): boolean {
  const { document, selection } = useDocumentStore.getState();
  const selected = new Set(selection.nodeIds);
  return groupsOf(document).some(({ nodes }) => {
    const count = nodes.filter((id) => selected.has(id)).length;
    return count > 0 && count < nodes.length;
  });
}

export function leaveGroup(): void {
  const { edit, selection } = useDocumentStore.getState();
  const homes = new Map(selection.nodeIds.map((id) => [id, null]));
  edit({ label: 'Take out of the group' }, (document) => annotations.regroup(document, homes));
}

export function titleGroup(id: string, title: string): void {
  const { edit } = useDocumentStore.getState();
  edit({ label: 'Name a group', gesture: `title:${id}` }, (document) => annotations.renameGroup(document, id, title));
}
