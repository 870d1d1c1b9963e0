import type { PipelineDocument } from '../pipeline/document.ts';
import type { Nudge } from '../worker/explain-protocol.ts';

/** What was done to a run by hand where so many entries were taken, all that was done further ahead included. */
export interface JournalItem {
  readonly seq: number;
  /** How far processing time had come there; null before the first entry. */
  readonly atMs: number | null;
  readonly done:
    | { readonly kind: 'edit'; readonly document: PipelineDocument }
    | { readonly kind: 'nudge'; readonly nudges: readonly Nudge[] };
}

type Place = Pick<JournalItem, 'seq' | 'atMs'>;

/** How many entries of the log in front of entry `seq` were put in by hand. */
export function entriesBefore(items: readonly JournalItem[], seq: number): number {
  return items.filter((item) => item.seq < seq).reduce((sum, item) => sum + entriesOf(item), 0);
}

/** Which entry it is that stood at `place` of a log before these were put into it by hand, in the order of the log. */
export function entryBehind(items: readonly JournalItem[], place: number): number {
  return items.reduce((seq, item) => (item.seq <= seq ? seq + entriesOf(item) : seq), place);
}

function entriesOf({ done }: JournalItem): number {
  return done.kind === 'edit' ? 1 : done.nudges.length;
}

/** What it takes, in the order of the log, to make a run once more what it has come to be. */
export class RunJournal {
  private items: readonly JournalItem[] = [];

  get all(): readonly JournalItem[] {
    return this.items;
  }

  clear(): void {
    this.items = [];
  }

  /** An edit is an entry of the log; it takes back the edits that the run had not come to. */
  edited({ seq, atMs }: Place, document: PipelineDocument): void {
    const isTakenBack = (item: JournalItem): boolean => item.done.kind === 'edit' && item.seq >= seq;
    let gone = 0;
    const kept = this.items.flatMap((item) => {
      if (!isTakenBack(item)) return [{ ...item, seq: item.seq - gone }];
      gone++;
      return [];
    });
    this.items = kept;
    this.put({ seq, atMs, done: { kind: 'edit', document } });
  }

  /** Each nudge is an entry of the log. */
  nudged({ seq, atMs }: Place, nudges: readonly Nudge[]): void {
    this.put({ seq, atMs, done: { kind: 'nudge', nudges } });
  }

  /** What stood at this place comes after it. */
  private put(item: JournalItem): void {
    const entries = entriesOf(item);
    const before = this.items.filter(({ seq }) => seq < item.seq);
    const after = this.items.filter(({ seq }) => seq >= item.seq);
    this.items = [...before, item, ...after.map((other) => ({ ...other, seq: other.seq + entries }))];
  }
}
