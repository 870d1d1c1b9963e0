import type { Plan } from '../pipeline/plan.ts';
import { cutSlice } from '../sources/log/cut-slice.ts';
import type { Log } from '../sources/log/log.ts';
import type { ReadFrom } from '../sources/log/log-start.ts';
import type { InsertedEntry } from '../sources/log/recorded-log.ts';
import { RecordedLog } from '../sources/log/recorded-log.ts';
import { RejectList } from '../sources/rejects.ts';
import type { LogSlice } from '../stream/log-slice.ts';
import type { RunEdits } from '../worker/edits/run-edits.ts';
import { Run } from '../worker/run.ts';

/** A log that lies in memory, read in slices of at most `entries`, every other one later. */
class SlicedLog implements Log {
  nextSeq = 0;
  readonly appended = [];
  private readonly whole: LogSlice;
  private readonly entries: number;

  constructor(whole: LogSlice, entries: number) {
    this.whole = whole;
    this.entries = entries;
  }

  nextSlice(maxEntries: number): LogSlice | null | Promise<LogSlice | null> {
    const from = this.nextSeq;
    const to = Math.min(this.whole.length, from + Math.min(maxEntries, this.entries));
    this.nextSeq = to;
    const slice = from === to ? null : cutSlice(this.whole, from, to);
    return from % 2 === 0 ? slice : Promise.resolve(slice);
  }

  appendEntry(): number {
    throw new Error('Nothing is put into a log in memory.');
  }

  progress(): ReturnType<Log['progress']> {
    return { unit: 'rows', done: this.nextSeq, total: this.whole.length, rows: 0, rejected: 0, blank: 0 };
  }

  rejects(): RejectList {
    return new RejectList();
  }

  problems(): readonly never[] {
    return [];
  }
}

export interface RecordedRunOptions {
  /** Entries of a slice that is read. */
  readonly entries?: number;
  readonly keptBytes?: number;
  readonly pointBytes?: number;
  readonly inserted?: readonly InsertedEntry[];
  /** Ms that seem to pass from one look at the clock to the next: with many of them there is a point after every round. */
  readonly tickMs?: number;
  readonly edits?: RunEdits;
  readonly from?: ReadFrom;
}

/** A run over a log in memory. */
export function recordedRun(plan: Plan, log: LogSlice, options: RecordedRunOptions = {}): Run {
  const { entries = 4096, keptBytes, pointBytes, inserted, tickMs = 0, edits, from } = options;
  let nowMs = 0;
  const recorded = new RecordedLog({
    log: new SlicedLog(log, entries),
    sources: plan.sources.length,
    reopen: () => new SlicedLog(log, entries + 1),
    ...(keptBytes === undefined ? {} : { keptBytes }),
    ...(inserted === undefined ? {} : { inserted }),
    ...(from === undefined ? {} : { from }),
  });
  const clock = (): number => (nowMs += tickMs);
  return new Run(plan, recorded, {
    clock,
    ...(pointBytes === undefined ? {} : { pointBytes }),
    ...(edits === undefined ? {} : { edits }),
  });
}
