import { useEffect, useState } from 'react';

/** Between two looks at how far something has come: what is done sooner shows no bar. */
const LOOK_MS = 250;

/**
 * The newest answer to what is asked again and again as long as it is shown; null before the first. Where none can be had the
 * last one stays. `ask` is asked from its beginning when it is another function.
 */
export function usePolled<Answer>(ask: () => Promise<Answer>): Answer | null {
  const [answered, setAnswered] = useState<{ readonly ask: unknown; readonly answer: Answer } | null>(null);
  useEffect(() => {
    let isGone = false;
    const timer = setInterval(() => {
      void ask().then(
        (answer) => {
          if (!isGone) setAnswered({ ask, answer });
        },
        () => undefined,
      );
    }, LOOK_MS);
    return () => {
      isGone = true;
      clearInterval(timer);
    };
  }, [ask]);
  return answered?.ask === ask ? answered.answer : null;
}
