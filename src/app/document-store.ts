import { create } from 'zustand';
import type { DialectName, TimeDomain } from '../stream/node-definition.ts';
import type { DocumentEdge, PipelineDocument, Position } from '../pipeline/document.ts';
import { edgeKey, notesOf } from '../pipeline/document.ts';
import type { NewNode } from '../pipeline/edits.ts';
import * as edits from '../pipeline/edits.ts';
import { emptyDocument } from '../pipeline/empty-document.ts';
import { whyTooLarge } from '../pipeline/limits.ts';
import type { History, HistoryStep } from './document-history.ts';
import { EMPTY_HISTORY, recordEdit, redoStep, renamedInHistory, undoStep } from './document-history.ts';

export type {
  DocumentEdge,
  DocumentGroup,
  DocumentNode,
  DocumentNote,
  PipelineDocument,
  Position,
} from '../pipeline/document.ts';
export { edgeKey, groupsOf, notesOf, positionOf } from '../pipeline/document.ts';
export type { NewNode } from '../pipeline/edits.ts';

/** What is marked on the canvas. Ids of nodes and keys of edges; no part of the document, nor of its history. */
export interface Selection {
  readonly nodeIds: readonly string[];
  readonly edgeKeys: readonly string[];
  /** Of remarks on the canvas; naming `nodeIds` alone unmarks them. */
  readonly noteIds: readonly string[];
}

/** The document that a draft is made of, with its steps. */
export interface KeptDocument {
  readonly document: PipelineDocument;
  readonly history: History;
}

interface EditOptions {
  readonly label: string;
  /** See `HistoryEntry.gesture`. */
  readonly gesture?: string;
}

export interface OpenOptions {
  readonly label: string;
  /** The first document of a visit: there is nothing before it to go back to. */
  readonly isFirst?: boolean;
  readonly play?: boolean;
  /** A template or an empty graph: not worth keeping unless somebody changes it. */
  readonly isDraft?: boolean;
}

export interface DocumentState {
  readonly document: PipelineDocument;
  readonly history: History;
  /** While a draft is on the screen: what runs and is saved is this one. Null: the document is no draft. */
  readonly kept: KeptDocument | null;
  readonly selection: Selection;
  /** Counts documents that were put in place of another one: the canvas shows each new one whole. */
  readonly opened: number;
  /** Which of the documents that were opened this one is a state of: undo may go back to an earlier one. */
  readonly graph: number;
  /** Whether the document that was opened last is to run at once. */
  readonly playOnOpen: boolean;
  /** `isDraft` of the document that was opened last. */
  readonly isDraftOnOpen: boolean;
  /** Why the document takes no edits; null when it does. Another one can still be opened. */
  readonly refusal: string | null;
  /** Counts the edits that were refused. */
  readonly refused: number;
  /** Why the last one was: `refusal`, or a limit that it would have gone over. */
  readonly refusedFor: string | null;

  /** Whether the edit was taken; also when it changes nothing. */
  readonly edit: (options: EditOptions, change: (document: PipelineDocument) => PipelineDocument) => boolean;
  readonly refuseEdits: (reason: string | null) => void;
  /** Adds a node and selects it. */
  readonly addNode: (node: NewNode) => void;
  readonly connect: (edge: DocumentEdge) => void;
  readonly moveNodes: (positions: ReadonlyMap<string, Position>, gesture?: string) => void;
  /** Puts `config`, the whole of the part that `path` begins with, in its place; typing at one path is one undo step. */
  readonly configure: (nodeId: string, path: readonly string[], config: Readonly<Record<string, unknown>>) => void;
  readonly renameNode: (nodeId: string, label: string) => void;
  readonly renameDocument: (name: string) => void;
  /** Another graph than the one on the screen, which undo or redo may come back to; no step of its own. */
  readonly renameOther: (graph: number, name: string) => void;
  readonly setRun: (change: edits.RunChange) => void;
  readonly setDialect: (dialect: DialectName) => void;
  readonly setTimeDomain: (domain: TimeDomain) => void;
  readonly removeSelection: () => void;
  readonly select: (selection: Partial<Selection>) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  /** Shows a draft in the document's place, with steps of its own; a draft that was there before is gone. */
  readonly beginDraft: (draft: PipelineDocument) => void;
  /** Shows the document again. */
  readonly endDraft: () => void;
  /** Puts another document in the place of this one, which undo brings back. */
  readonly open: (document: PipelineDocument, options: OpenOptions) => void;
}

const NOTHING_SELECTED: Selection = { nodeIds: [], edgeKeys: [], noteIds: [] };

/** Without what the document no longer has. */
function withoutGone(selection: Selection, document: PipelineDocument): Selection {
  const pruned = {
    nodeIds: among(selection.nodeIds, () => document.nodes.map(({ id }) => id)),
    edgeKeys: among(selection.edgeKeys, () => document.edges.map(edgeKey)),
    noteIds: among(selection.noteIds, () => notesOf(document).map(({ id }) => id)),
  };
  return isSameSelection(pruned, selection) ? selection : pruned;
}

function among(chosen: readonly string[], all: () => readonly string[]): readonly string[] {
  if (chosen.length === 0) return chosen;
  const known = new Set(all());
  return chosen.filter((name) => known.has(name));
}

function refused(state: DocumentState, reason: string): Partial<DocumentState> {
  return { refused: state.refused + 1, refusedFor: reason };
}

function afterStep(state: DocumentState, step: HistoryStep | null): Partial<DocumentState> {
  if (step === null) return {};
  // A step to another document is no edit of this one.
  if (state.refusal !== null && step.graph === state.graph) return refused(state, state.refusal);
  const { document, history, graph } = step;
  return { document, history, graph, selection: withoutGone(state.selection, document) };
}

function afterEdit(
  { document: before, history, selection, graph }: DocumentState,
  { label, gesture }: EditOptions,
  after: PipelineDocument,
): Partial<DocumentState> {
  const entry = { label, before, after, graphs: [graph, graph] as const, gesture: gesture ?? null, atMs: Date.now() };
  return { document: after, history: recordEdit(history, entry), selection: withoutGone(selection, after) };
}

function afterOpening(
  { history, document: before, opened, graph }: DocumentState,
  document: PipelineDocument,
  { label, isFirst = false, play = false, isDraft = false }: OpenOptions,
): Partial<DocumentState> {
  const graphs = [graph, opened + 1] as const;
  const entry = { label, before, after: document, graphs, gesture: null, atMs: Date.now() };
  return {
    document,
    kept: null,
    history: isFirst ? EMPTY_HISTORY : recordEdit(history, entry),
    selection: NOTHING_SELECTED,
    opened: opened + 1,
    graph: opened + 1,
    playOnOpen: play,
    isDraftOnOpen: isDraft,
  };
}

export const useDocumentStore = create<DocumentState>()((set, get) => ({
  document: emptyDocument('Untitled'),
  history: EMPTY_HISTORY,
  kept: null,
  selection: NOTHING_SELECTED,
  opened: 0,
  graph: 0,
  playOnOpen: false,
  isDraftOnOpen: true,
  refusal: null,
  refused: 0,
  refusedFor: null,

  edit: (options, change) => {
    const state = get();
    const after = change(state.document);
    if (after === state.document) return true;
    const reason = state.refusal ?? whyTooLarge(state.document, after);
    set(reason === null ? afterEdit(state, options, after) : refused(state, reason));
    return reason === null;
  },
  refuseEdits: (refusal) => {
    if (refusal !== get().refusal) set({ refusal });
  },
  addNode: (node) => {
    if (!get().edit({ label: 'Add a node' }, (document) => edits.addNode(document, node))) return;
    const id = get().document.nodes.at(-1)?.id;
    if (id !== undefined) get().select({ nodeIds: [id], edgeKeys: [] });
  },
  connect: (edge) => get().edit({ label: 'Connect' }, (document) => edits.connect(document, edge)),
  moveNodes: (positions, gesture) =>
    get().edit({ label: 'Move', ...(gesture === undefined ? {} : { gesture }) }, (document) =>
      edits.moveNodes(document, positions),
    ),
  configure: (nodeId, path, config) => {
    const [part] = path;
    if (part !== 'config' && part !== 'engine') return;
    get().edit({ label: 'Change a setting', gesture: `configure:${nodeId}:${path.join('.')}` }, (document) =>
      edits.setConfig(document, { id: nodeId, [part]: config }),
    );
  },
  renameNode: (nodeId, label) =>
    get().edit({ label: 'Rename a node', gesture: `rename:${nodeId}` }, (document) =>
      edits.setLabel(document, nodeId, label),
    ),
  renameDocument: (name) =>
    get().edit({ label: 'Rename', gesture: 'rename' }, (document) => edits.renameDocument(document, name)),
  renameOther: (graph, name) => set(({ history }) => ({ history: renamedInHistory(history, graph, name) })),
  setRun: (change) =>
    get().edit({ label: 'Change the run', gesture: 'run' }, (document) => edits.setRun(document, change)),
  setDialect: (dialect) =>
    get().edit({ label: 'Change the dialect' }, (document) => edits.setDialect(document, dialect)),
  setTimeDomain: (domain) =>
    get().edit({ label: 'Change the time' }, (document) => edits.setTimeDomain(document, domain)),
  removeSelection: () => {
    const { selection } = get();
    get().edit({ label: 'Delete' }, (document) => withoutSelected(document, selection));
  },
  select: (part) => {
    const { selection } = get();
    const next = { ...selection, ...(part.nodeIds === undefined ? {} : { noteIds: [] }), ...part };
    if (!isSameSelection(next, selection)) set({ selection: next });
  },
  undo: () => set((state) => afterStep(state, undoStep(state.history))),
  redo: () => set((state) => afterStep(state, redoStep(state.history))),
  beginDraft: (draft) => set((state) => withDraft(state, draft)),
  endDraft: () => set(withoutDraft(get())),
  open: (document, options) => set(afterOpening({ ...get(), ...withoutDraft(get()) }, document, options)),
}));

function withDraft(
  { kept, document, history, selection }: DocumentState,
  draft: PipelineDocument,
): Partial<DocumentState> {
  const own = kept ?? { document, history };
  return { kept: own, document: draft, history: EMPTY_HISTORY, selection: withoutGone(selection, draft) };
}

function withoutDraft({ kept, selection }: DocumentState): Partial<DocumentState> {
  return kept === null ? {} : { ...kept, kept: null, selection: withoutGone(selection, kept.document) };
}

function withoutSelected(document: PipelineDocument, { nodeIds, edgeKeys, noteIds }: Selection): PipelineDocument {
  return edits.removeNodes(edits.disconnect(document, edgeKeys), [...nodeIds, ...noteIds]);
}

function isSameSelection(a: Selection, b: Selection): boolean {
  return (['nodeIds', 'edgeKeys', 'noteIds'] as const).every((list) => sameItems(a[list], b[list]));
}

function sameItems(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  const known = new Set(b);
  return a.every((item) => known.has(item));
}
