import type { LogSlice } from '../../stream/log-slice.ts';
import { copySlice, dictionariesOf, sliceBytes } from './copy-slice.ts';
import type { Log } from './log.ts';

/** Most entries of a slice that is kept. */
const SLICE_ENTRIES = 4_096;

/** A stretch of a log, and how many records its sources had rejected when it was read. */
export interface KeptSlice {
  readonly slice: LogSlice;
  readonly rejected: readonly number[];
}

interface Kept extends KeptSlice {
  readonly bytes: number;
}

type OrLater<T> = T | Promise<T>;

/**
 * What was read of a log, as far as it fits into `mostBytes`: the newest slices. What is older can be read again, from a log
 * that is opened anew.
 */
export class KeptSlices {
  /** Number of the entry that was not read yet. */
  end = 0;
  private readonly log: Log;
  private readonly sources: number;
  private readonly mostBytes: number;
  private kept: Kept[] = [];
  private bytes = 0;
  private reading: Promise<KeptSlice | null> | null = null;
  /** How much of each dictionary was counted. */
  private readonly counted = new WeakMap<readonly unknown[], number>();

  constructor(log: Log, sources: number, mostBytes: number) {
    this.log = log;
    this.sources = sources;
    this.mostBytes = mostBytes;
  }

  /** The entries from this number on are at hand, up to `end`. */
  get start(): number {
    return this.kept[0]?.slice.firstSeq ?? this.end;
  }

  /** The kept slice that holds entry `seq`, which is at least `start` and less than `end`. */
  find(seq: number): KeptSlice | null {
    let low = 0;
    let high = this.kept.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.kept[middle]?.slice.firstSeq ?? Infinity) <= seq) low = middle + 1;
      else high = middle;
    }
    return this.kept[low - 1] ?? null;
  }

  /** The slice that begins at `end`; null where the log ends. */
  read(): OrLater<KeptSlice | null> {
    if (this.reading !== null) return this.reading;
    const next = this.log.nextSlice(SLICE_ENTRIES);
    if (!(next instanceof Promise)) return this.keep(next);
    this.reading = next.then((slice) => this.keep(slice)).finally(() => (this.reading = null));
    return this.reading;
  }

  private keep(read: LogSlice | null): KeptSlice | null {
    if (read === null) return null;
    const slice = copySlice(read);
    const kept = { slice, rejected: rejectedOf(this.log, this.sources), bytes: this.bytesOf(slice) };
    this.kept.push(kept);
    this.end = slice.firstSeq + slice.length;
    this.bytes += kept.bytes;
    let gone = 0;
    while (this.bytes > this.mostBytes && gone < this.kept.length - 1) this.bytes -= this.kept[gone++]?.bytes ?? 0;
    if (gone > 0) this.kept = this.kept.slice(gone);
    return kept;
  }

  private bytesOf(slice: LogSlice): number {
    let bytes = sliceBytes(slice);
    for (const dictionary of dictionariesOf(slice)) {
      for (let i = this.counted.get(dictionary) ?? 0; i < dictionary.length; i++)
        bytes += 2 * (dictionary[i]?.length ?? 0);
      this.counted.set(dictionary, dictionary.length);
    }
    return bytes;
  }
}

/** Reads a log that was read before, from its start on. */
export class SecondReading {
  private readonly log: Log;
  private readonly sources: number;
  private last: KeptSlice | null = null;

  constructor(log: Log, sources: number) {
    this.log = log;
    this.sources = sources;
  }

  /** Whether entry `seq` is not behind what was read. */
  reaches(seq: number): boolean {
    return seq >= (this.last?.slice.firstSeq ?? 0);
  }

  /** The slice that holds entry `seq`; null where the log ends before. */
  async find(seq: number): Promise<KeptSlice | null> {
    while (this.last === null || seq >= this.last.slice.firstSeq + this.last.slice.length) {
      const next = await this.log.nextSlice(SLICE_ENTRIES);
      if (next === null) return null;
      this.last = { slice: copySlice(next), rejected: rejectedOf(this.log, this.sources) };
    }
    return this.last;
  }
}

function rejectedOf(log: Log, sources: number): readonly number[] {
  return Array.from({ length: sources }, (_, s) => log.rejects(s).count);
}
