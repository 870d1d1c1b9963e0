import type { PipelineDocument } from '../pipeline/document.ts';

/**
 * Undo and redo. An entry holds the document before and after one gesture; documents are immutable and share what did
 * not change, so an entry costs what the gesture changed. What is selected, measured or typed but not yet valid is no
 * part of the document and so never here.
 */
export interface HistoryEntry {
  readonly label: string;
  readonly before: PipelineDocument;
  readonly after: PipelineDocument;
  /** The graphs that the two are states of, by number: they differ when another document was opened. */
  readonly graphs: readonly [before: number, after: number];
  /** Edits with the same key that follow each other closely are one gesture: typing in a field, holding an arrow key. */
  readonly gesture: string | null;
  readonly atMs: number;
}

export interface History {
  /** Oldest first. */
  readonly past: readonly HistoryEntry[];
  /** Next to redo first. */
  readonly future: readonly HistoryEntry[];
}

export const EMPTY_HISTORY: History = { past: [], future: [] };

const ENTRIES_MAX = 500;
const GESTURE_PAUSE_MS = 1_500;

/** Adds an edit, or widens the last entry when both belong to one gesture. A new edit ends what could be redone. */
export function recordEdit(history: History, edit: HistoryEntry): History {
  const last = history.past.at(-1);
  const continues =
    last !== undefined &&
    history.future.length === 0 &&
    edit.gesture !== null &&
    edit.gesture === last.gesture &&
    edit.atMs - last.atMs < GESTURE_PAUSE_MS;
  if (continues) return { past: [...history.past.slice(0, -1), { ...edit, before: last.before }], future: [] };
  return { past: [...history.past, edit].slice(-ENTRIES_MAX), future: [] };
}

export interface HistoryStep {
  readonly history: History;
  readonly document: PipelineDocument;
  readonly graph: number;
  readonly label: string;
}

export function undoStep(history: History): HistoryStep | null {
  const entry = history.past.at(-1);
  if (entry === undefined) return null;
  return {
    history: { past: history.past.slice(0, -1), future: [entry, ...history.future] },
    document: entry.before,
    graph: entry.graphs[0],
    label: entry.label,
  };
}

export function redoStep(history: History): HistoryStep | null {
  const [entry, ...rest] = history.future;
  if (entry === undefined) return null;
  // Its gesture is over: typing after a redo is a gesture of its own.
  const ended = { ...entry, gesture: null };
  const { after, graphs, label } = entry;
  return { history: { past: [...history.past, ended], future: rest }, document: after, graph: graphs[1], label };
}

/** A graph that is not on the screen has another name now: every step leads to it under that one. */
export function renamedInHistory({ past, future }: History, graph: number, name: string): History {
  const renamed = new Map<PipelineDocument, PipelineDocument>();
  const withName = (document: PipelineDocument, of: number): PipelineDocument => {
    if (of !== graph || document.name === name) return document;
    const known = renamed.get(document) ?? { ...document, name };
    renamed.set(document, known);
    return known;
  };
  const rename = (entry: HistoryEntry): HistoryEntry => {
    const { before, after, graphs } = entry;
    return { ...entry, before: withName(before, graphs[0]), after: withName(after, graphs[1]) };
  };
  return { past: past.map(rename), future: future.map(rename) };
}

interface Standing {
  readonly document: PipelineDocument;
  readonly history: History;
}

/** Whether a change of the document was a step back or forth in its history. */
export function isHistoryStep({ document, history }: Standing, before: Standing): boolean {
  if (document === before.document || history === before.history) return false;
  return document === before.history.past.at(-1)?.before || document === before.history.future[0]?.after;
}
