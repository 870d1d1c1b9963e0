import type { DialectName } from '../stream/node-definition.ts';
import { copyFragment, duplicateNodes, pasteFragment } from '../pipeline/fragment.ts';
import type { PipelineDocument, Position } from '../pipeline/document.ts';
import { notesOf, positionOf } from '../pipeline/document.ts';
import { findFace } from '../pipeline/faces.ts';
import { whyTooLarge } from '../pipeline/limits.ts';
import { writeDocument } from '../pipeline/write-document.ts';
import { loadAnalysis } from './analysis/load-analysis.ts';
import type { Area } from './arrange/boxes.ts';
import { around, overlap } from './arrange/boxes.ts';
import { NODE_HEIGHT, NODE_WIDTH, snapped } from './arrange/node-sizes.ts';
import { displayName } from './document-catalog.ts';
import { useDocumentStore } from './document-store.ts';

/** Copies come to lie this far from their originals, canvas pixels on both axes. */
const OFFSET = { x: 32, y: 32 };
/** A copy comes to lie with its middle under the pointer. */
const NODE = { w: NODE_WIDTH, h: NODE_HEIGHT };

/** The selected nodes with the edges between them, and notes, as the text of a graph; null when none is selected. */
export function copySelection(): string | null {
  const { document, selection } = useDocumentStore.getState();
  const ids = [...selection.nodeIds, ...selection.noteIds];
  return ids.length === 0 ? null : writeDocument(copyFragment(document, ids));
}

export type PasteReport =
  /** `foreign` names nodes that this document's dialect lacks; they were pasted, and their problems say more. */
  | { readonly kind: 'pasted'; readonly from: DialectName; readonly foreign: readonly string[] }
  /** The text was meant as a graph. Nothing was changed. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** The text is something else. */
  | { readonly kind: 'no-graph' };

/** What of the canvas the user looks at. */
export interface PastePlace {
  readonly pointer: Position | null;
  /** Null: not known. */
  readonly view: Area | null;
}

/**
 * Adds the nodes and notes of a copied graph, one undo step, and selects them: with their middle under the pointer, else
 * a little off from where they were, as long as that is in view.
 */
export async function pasteGraph(text: string, place: PastePlace): Promise<PasteReport> {
  if (!/^\s*[{[]/.test(text)) return { kind: 'no-graph' };
  const isOneNode = /"typeVersion"\s*:/.test(text) && !/"nodes"\s*:/.test(text);
  return pasteDocument(isOneNode ? graphOfNode(text) : text, place);
}

/** A graph of the one node that a text says, as the inspector shows it. */
function graphOfNode(text: string): string {
  const { name, dialect } = useDocumentStore.getState().document;
  return `{"version":1,"name":${JSON.stringify(name)},"dialect":"${dialect}","nodes":[${text}],"edges":[]}`;
}

async function pasteDocument(text: string, place: PastePlace): Promise<PasteReport> {
  if (!/"(version|nodes)"\s*:/.test(text)) return { kind: 'refused', reason: 'It is JSON, but no graph of Tidemark.' };
  const { readDocument } = await loadAnalysis();
  const read = readDocument(text);
  if (!read.ok) {
    const found = read.problems.find(({ severity }) => severity === 'error');
    return { kind: 'refused', reason: `${found?.message ?? 'It is no graph.'} ${found?.fix ?? ''}`.trim() };
  }
  const fragment = read.value;
  const { document } = useDocumentStore.getState();
  const reason = whyNotPaste(document, fragment);
  if (reason !== null) return { kind: 'refused', reason };
  const offset = freeOffset(document, fragment, wantedOffset(fragment, place));
  addAndSelect('Paste', (before) => pasteFragment(before, { fragment, offset }));
  const lacks = (type: string): boolean => findFace(type)?.dialects.includes(document.dialect) === false;
  const foreign = fragment.nodes.filter(({ type }) => lacks(type)).map(displayName);
  return { kind: 'pasted', from: fragment.dialect, foreign };
}

function whyNotPaste(document: PipelineDocument, fragment: PipelineDocument): string | null {
  if (fragment.nodes.length + notesOf(fragment).length === 0) return 'It is a graph without nodes.';
  return whyTooLarge(document, pasteFragment(document, { fragment, offset: OFFSET }));
}

/** How far a fragment is to be moved from where it was copied. */
function wantedOffset(fragment: PipelineDocument, { pointer, view }: PastePlace): Position {
  const boxes = fragment.nodes.map(({ id }) => ({ ...(positionOf(fragment, id) ?? { x: 0, y: 0 }), ...NODE }));
  const frame = around([...boxes, ...notesOf(fragment)]) ?? { x: 0, y: 0, w: 0, h: 0 };
  const isInView = view === null || overlap(view, { ...frame, x: frame.x + OFFSET.x, y: frame.y + OFFSET.y });
  if (pointer === null && isInView) return OFFSET;
  const to = pointer ?? { x: (view?.x ?? 0) + (view?.w ?? 0) / 2, y: (view?.y ?? 0) + (view?.h ?? 0) / 2 };
  return snapped({ x: to.x - frame.x - frame.w / 2, y: to.y - frame.y - frame.h / 2 });
}

/** Pasted twice at one place the second copy would hide the first. */
function freeOffset(document: PipelineDocument, fragment: PipelineDocument, wanted: Position): Position {
  const taken = new Set(Object.values(document.layout).map(({ x, y }) => `${String(x)} ${String(y)}`));
  const places = Object.values(fragment.layout);
  let { x, y } = wanted;
  while (places.some((place) => taken.has(`${String(place.x + x)} ${String(place.y + y)}`))) {
    x += OFFSET.x;
    y += OFFSET.y;
  }
  return { x, y };
}

export function duplicateSelection(): void {
  const { selection } = useDocumentStore.getState();
  const ids = [...selection.nodeIds, ...selection.noteIds];
  if (ids.length > 0) duplicateAt(ids, OFFSET);
}

/** Copies nodes and notes so far away from the originals, one undo step, and selects the copies. */
export function duplicateAt(ids: readonly string[], offset: Position): void {
  addAndSelect('Duplicate', (document) => duplicateNodes(document, { ids, offset }));
}

function addAndSelect(label: string, change: (document: PipelineDocument) => PipelineDocument): void {
  const { document: before, edit, select } = useDocumentStore.getState();
  if (!edit({ label }, change)) return;
  const { document } = useDocumentStore.getState();
  const idsOf = (items: readonly { readonly id: string }[]): string[] => items.map(({ id }) => id);
  select({
    nodeIds: idsOf(document.nodes.slice(before.nodes.length)),
    edgeKeys: [],
    noteIds: idsOf(notesOf(document).slice(notesOf(before).length)),
  });
}
