import { useCallback, useEffect, useRef, useState } from 'react';
import type { EngineQuestions } from '../../app/engine-questions.ts';
import type { Question } from '../../app/explaining.ts';
import { useRunStore } from '../../app/run-store.ts';

export type Answered<Answer> =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly message: string }
  /** Somebody did not want to wait. */
  | { readonly kind: 'cancelled'; readonly askAgain: () => void };

const WAITING = { kind: 'waiting' } as const;

/**
 * What the engine answers to a question; asked again when `name` changes, and when another run is looked at. Null asks
 * nothing. The last answer stays while the same question is asked anew. With `cancels` nobody else waits for the answer: the
 * search for it ends as soon as it is not shown any more.
 */
export function useAnswer<Answer>(
  name: string | null,
  ask: (engine: EngineQuestions) => Promise<Answer>,
  cancels?: Question,
): Answered<Answer> {
  const key = useRunStore(({ through }) => (name === null ? null : `${name} ${through?.consumer ?? ''}`));
  const [state, setState] = useState<{ readonly key: string; readonly answered: Answered<Answer> } | null>(null);
  const [attempt, setAttempt] = useState(0);
  const question = useRef(ask);
  useEffect(() => {
    question.current = ask;
  });
  const askAgain = useCallback(() => {
    setState(null);
    setAttempt((before) => before + 1);
  }, []);
  useEffect(() => {
    if (key === null) return undefined;
    let isGone = false;
    let isAnswered = false;
    const tell = (answered: Answered<Answer>): void => {
      isAnswered = true;
      if (!isGone) setState({ key, answered });
    };
    void useRunStore
      .getState()
      .ask((engine) => question.current(engine))
      .then(
        (answer) => tell({ kind: 'answer', answer }),
        (error: unknown) => tell(isAbort(error) ? { kind: 'cancelled', askAgain } : failed(error)),
      );
    return () => {
      isGone = true;
      if (cancels !== undefined && !isAnswered) cancelQuestion(cancels);
    };
  }, [key, attempt, askAgain, cancels]);
  return state !== null && state.key === key ? state.answered : WAITING;
}

export function cancelQuestion(question: Question): void {
  // Without an engine there is nothing to end.
  void useRunStore
    .getState()
    .ask((engine) => engine.cancelExplaining(question))
    .catch(() => undefined);
}

function failed(error: unknown): Answered<never> {
  return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
