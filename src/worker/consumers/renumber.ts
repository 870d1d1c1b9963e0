import type { InsertedEntry } from '../../sources/log/recorded-log.ts';

/**
 * The number by which entry `seq` of a log goes once other entries stand in it by hand: `before` stood there, `after` does.
 * What is put in right in front of it comes behind whoever stood there.
 */
export function renumber(seq: number, before: readonly InsertedEntry[], after: readonly InsertedEntry[]): number {
  const old = new Set(before.map(({ entry }) => entry));
  const kept = new Set(after.map(({ entry }) => entry));
  const gone = before.filter((item) => !kept.has(item.entry) && item.seq < seq).length;
  let now = seq - gone;
  for (const item of after.toSorted((a, b) => a.seq - b.seq)) if (!old.has(item.entry) && item.seq < now) now++;
  return now;
}

/** Whether the same entries stand at the same places. */
export function isAlike(a: readonly InsertedEntry[], b: readonly InsertedEntry[]): boolean {
  return a.length === b.length && a.every(({ seq, entry }, i) => b[i]?.seq === seq && b[i].entry === entry);
}
