import type { Mutant } from '../mutant.ts';

const sortKey = 'src/operators/shared/ranking/sort-key.ts';
const keptKeys = 'src/operators/shared/ranking/kept-keys-state.ts';
const topN = 'src/operators/top-n/running-kernel.ts';
const changes = 'src/operators/top-n/rank-changes-buffer.ts';
const dedup = 'src/operators/dedup/running-kernel.ts';
const over = 'src/operators/over/kernel.ts';
const timers = 'src/operators/over/frame-timers-state.ts';

/** Ranks, one row of each key, and rows with what came before them. */
export const faultsOfRankings: readonly Mutant[] = [
  {
    id: 'dedup-last-strictly',
    file: dedup,
    fault: 'Of two rows with the same time the earlier stays the last one.',
    old: "keep === 'first' ? orderMs < keptMs : orderMs >= keptMs;",
    new: "keep === 'first' ? orderMs < keptMs : orderMs > keptMs;",
  },
  {
    id: 'dedup-equal-rows-told',
    file: dedup,
    fault: 'A last row that says nothing new comes out too.',
    old: 'return this.skipsEqual && before.identity === identity;',
    new: 'return false;',
  },
  {
    id: 'dedup-window-keeps-earlier',
    file: 'src/operators/dedup/kernel.ts',
    fault: 'The last row of a window is the earlier of two with the same time.',
    old: "keep === 'first' ? ('earlier' as const) : ('later' as const)",
    new: "keep === 'first' ? ('earlier' as const) : ('earlier' as const)",
  },
  {
    id: 'rank-ties-by-last',
    file: sortKey,
    fault: 'Of equal rows the one that came last is the better.',
    old: 'return placeWhere(rows, (other) => compare(other, key) <= 0);',
    new: 'return placeWhere(rows, (other) => compare(other, key) < 0);',
  },
  {
    id: 'rank-null-largest',
    file: sortKey,
    fault: 'NULL comes behind all values.',
    old: 'return a === b ? 0 : a === null ? -1 : 1;',
    new: 'return a === b ? 0 : a === null ? 1 : -1;',
  },
  {
    id: 'rank-nobody-moves-up',
    file: changes,
    fault: 'A row that is taken back makes no room for the next.',
    old: 'if (count > to) this.tell(rows[to]!, to, INSERT, cause);',
    new: '',
  },
  {
    id: 'rank-deletes-behind',
    file: changes,
    fault: 'The row that falls out is told after the one that comes in.',
    old: `      if (count >= to) this.tell(rows[to - 1]!, to, DELETE, cause);
      this.tell(row, place + 1, INSERT, cause);`,
    new: `      this.tell(row, place + 1, INSERT, cause);
      if (count >= to) this.tell(rows[to - 1]!, to, DELETE, cause);`,
  },
  {
    id: 'rank-best-by-last',
    file: topN,
    fault: 'A row as good as the best takes its place.',
    old: 'this.state.compare(sortKey, best.sortKey) >= 0',
    new: 'this.state.compare(sortKey, best.sortKey) > 0',
  },
  {
    id: 'kept-a-moment-longer',
    file: keptKeys,
    fault: 'State outlives its time by a millisecond.',
    old: 'if (state.writtenAtMs + this.ttlMs > nowMs) return;',
    new: 'if (state.writtenAtMs + this.ttlMs >= nowMs) return;',
  },
  {
    id: 'over-late-by-watermark',
    file: over,
    fault: 'In a bounded frame a row at the watermark is late too.',
    old: 'return this.isUnbounded ? timeMs <= watermark :',
    new: 'return this.isUnbounded || timeMs <= watermark ? timeMs <= watermark :',
  },
  {
    id: 'over-frame-too-short',
    file: over,
    fault: 'A frame of rows has one row less.',
    old: 'if (key.frame.length > this.bound.precedingRows)',
    new: 'if (key.frame.length >= Math.max(1, this.bound.precedingRows))',
  },
  {
    id: 'over-start-excluded',
    file: over,
    fault: 'The start of a frame of time is not in it.',
    old: 'key.frame[0]!.timeMs < fromMs)',
    new: 'key.frame[0]!.timeMs <= fromMs)',
  },
  {
    id: 'over-peers-apart',
    file: over,
    fault: 'Rows of the same time do not see each other in a frame of all times.',
    old: "const sharesValue = frame === 'range' || frame === 'range-unbounded';",
    new: "const sharesValue = frame === 'range';",
  },
  {
    id: 'over-cleans-up-twice',
    file: timers,
    fault: 'A clean-up that was put off still forgets the key.',
    old: 'if (key.cleanups.length === 0) gone.push(key);',
    new: 'if (key.cleanups.length <= 1) gone.push(key);',
  },
];
