import type { Nudge } from '../worker/explain-protocol.ts';
import type { Standing } from '../worker/lab-protocol.ts';
import type { SeekRequest } from '../worker/travel-protocol.ts';
import type { JournalItem, RunJournal } from './run-journal.ts';
import { entriesBefore, entryBehind } from './run-journal.ts';

/** What became, in a run that was begun anew, of what had been done to the one before by hand. */
export interface Carried {
  /** Which number an entry of the run before has in it. */
  readonly numberOf: (seq: number) => number;
  /** What was put in by hand and has no place in it. */
  readonly lost: readonly Nudge[];
  /** How many edits of the run before hold from its first entry on now. */
  readonly edits: number;
}

/** What it takes of the engine. */
interface Hands {
  readonly seek: (request: SeekRequest) => Promise<unknown>;
  readonly standing: () => Promise<Standing>;
  readonly nudge: (nudges: readonly Nudge[]) => Promise<Standing | null>;
}

/**
 * Puts into a run what was put into the one before by hand, in front of the same events: `placed`, in the order of the log.
 * Where the log up to there is another one there is no such place. Edits are not made again: what the run is of has them.
 * `journal` is that of the new run, into which `engine` writes what it puts in.
 */
export async function carryOver(engine: Hands, placed: readonly JournalItem[], journal: RunJournal): Promise<Carried> {
  const lost: Nudge[] = [];
  for (const { seq: before, atMs, done } of placed) {
    if (done.kind === 'edit') continue;
    const seq = entryBehind(journal.all, before - entriesBefore(placed, before));
    await engine.seek({ to: { by: 'seq', seq }, plays: false });
    const standing = await engine.standing();
    const isThere = standing.seq === seq && standing.processingTimeMs === atMs;
    if (!isThere || (await engine.nudge(done.nudges)) === null) lost.push(...done.nudges);
  }
  return {
    numberOf: (seq) => entryBehind(journal.all, seq - entriesBefore(placed, seq)),
    lost,
    edits: placed.filter(({ done }) => done.kind === 'edit').length,
  };
}
