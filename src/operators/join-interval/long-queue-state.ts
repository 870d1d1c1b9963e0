import type { EventTimeMs } from '../../stream/time.ts';
import { widened } from '../shared/state/stored-column.ts';
import type { Matches } from './matches-buffer.ts';

const FIRST_CAPACITY = 32;

/** The rows of one key and side where they are many: by time, those of equal times in order of arrival. */
export class LongQueue {
  private times = new Float64Array(FIRST_CAPACITY);
  private handles = new Int32Array(FIRST_CAPACITY);
  private start = 0;
  private end = 0;

  get size(): number {
    return this.end - this.start;
  }

  get capacity(): number {
    return this.times.length;
  }

  /** Lets go of the rows before a time. */
  letGo(goneMs: EventTimeMs): void {
    const { times, end } = this;
    while (this.start < end && times[this.start]! < goneMs) this.start++;
  }

  /** Puts a row behind those of its time and before. */
  put(timeMs: EventTimeMs, handle: number): void {
    if (this.end === this.times.length) this.makeRoom();
    const { times, handles, start } = this;
    let at = this.end++;
    // Most rows come near the end.
    while (at > start && times[at - 1]! > timeMs) {
      times[at] = times[at - 1]!;
      handles[at] = handles[at - 1]!;
      at--;
    }
    times[at] = timeMs;
    handles[at] = handle;
  }

  /** At the beginning, where half of the places are free, else beyond the end. */
  private makeRoom(): void {
    const { times, handles, start, end } = this;
    if (start * 2 < end) {
      this.times = widened(times, times.length * 2);
      this.handles = widened(handles, times.length * 2);
      return;
    }
    times.copyWithin(0, start, end);
    handles.copyWithin(0, start, end);
    this.start = 0;
    this.end = end - start;
  }

  /** Adds the rows with times from `fromMs` to `toMs`, both in; the caller adds whom they match. */
  match(fromMs: EventTimeMs, toMs: EventTimeMs, matches: Matches): void {
    const { times, handles, start, end } = this;
    matches.reserve(end - start);
    const { partners } = matches;
    let low = start;
    let high = end;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (times[middle]! < fromMs) low = middle + 1;
      else high = middle;
    }
    let { count } = matches;
    for (let at = low; at < end && times[at]! <= toMs; at++) partners[count++] = handles[at]!;
    matches.count = count;
  }

  /** Takes out one row, if it is there. */
  remove(handle: number): void {
    const { times, handles, start, end } = this;
    let at = start;
    while (at < end && handles[at] !== handle) at++;
    if (at === end) return;
    times.copyWithin(at, at + 1, end);
    handles.copyWithin(at, at + 1, end);
    this.end--;
  }

  /** Of the `i`-th row. */
  timeAt(i: number): EventTimeMs {
    return this.times[this.start + i]!;
  }

  handleAt(i: number): number {
    return this.handles[this.start + i]!;
  }

  clear(): void {
    this.start = 0;
    this.end = 0;
  }
}
