import type { EditWords } from './live-edit-words.ts';

const COUNT = new Intl.NumberFormat('en-US');

/** What is said of a run that was brought back to where so many entries were taken. */
export function recoveryWords(seq: number): EditWords {
  const place = seq === 0 ? 'its start' : `event #${COUNT.format(seq)}`;
  return {
    title: 'The engine stopped unexpectedly',
    text: `It was started again, and the run was brought back to ${place}.`,
  };
}
