import { assert, defined } from '../../stream/assert.ts';
import type { LogSlice } from '../../stream/log-slice.ts';
import { ENTRY_CLOCK } from '../../stream/log-slice.ts';
import type { Problem } from '../../stream/problem.ts';
import type { ProcessingTimeMs } from '../../stream/time.ts';
import type { Rejects } from '../rejects.ts';
import type { SourceProgress } from '../source-reader.ts';
import { shiftSlice } from './copy-slice.ts';
import { cutSlice } from './cut-slice.ts';
import type { KeptSlice } from './kept-slices.ts';
import { KeptSlices, SecondReading } from './kept-slices.ts';
import type { Log, ManualEntry } from './log.ts';
import type { ReadFrom } from './log-start.ts';
import { LogStart } from './log-start.ts';
import { singleEntry } from './slice-builder.ts';

/** Bytes of slices that are kept. */
const KEPT_BYTES = 256 * 1024 * 1024;

/** An entry that was put in by hand, with its number. */
export interface InsertedEntry {
  readonly seq: number;
  readonly atMs: ProcessingTimeMs;
  readonly entry: ManualEntry;
}

export interface RecordedLogOptions {
  /** Not read yet, and free to use its arrays again once another slice is asked for. */
  readonly log: Log;
  readonly sources: number;
  /** Opens the same log from its start. Asked only when more was read than is kept. Throws where that cannot be. */
  readonly reopen: () => Log;
  /** What was put into an earlier run by hand, to be repeated here. */
  readonly inserted?: readonly InsertedEntry[];
  readonly keptBytes?: number;
  /** Entries that come before are left out; all are read when this is. */
  readonly from?: ReadFrom;
}

/**
 * A log that can be read as often as one likes, from any entry: each cursor by itself. What is put in by hand stands in
 * front of the sources' own entries, which are then numbered higher by one.
 */
export class RecordedLog {
  private readonly options: RecordedLogOptions;
  private readonly kept: KeptSlices;
  private manual: readonly InsertedEntry[];
  /** Null where all is read. */
  readonly start: LogStart | null;

  /** `kept` is for a log that shares what another one keeps. */
  constructor(options: RecordedLogOptions, kept?: KeptSlices) {
    this.options = options;
    this.kept = kept ?? new KeptSlices(options.log, options.sources, options.keptBytes ?? KEPT_BYTES);
    this.manual = options.inserted ?? [];
    this.start = options.from === undefined ? null : new LogStart(options.from);
  }

  /** The sources' entries, kept once for both, for a reader that puts in entries of its own, or begins elsewhere. */
  fork(inserted: readonly InsertedEntry[] = this.manual, from: ReadFrom | undefined = this.options.from): RecordedLog {
    return new RecordedLog({ ...this.options, inserted, ...(from === undefined ? {} : { from }) }, this.kept);
  }

  /** Everything that was put in by hand, for whoever wants to repeat the run. */
  get inserted(): readonly InsertedEntry[] {
    return this.manual;
  }

  /** Number of the first entry that no cursor has come to yet; entries put in by hand count. */
  get end(): number {
    let end = this.kept.end;
    for (const { seq } of this.manual) if (seq <= end) end++;
    return end;
  }

  /** Puts `entry` in front of the entry that has number `seq`, at a processing time at which the one before it stands. */
  insert(entry: ManualEntry, seq: number, atMs: ProcessingTimeMs): void {
    const at = this.manual.findIndex((other) => other.seq >= seq);
    const place = at < 0 ? this.manual.length : at;
    const later = this.manual.slice(place).map((other) => ({ ...other, seq: other.seq + 1 }));
    this.manual = [...this.manual.slice(0, place), { seq, atMs, entry }, ...later];
  }

  /** Takes back what was put in as entry `seq`. */
  remove(seq: number): void {
    assert(
      this.manual.some((other) => other.seq === seq),
      'an entry that was put in',
    );
    this.manual = this.manual.flatMap((other) => {
      if (other.seq === seq) return [];
      return [other.seq < seq ? other : { ...other, seq: other.seq - 1 }];
    });
  }

  cursor(seq = 0): LogCursor {
    return new LogCursor({ log: this, kept: this.kept, options: this.options }, seq);
  }

  progress(source: number): SourceProgress {
    return this.options.log.progress(source);
  }

  rejects(source: number): Rejects {
    return this.options.log.rejects(source);
  }

  problems(source: number): readonly Problem[] {
    return this.options.log.problems(source);
  }
}

interface Recording {
  readonly log: RecordedLog;
  readonly kept: KeptSlices;
  readonly options: RecordedLogOptions;
}

/** Reads a recorded log from any of its entries on. */
export class LogCursor {
  private readonly recording: Recording;
  private next: number;
  private again: SecondReading | null = null;
  private rejectedCounts: readonly number[] | null = null;

  constructor(recording: Recording, seq: number) {
    this.recording = recording;
    this.next = seq;
  }

  /** Number of the entry that comes next. */
  get nextSeq(): number {
    return this.next;
  }

  /** Records that each source had rejected when the last slice was read; null before the first. */
  get rejected(): readonly number[] | null {
    const { start } = this.recording.log;
    if (start === null || this.rejectedCounts === null) return this.rejectedCounts;
    return this.rejectedCounts.map((count, s) => Math.max(0, count - start.rejectedBefore(s)));
  }

  moveTo(seq: number): void {
    this.next = seq;
  }

  /** The next 1..`maxEntries` entries, at once when they are at hand; null after the last. */
  nextSlice(maxEntries: number): LogSlice | null | Promise<LogSlice | null> {
    const { manual, shift, limit, clockMs } = this.around();
    if (manual !== null) {
      const atMs = Math.max(manual.atMs, clockMs);
      return this.handOut(singleEntry(manual.entry, this.next, atMs, this.recording.options.sources));
    }
    const base = this.next - shift;
    const found = this.find(base);
    const cut = (kept: KeptSlice | null): LogSlice | null => {
      if (kept === null) return null;
      this.rejectedCounts = kept.rejected;
      this.recording.log.start?.noteRejects(kept.slice, kept.rejected);
      const from = base - kept.slice.firstSeq;
      const to = Math.min(kept.slice.length, from + Math.min(maxEntries, limit));
      return this.handOut(notBefore(shiftSlice(cutSlice(kept.slice, from, to), shift), clockMs));
    };
    return found instanceof Promise ? found.then(cut) : cut(found);
  }

  private find(base: number): KeptSlice | null | Promise<KeptSlice | null> {
    const { kept, options } = this.recording;
    if (base >= kept.end) return this.readOn(base);
    if (base >= kept.start) {
      this.again = null;
      return kept.find(base);
    }
    if (this.again?.reaches(base) !== true) this.again = new SecondReading(options.reopen(), options.sources);
    return this.again.find(base);
  }

  private readOn(base: number): KeptSlice | null | Promise<KeptSlice | null> {
    const { kept } = this.recording;
    for (;;) {
      const read = kept.read();
      if (read instanceof Promise) return read.then((slice) => (slice === null ? null : this.find(base)));
      if (read === null || base < kept.end) return read;
    }
  }

  /** What was put in by hand here, and around here. */
  private around(): { manual: InsertedEntry | null; shift: number; limit: number; clockMs: ProcessingTimeMs } {
    let shift = 0;
    let limit = Infinity;
    let clockMs = -Infinity;
    let manual: InsertedEntry | null = null;
    for (const inserted of this.recording.log.inserted) {
      if (inserted.seq < this.next) {
        shift++;
        if (inserted.entry.kind === ENTRY_CLOCK) clockMs = Math.max(clockMs, inserted.entry.payload);
      } else if (inserted.seq === this.next) manual = inserted;
      else limit = Math.min(limit, inserted.seq - this.next);
    }
    return { manual, shift, limit, clockMs };
  }

  private handOut(read: LogSlice): LogSlice {
    const slice = this.recording.log.start?.firstOf(read) ?? read;
    this.next = slice.firstSeq + slice.length;
    return slice;
  }
}

/** Processing time does not go back behind a clock that was moved by hand. */
function notBefore(slice: LogSlice, clockMs: ProcessingTimeMs): LogSlice {
  if (defined(slice.at[0], 'an entry') >= clockMs) return slice;
  return { ...slice, at: slice.at.map((atMs) => Math.max(atMs, clockMs)) };
}
