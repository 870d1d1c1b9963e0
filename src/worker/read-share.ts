import type { Run } from './run.ts';

/**
 * How much of its log a run has taken, 0..1, as the mean over its sources; null when nobody knows. A reader is ahead of the
 * run: of what it read only what was taken counts.
 */
export function readShare(run: Run): number | null {
  if (run.isAtEnd) return 1;
  let sum = 0;
  for (let s = 0; s < run.plan.sources.length; s++) {
    const { done, total, rows } = run.log.progress(s);
    if (total === null) return null;
    const read = total === 0 ? 1 : done / total;
    sum += rows === 0 ? 0 : read * ((run.taken[s] ?? 0) / rows);
  }
  return run.plan.sources.length === 0 ? 1 : sum / run.plan.sources.length;
}
