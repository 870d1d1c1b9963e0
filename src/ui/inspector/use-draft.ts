import { useDocumentStore } from '../../app/document-store.ts';
import type { Problem } from '../../stream/problem.ts';
import { useDrafts } from './drafts-store.ts';

interface DraftOptions {
  /** Names the field within its graph. */
  readonly key: string;
  /** The document's value as text. */
  readonly text: string;
  /** The document's value as text, after a submit. */
  readonly current: () => string;
  /** Applies what was typed; the reasons when it cannot be. */
  readonly submit: (text: string) => readonly Problem[];
}

export interface DraftField {
  readonly text: string;
  readonly problems: readonly Problem[];
  readonly change: (text: string) => void;
  readonly leave: () => void;
}

const NO_PROBLEMS: readonly Problem[] = [];

/** A text field over a parameter: applies what is good at once, and never takes away what is not. */
export function useDraft({ key: field, text, current, submit }: DraftOptions): DraftField {
  // Copies of a graph have the same ids: what is unfinished in one is not in another.
  const graph = useDocumentStore((state) => state.graph);
  const key = `${String(graph)}:${field}`;
  const kept = useDrafts((state) => state.drafts[key]);
  const draft = kept?.basis === text ? kept : undefined;
  return {
    text: draft?.text ?? text,
    problems: draft?.problems ?? NO_PROBLEMS,
    change: (typed) => {
      const problems = submit(typed);
      useDrafts.getState().keep(key, { text: typed, basis: current(), problems });
    },
    leave: () => {
      if (draft !== undefined && draft.problems.length === 0) useDrafts.getState().drop(key);
    },
  };
}

/** A problem of the text itself, before it could be asked of the document. */
export function textProblem(message: string): readonly Problem[] {
  return [{ code: 'bad-text', severity: 'error', path: '', nodeId: null, message, fix: '' }];
}
