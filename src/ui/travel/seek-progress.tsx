import { useEffect, useRef } from 'react';
import type { ReactElement } from 'react';
import { goTo, useMoves } from '../../app/travel/moves.ts';
import { announce } from '../theme/announce.ts';
import { Button } from '../theme/button.tsx';
import { targetWords } from './target-words.ts';
import styles from './scrubber.module.css';

/** Of a move that takes long: where to, how far it is, and the way back. */
export function SeekProgress(): ReactElement | null {
  const move = useMoves((state) => state.move);
  const isLong = move?.isLong === true;
  const to = move?.to ?? null;
  const words = to === null ? 'Looking for it' : `Going to ${targetWords(to)}`;
  const said = useRef(words);
  useEffect(() => {
    said.current = words;
  });
  useEffect(() => {
    if (isLong) announce(`${said.current}.`, 'progress');
  }, [isLong]);
  if (move === null || !isLong) return null;
  return (
    <div className={styles['progress']}>
      <span>{words}</span>
      <progress aria-label={words} max={1} {...(move.share === null ? {} : { value: move.share })} />
      <Button isSmall onClick={() => void goTo({ by: 'seq', seq: move.fromSeq })}>
        Back
      </Button>
    </div>
  );
}
