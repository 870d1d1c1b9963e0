import { useEffect, useState } from 'react';
import type { ReactElement } from 'react';
import { changeInWords } from '../../app/document-changes.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import type { RunStatus } from '../../app/run-state.ts';
import { useRunStore } from '../../app/run-store.ts';
import type { Problem } from '../../stream/problem.ts';
import { keepFocus } from '../canvas/keep-focus.ts';
import { announce, useAnnouncement } from '../theme/announce.ts';
import controls from '../theme/controls.module.css';
import { formatCount } from '../theme/format.ts';
import { useAllProblems } from '../timeline/use-all-problems.ts';

/** Reads out what was done to the graph, and how the run stands. */
export function Announcements(): ReactElement {
  const { text, count } = useAnnouncement();
  useEffect(() => {
    const stops = [announceChanges(), announceRun(), keepFocus()];
    return () => stops.forEach((stop) => stop());
  }, []);
  return (
    <>
      <p role="status" className={controls['visuallyHidden']} data-announcements>
        <span key={count}>{text}</span>
      </p>
      <p role="status" className={controls['visuallyHidden']} data-problem-count>
        {useProblemCount()}
      </p>
    </>
  );
}

/** Whoever types is not told of every half word. */
const SETTLED_MS = 1_000;

/** How many problems there are, once that has changed and stays so. */
function useProblemCount(): string {
  const words = countInWords(useAllProblems());
  const [told, setTold] = useState({ words, isNews: false });
  useEffect(() => {
    const timer = setTimeout(() => {
      setTold((before) => (before.words === words ? before : { words, isNews: true }));
    }, SETTLED_MS);
    return () => clearTimeout(timer);
  }, [words]);
  return told.isNews ? told.words : '';
}

function countInWords(problems: readonly Problem[]): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  const parts = [
    ...(errors === 0 ? [] : [errors === 1 ? '1 error' : `${String(errors)} errors`]),
    ...(warnings === 0 ? [] : [warnings === 1 ? '1 warning' : `${String(warnings)} warnings`]),
  ];
  return parts.length === 0 ? 'No problem.' : `${parts.join(', ')}.`;
}

function announceChanges(): () => void {
  return useDocumentStore.subscribe((state, before) => {
    const words = changeInWords(before, state);
    if (words !== null) announce(words);
  });
}

function announceRun(): () => void {
  return useRunStore.subscribe(({ status, position }, before) => {
    // A run that was opened anew, or went elsewhere, stands: that is not what was done.
    const isNews = status.kind !== 'paused' || before.status.kind === 'running';
    if (status.kind === before.status.kind || !isNews) return;
    const words = runInWords(status, position.rows);
    if (words !== null) announce(words, status.kind === 'failed' ? 'urgent' : 'news');
  });
}

function runInWords(status: RunStatus, rows: number): string | null {
  switch (status.kind) {
    case 'running':
      return 'Running.';
    case 'paused':
      return rows === 0 ? null : `Paused after ${eventsInWords(rows)}.`;
    case 'ended':
      return `The run ended after ${eventsInWords(rows)}.`;
    case 'failed':
      return `The run stopped. ${status.failure.message} ${status.failure.fix}`;
    case 'idle':
    case 'loading':
      return null;
  }
}

function eventsInWords(rows: number): string {
  return rows === 1 ? '1 event' : `${formatCount(rows)} events`;
}
