import { defined } from '../../stream/assert.ts';
import type { LogSlice } from '../../stream/log-slice.ts';
import type { Problem } from '../../stream/problem.ts';
import type { Rejects } from '../rejects.ts';
import type { SourceProgress } from '../source-reader.ts';

/**
 * The one sequence of entries that a run is a function of, read once from its start.
 *
 * `nextSlice` gives the next 1..`maxEntries` entries, at once when they are at hand, null after the last. How the log is
 * cut never shows in what it holds: the slices of any sizes concatenate to the same entries.
 */
export interface Log {
  nextSlice(maxEntries: number): LogSlice | null | Promise<LogSlice | null>;
  /** Number of the entry that comes next. */
  readonly nextSeq: number;
  /** Puts an entry in front of everything that was not handed out yet, and says its number. */
  appendEntry(entry: ManualEntry): number;
  /** Every entry that `appendEntry` put in, for whoever wants to repeat the run. */
  readonly appended: readonly AppendedEntry[];
  progress(source: number): SourceProgress;
  rejects(source: number): Rejects;
  /** What is wrong with a source as a whole, complete once the log has ended. */
  problems(source: number): readonly Problem[];
}

/** What a user may do to a run by hand. Its processing time is that of the entry before it, a clock entry's its own. */
export interface ManualEntry {
  /** `ENTRY_WATERMARK`, `ENTRY_STATUS`, `ENTRY_CONTROL`, or `ENTRY_CLOCK` with the time to which the clock goes. */
  readonly kind: number;
  /** Index of the source in the plan, -1 for controls and the clock. */
  readonly source: number;
  readonly partition: number;
  /** As `LogSlice.payload`. */
  readonly payload: number;
}

export interface AppendedEntry extends ManualEntry {
  readonly seq: number;
}

/**
 * Puts `entry` in front of everything that was not handed out, behind what was put there before. `next` is the index in
 * `appended` of the first entry that was not handed out. What stands further back stays in front of the same row.
 */
export function insertManual(appended: AppendedEntry[], next: number, nextSeq: number, entry: ManualEntry): number {
  let waiting = 0;
  while (appended[next + waiting]?.seq === nextSeq + waiting) waiting++;
  for (let i = next + waiting; i < appended.length; i++) {
    const later = defined(appended[i], 'entry');
    appended[i] = { ...later, seq: later.seq + 1 };
  }
  const seq = nextSeq + waiting;
  appended.splice(next + waiting, 0, { ...entry, seq });
  return seq;
}
