import type { EventTimeMs } from '../../stream/time.ts';
import type { JoinRow } from './side-buffer.ts';

/**
 * The rows of one side that wait to come out padded: by time, then bytes of the key, then arrival. The rows of one time and
 * key are one entry, as in Kafka's outer store, whose values are lists.
 */
export class WaitingRows {
  /** The times that there are, ascending. */
  private readonly times: EventTimeMs[] = [];
  private readonly entries = new Map<EventTimeMs, Map<number, JoinRow[]>>();

  add(row: JoinRow): void {
    const { timeMs, key } = row;
    let entries = this.entries.get(timeMs);
    if (entries === undefined) {
      this.entries.set(timeMs, (entries = new Map<number, JoinRow[]>()));
      this.times.splice(this.placeOf(timeMs), 0, timeMs);
    }
    const rows = entries.get(key);
    if (rows === undefined) entries.set(key, [row]);
    else rows.push(row);
  }

  /** Takes out the entry of a time and key; nothing where there is none. */
  take(timeMs: EventTimeMs, key: number): readonly JoinRow[] {
    const entries = this.entries.get(timeMs);
    const rows = entries?.get(key);
    if (entries === undefined || rows === undefined) return [];
    entries.delete(key);
    if (entries.size === 0) {
      this.entries.delete(timeMs);
      this.times.splice(this.placeOf(timeMs), 1);
    }
    return rows;
  }

  /** +∞ where there is none. */
  get firstTimeMs(): EventTimeMs {
    return this.times[0] ?? Infinity;
  }

  /** -∞ where there is none. */
  get lastTimeMs(): EventTimeMs {
    return this.times.at(-1) ?? -Infinity;
  }

  /** The earliest time of an entry at or behind `timeMs`; +∞ where there is none. */
  firstFrom(timeMs: EventTimeMs): EventTimeMs {
    return this.times[this.placeOf(timeMs)] ?? Infinity;
  }

  /** The time of the entry behind the first one of `timeMs`; +∞ where there is none. */
  secondFrom(timeMs: EventTimeMs): EventTimeMs {
    return (this.entries.get(timeMs)?.size ?? 0) > 1 ? timeMs : (this.times[this.placeOf(timeMs) + 1] ?? Infinity);
  }

  /** Takes out the rows of the earliest time. */
  takeFirst(): readonly JoinRow[] {
    const timeMs = this.times.shift();
    if (timeMs === undefined) return [];
    const rows = [...(this.entries.get(timeMs)?.values() ?? [])].flat();
    this.entries.delete(timeMs);
    return rows.sort((a, b) => (a.keyBytes < b.keyBytes ? -1 : a.keyBytes > b.keyBytes ? 1 : 0));
  }

  private placeOf(timeMs: EventTimeMs): number {
    let low = 0;
    let high = this.times.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.times[middle] ?? 0) < timeMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
