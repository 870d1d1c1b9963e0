import { ROUND_ENTRIES } from '../engine/limits.ts';

const FEWEST_ENTRIES = 16;
/** A round longer than this is followed by a shorter one, so that commands never wait for long. */
const LONG_ROUND_MS = 6;

/** How many entries a round may take at most for the clock's sake; the engine has a word of its own. */
export class RoundSize {
  entries = ROUND_ENTRIES;

  took(tookMs: number, wasFull: boolean): void {
    if (tookMs > LONG_ROUND_MS) this.entries = Math.max(FEWEST_ENTRIES, this.entries >> 1);
    else if (wasFull && tookMs < LONG_ROUND_MS / 3) this.entries = Math.min(ROUND_ENTRIES, this.entries * 2);
  }
}
