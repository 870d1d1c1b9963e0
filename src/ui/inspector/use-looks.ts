import { useEffect, useRef, useState } from 'react';
import { lookedAt } from '../../app/looked-at.ts';
import { useRunStore } from '../../app/run-store.ts';

/** Least time between two looks while a run goes on. */
const PAUSE_MS = 400;

/**
 * What the engine says when it is asked again and again: after each frame, but not too often. `name` tells the questions apart.
 * While `isHeld` the last answer stays, so that it can be read.
 */
export function useLooks<Answer>(name: string, ask: () => Promise<Answer>, isHeld = false): Answer | null {
  const [look, setLook] = useState<{ readonly key: string; readonly answer: Answer } | null>(null);
  const seq = useRunStore((state) => lookedAt(state).seq);
  const kind = useRunStore((state) => lookedAt(state).status.kind);
  const key = useRunStore(({ through }) => `${name} ${through?.consumer ?? ''}`);
  const asked = useRef({ key: '', atMs: -Infinity });
  const question = useRef(ask);
  useEffect(() => {
    question.current = ask;
  });
  useEffect(() => {
    if (isHeld || kind === 'idle' || kind === 'loading') return undefined;
    let isGone = false;
    const sinceMs = asked.current.key === key ? performance.now() - asked.current.atMs : Infinity;
    const timer = setTimeout(
      () => {
        asked.current = { key, atMs: performance.now() };
        void question.current().then((answer) => {
          if (!isGone) setLook({ key, answer });
        });
      },
      Math.max(0, PAUSE_MS - sinceMs),
    );
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [key, seq, kind, isHeld]);
  return look?.key === key ? look.answer : null;
}
