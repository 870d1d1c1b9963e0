import { useEffect, useEffectEvent, useRef } from 'react';
import { useDocumentStore } from '../../app/document-store.ts';
import type { Problem } from '../../stream/problem.ts';
import { onSettle, useDrafts } from './drafts-store.ts';

interface DraftOptions {
  /** Names the field within its graph. */
  readonly key: string;
  /** The document's value as text. */
  readonly text: string;
  /** The document's value as text, after a submit. */
  readonly current: () => string;
  /** Applies what was typed; the reasons when it cannot be. */
  readonly submit: (text: string) => readonly Problem[];
  /** What is wrong with a text that is only applied when the field is left, or by Enter: halves of it mean something else. */
  readonly judge?: (text: string) => readonly Problem[];
}

export interface DraftField {
  readonly text: string;
  readonly problems: readonly Problem[];
  /** Whether what was typed is good and not applied yet. */
  readonly waits: boolean;
  readonly change: (text: string) => void;
  readonly leave: () => void;
  /** Applies what waits, and stays. */
  readonly commit: () => void;
  /** Puts back what was there before. False where nothing was typed. */
  readonly takeBack: () => boolean;
}

const NO_PROBLEMS: readonly Problem[] = [];

/** A text field over a parameter: applies what is good, and never takes away what is not. */
export function useDraft({ key: field, text, current, submit, judge }: DraftOptions): DraftField {
  // Copies of a graph have the same ids: what is unfinished in one is not in another.
  const graph = useDocumentStore((state) => state.graph);
  const key = `${String(graph)}:${field}`;
  const kept = useDrafts((state) => state.drafts[key]);
  const draft = kept?.basis === text ? kept : undefined;
  const entered = useRef<string | null>(null);
  const { keep, drop } = useDrafts.getState();
  const apply = (typed: string): void => {
    const problems = submit(typed);
    keep(key, { text: typed, basis: current(), problems });
  };
  const commit = (): void => {
    entered.current = null;
    const waiting = useDrafts.getState().drafts[key];
    if (judge === undefined || waiting === undefined || waiting.problems.length > 0) return;
    // The graph, or the figure, may have changed while the field was going away.
    if (useDocumentStore.getState().graph !== graph || waiting.basis !== current()) return;
    const problems = submit(waiting.text);
    if (problems.length === 0) drop(key);
    else keep(key, { ...waiting, problems });
  };
  const commitAtEnd = useEffectEvent(commit);
  useEffect(() => () => commitAtEnd(), [key]);
  useEffect(() => onSettle(() => commitAtEnd()), []);
  return {
    text: draft?.text ?? text,
    problems: draft?.problems ?? NO_PROBLEMS,
    waits: judge !== undefined && draft !== undefined && draft.problems.length === 0,
    change: (typed) => {
      entered.current ??= text;
      if (judge === undefined) apply(typed);
      else keep(key, { text: typed, basis: text, problems: judge(typed) });
    },
    leave: () => {
      commit();
      if (judge === undefined && draft !== undefined && draft.problems.length === 0) drop(key);
    },
    commit,
    takeBack: () => {
      const before = entered.current;
      if (before === null || (draft?.text ?? text) === before) return false;
      if (judge === undefined) apply(before);
      drop(key);
      return true;
    },
  };
}

/** A problem of the text itself, before it could be asked of the document. */
export function textProblem(message: string): readonly Problem[] {
  return [{ code: 'bad-text', severity: 'error', path: '', nodeId: null, message, fix: '' }];
}
