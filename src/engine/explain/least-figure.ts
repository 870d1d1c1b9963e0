import type { DurationMs } from '../../stream/time.ts';

export interface FigureSearch {
  /** A figure for which the answer is known to be no. */
  readonly fromMs: DurationMs;
  /** Near which the answer is thought to change, above `fromMs`. */
  readonly guessMs: DurationMs;
  /** The greatest figure there is. */
  readonly limitMs: DurationMs;
}

/** Away from the guess: 1, 1, 8, 64 ms … */
function* steps(): Generator<DurationMs, never> {
  yield 1;
  for (let stepMs = 1; ; stepMs *= 8) yield stepMs;
}

/**
 * The figure beyond which the answer is yes, in whole ms; null where no figure makes it so. Each answer takes a run over the
 * log: with a guess that is right two are asked for, or three where it is 1 ms off; that there is none takes two.
 */
export async function figureBelow(
  isKept: (figureMs: DurationMs) => Promise<boolean>,
  { fromMs, guessMs, limitMs }: FigureSearch,
): Promise<DurationMs | null> {
  if (fromMs >= limitMs) return null;
  let low = fromMs;
  let high = Math.min(limitMs, Math.max(fromMs, guessMs) + 1);
  const isBelow = await isKept(high);
  if (!isBelow) {
    if (high === limitMs || !(await isKept(limitMs))) return null;
    low = high;
    high = limitMs;
  }
  for (const stepMs of steps()) {
    const next = isBelow ? high - stepMs : low + stepMs;
    if (next <= low || next >= high) break;
    const isEnough = await isKept(next);
    if (isEnough) high = next;
    else low = next;
    if (isEnough !== isBelow) break;
  }
  while (high - low > 1) {
    const middle = low + Math.floor((high - low) / 2);
    if (await isKept(middle)) high = middle;
    else low = middle;
  }
  return low;
}
