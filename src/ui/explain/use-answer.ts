import { useEffect, useRef, useState } from 'react';
import type { EngineQuestions } from '../../app/engine-questions.ts';
import { useRunStore } from '../../app/run-store.ts';

export type Answered<Answer> =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly message: string };

const WAITING = { kind: 'waiting' } as const;

/**
 * What the engine answers to a question; asked again when `key`, which names it, changes. Null asks nothing. The last
 * answer stays while the same question is asked anew.
 */
export function useAnswer<Answer>(
  key: string | null,
  ask: (engine: EngineQuestions) => Promise<Answer>,
): Answered<Answer> {
  const [state, setState] = useState<{ readonly key: string; readonly answered: Answered<Answer> } | null>(null);
  const question = useRef(ask);
  useEffect(() => {
    question.current = ask;
  });
  useEffect(() => {
    if (key === null) return undefined;
    let isGone = false;
    const tell = (answered: Answered<Answer>): void => {
      if (!isGone) setState({ key, answered });
    };
    void useRunStore
      .getState()
      .ask((engine) => question.current(engine))
      .then(
        (answer) => tell({ kind: 'answer', answer }),
        (error: unknown) => tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
      );
    return () => {
      isGone = true;
    };
  }, [key]);
  return state !== null && state.key === key ? state.answered : WAITING;
}
