import type { Mutant } from '../mutant.ts';

const cached = 'src/operators/join-interval/cached-kernel.ts';
const caches = 'src/operators/join-interval/caches-state.ts';
const windowed = 'src/operators/join-window/kernel.ts';

/** Flink SQL's joins of rows that are near in time, and both dialects' joins within windows. */
export const faultsOfSqlJoins: readonly Mutant[] = [
  {
    id: 'join-not-held-back',
    file: 'src/operators/join-interval/held-back.ts',
    fault: 'The watermark behind an interval join is that before it, and results are late.',
    old: 'watermarks: curve.watermarks.map((watermark) => watermark - byMs)',
    new: 'watermarks: curve.watermarks',
  },
  {
    id: 'join-pads-matched',
    file: cached,
    fault: 'A row that met a partner comes out padded too when it is forgotten.',
    old: 'if (!isMatched && this.isOuter[side]) this.emit(',
    new: 'if (this.isOuter[side]) this.emit(',
  },
  {
    id: 'join-waits-too-long',
    file: cached,
    fault: 'A row waits for partners that can no longer come.',
    old: 'if (nowMs < lastMs) {',
    new: 'if (nowMs <= lastMs) {',
  },
  {
    id: 'join-cleans-up-at-once',
    file: cached,
    fault: 'Rows do not stay for the clean-up interval.',
    old: 'this.reachMs[cache.side] + minCleanupMs + latenessMs + 1',
    new: 'this.reachMs[cache.side] + latenessMs + 1',
  },
  {
    id: 'join-expiry-lost',
    file: cached,
    fault: 'A snapshot lacks up to where the right side was forgotten.',
    old: 'this.expiredMs[1] = reader.f64();',
    new: 'reader.f64();',
  },
  {
    id: 'join-timers-out-of-order',
    file: caches,
    fault: 'After a restart the timers of one time go off in another order.',
    old: 'const timers = [...this.timers].sort((a, b) => a.timerMs - b.timerMs);',
    new: 'const timers = [...this.timers].reverse().sort((a, b) => a.timerMs - b.timerMs);',
  },
  {
    id: 'window-join-late-by-one',
    file: windowed,
    fault: 'A row is taken by a window that this very watermark completed.',
    old: 'this.rules.cleanupAt(endMs, this.latenessMs) <= watermark;',
    new: 'this.rules.cleanupAt(endMs, this.latenessMs) < watermark;',
  },
  {
    id: 'window-join-anti-is-semi',
    file: windowed,
    fault: 'An anti join gives the rows that have a partner.',
    old: "partners.length > 0 === (kind === 'semi')",
    new: 'partners.length > 0',
  },
  {
    id: 'window-join-null-is-known',
    file: 'src/operators/join-window/pair-matching.ts',
    fault: 'NOT IN takes NULL for a value that differs from every other.',
    old: '(!isSafe && (a === null || b === null)) ||',
    new: '',
  },
  {
    id: 'window-join-right-rows-lost',
    file: windowed,
    fault: 'A full join lacks the right rows without partner.',
    old: "if (kind === 'full') for (const other of window.rows[1]) if (!met.has(other)) give(NO_ROW, other);",
    new: '',
  },
];
