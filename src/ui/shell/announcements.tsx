import { useEffect } from 'react';
import type { ReactElement } from 'react';
import { changeInWords } from '../../app/document-changes.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import type { RunStatus } from '../../app/run-state.ts';
import { useRunStore } from '../../app/run-store.ts';
import { keepFocus } from '../canvas/keep-focus.ts';
import { announce, useAnnouncement } from '../theme/announce.ts';
import controls from '../theme/controls.module.css';
import { formatCount } from '../theme/format.ts';

/** Reads out what was done to the graph, and how the run stands. */
export function Announcements(): ReactElement {
  const { text, count } = useAnnouncement();
  useEffect(() => {
    const stops = [announceChanges(), announceRun(), keepFocus()];
    return () => stops.forEach((stop) => stop());
  }, []);
  return (
    <p role="status" className={controls['visuallyHidden']} data-announcements>
      <span key={count}>{text}</span>
    </p>
  );
}

function announceChanges(): () => void {
  return useDocumentStore.subscribe((state, before) => {
    const words = changeInWords(before, state);
    if (words !== null) announce(words);
  });
}

function announceRun(): () => void {
  return useRunStore.subscribe(({ status, position }, before) => {
    if (status.kind === before.status.kind) return;
    const words = runInWords(status, position.rows);
    if (words !== null) announce(words);
  });
}

function runInWords(status: RunStatus, rows: number): string | null {
  switch (status.kind) {
    case 'running':
      return 'Running.';
    case 'paused':
      return rows === 0 ? null : `Paused after ${formatCount(rows)} events.`;
    case 'ended':
      return `The run ended after ${formatCount(rows)} events.`;
    case 'failed':
      return `The run stopped. ${status.failure.message} ${status.failure.fix}`;
    case 'idle':
    case 'loading':
      return null;
  }
}
