import { useCallback } from 'react';
import type { ReactElement } from 'react';
import type { Question, ReplayShare } from '../../app/explaining.ts';
import { useRunStore } from '../../app/run-store.ts';
import { Button } from '../theme/button.tsx';
import { usePolled } from '../theme/use-polled.ts';
import styles from './explain.module.css';
import type { Answered } from './use-answer.ts';
import { cancelQuestion } from './use-answer.ts';

interface SearchingProps {
  readonly question: Question;
  /** What is being done. */
  readonly words: string;
}

/** How far the search for an answer is, and a way to end it. */
export function Searching({ question, words }: SearchingProps): ReactElement {
  const look = useCallback(
    () => useRunStore.getState().ask<ReplayShare | null>((engine) => engine.explainingProgress(question)),
    [question],
  );
  const share = usePolled(look);
  return (
    <>
      <p className={styles['note']}>{words}</p>
      {share !== null && (
        <div className={styles['searching']}>
          <progress aria-label={words} max={1} value={share.share} />
          <span>
            {Math.floor(share.share * 100)} %{share.replay > 1 && ` of replay ${String(share.replay)}`}
          </span>
          <Button isSmall onClick={() => cancelQuestion(question)}>
            Cancel
          </Button>
        </div>
      )}
    </>
  );
}

/** Where somebody ended the search. */
export function Cancelled({ answered }: { answered: Extract<Answered<unknown>, { kind: 'cancelled' }> }): ReactElement {
  return (
    <p className={styles['note']}>
      The search was cancelled.{' '}
      <Button isSmall onClick={answered.askAgain}>
        Search again
      </Button>
    </p>
  );
}
