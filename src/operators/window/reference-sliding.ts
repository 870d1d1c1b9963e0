import type { ReferenceRequest, ReferenceResult, ReferenceRow, Reference } from '../reference.ts';
import type { WindowBound } from './bound.ts';
import type { Cell, GroupKey } from './reference-cells.ts';
import { sameKey, settingOf } from './reference-cells.ts';
import { compareKeys } from './reference-keys.ts';
import type { Outcome } from './reference-stores.ts';
import { StoreWindows } from './reference-stores.ts';

interface Entry extends Cell {
  readonly rows: readonly ReferenceRow[];
  readonly timestamp: number;
  panes: number;
}

/**
 * Kafka's sliding windows, `KStreamSlidingWindowAggregate`: for each record one window that ends with it and one that begins
 * 1 ms after it, if anything is in there; both ends belong to it. They are found again in the store by their starts.
 */
export function slidingReference(request: ReferenceRequest<WindowBound>): Reference {
  return new Sliding(settingOf(request));
}

class Sliding extends StoreWindows {
  private entries: Entry[] = [];
  private storeTime = -1;
  private missed = 0;
  private closeTime = -1;
  private results: ReferenceResult[] = [];

  protected put(row: ReferenceRow, key: GroupKey): Outcome {
    const d = this.bound.sizeMs;
    this.closeTime = this.streamTime - this.bound.graceMs;
    this.missed = 0;
    this.results = [];
    if (row.ts + d < this.closeTime) return { results: [], missed: 1, isTaken: false };
    const before = this.entries;
    if (row.ts < d) this.early(row, key);
    else this.usual(row, key);
    const isTaken = this.entries.some((entry) => !before.includes(entry) && entry.rows.includes(row));
    this.forgetLost();
    // Early records return before they look for closed windows.
    if (row.ts >= d) this.emitClosed(row);
    return { results: this.results, missed: this.missed, isTaken };
  }

  /** The key's windows that begin from `from` to `to`, as far as the store shows them; the last one first. */
  private fetch(key: GroupKey, from: number, to: number): readonly Entry[] {
    return this.entries
      .filter((entry) => sameKey(entry.key, key) && entry.start >= from && entry.start <= to)
      .filter((entry) => this.isVisible(entry))
      .sort((a, b) => b.start - a.start);
  }

  /** The stores of results on close show 1 ms more: `AbstractDualSchemaRocksDBSegmentedBytesStore.getActualFrom`. */
  private isVisible({ start }: Entry): boolean {
    const oldest = this.storeTime - this.retention();
    return this.bound.emission === 'on-close' ? start >= oldest : start > oldest;
  }

  private retention(): number {
    return this.bound.engine.retentionMs ?? 2 * this.bound.sizeMs + this.bound.graceMs;
  }

  private usual(row: ReferenceRow, key: GroupKey): void {
    const d = this.bound.sizeMs;
    const found = this.fetch(key, Math.max(0, row.ts - 2 * d), row.ts + 1);
    const seen = new Set<number>();
    let left: Entry | null = null;
    let right: Entry | null = null;
    let previous: number | null = null;
    let hasLeft = false;
    let hasRight = false;
    for (const entry of found) {
      seen.add(entry.start);
      if (entry.start === row.ts + 1) hasRight = true;
      else if (entry.end > row.ts) {
        right ??= entry;
        this.update(entry, row);
      } else if (entry.end === row.ts) {
        hasLeft = true;
        this.update(entry, row);
        // Another record stood at this time before: all windows are there.
        if (entry.timestamp >= row.ts) return;
        previous = entry.timestamp;
      } else {
        left = entry;
        previous = entry.timestamp;
        break;
      }
    }
    if (previous !== null && !seen.has(previous + 1) && previous + 1 + d >= row.ts) {
      this.update(this.empty(key, previous + 1), row);
    }
    if (!hasLeft) {
      const sharesRows = previous !== null && row.ts - d <= previous;
      this.update({ ...this.empty(key, row.ts - d), rows: sharesRows ? (left?.rows ?? []) : [] }, row);
    }
    if (!hasRight) this.copyToRight(row, key, right);
  }

  /** Records before the first full window share [0, d]. */
  private early(row: ReferenceRow, key: GroupKey): void {
    const found = this.fetch(key, 0, row.ts + 1).toReversed();
    const shared = found.find(({ start }) => start === 0) ?? null;
    let right: Entry | null = null;
    for (const entry of found) {
      if (entry.start === 0 || entry.start > row.ts) continue;
      right = entry;
      this.update(entry, row);
    }
    if (right === null && shared !== null && shared.timestamp > row.ts) right = shared;
    if (!found.some(({ start }) => start === row.ts + 1)) this.copyToRight(row, key, right);
    const previous = shared !== null && shared.timestamp < row.ts ? shared.timestamp : null;
    if (previous !== null && !found.some(({ start }) => start === previous + 1)) {
      this.update(this.empty(key, previous + 1), row);
    }
    this.update(shared ?? this.empty(key, 0), row);
  }

  /** The window behind the record holds what is already known to come after it. */
  private copyToRight(row: ReferenceRow, key: GroupKey, from: Entry | null): void {
    if (from === null || from.timestamp <= row.ts) return;
    const entry = { ...this.empty(key, row.ts + 1), rows: from.rows, timestamp: from.timestamp };
    this.store(entry, row);
  }

  private empty(key: GroupKey, start: number): Entry {
    return { key, start, end: start + this.bound.sizeMs, rows: [], timestamp: -1, panes: 0 };
  }

  /** The window with the row in it, unless it has closed. */
  private update(entry: Entry, row: ReferenceRow): void {
    if (entry.end < this.closeTime) this.missed++;
    else {
      this.store({ ...entry, rows: [...entry.rows, row], timestamp: Math.max(entry.timestamp, row.ts) }, row);
    }
  }

  private store(entry: Entry, row: ReferenceRow): void {
    const former = this.entries.find((other) => other.start === entry.start && sameKey(other.key, entry.key));
    this.entries = [...this.entries.filter((other) => other !== former), entry];
    this.storeTime = Math.max(this.storeTime, entry.start);
    if (former !== undefined) {
      entry.panes = former.panes;
      this.holdings.move([former], entry);
    }
    for (const held of entry.rows) this.holdings.take(held, entry);
    if (this.bound.emission === 'on-close') return;
    this.holdings.show(entry);
    this.results.push(this.result(row, entry, { ts: entry.timestamp, op: former === undefined ? '+I' : '+U' }));
  }

  private forgetLost(): void {
    const gone = this.entries.filter((entry) => !this.isVisible(entry));
    this.forget(gone);
  }

  private emitClosed(row: ReferenceRow): void {
    const due = this.entries.filter(({ end }) => end < this.closeTime && end >= this.lastClose);
    if (!this.mayEmit(row.at, this.closeTime) || this.closeTime - this.bound.sizeMs - 1 < 0) return;
    this.lastClose = this.closeTime;
    due.sort((a, b) => a.start - b.start || compareKeys(this.setting, a.key, b.key));
    for (const entry of due) {
      this.holdings.show(entry);
      this.results.push(this.result(row, entry, { ts: entry.timestamp }));
    }
  }

  private forget(gone: readonly Entry[]): void {
    this.entries = this.entries.filter((entry) => !gone.includes(entry));
    for (const entry of gone) this.holdings.forget(entry, 'late');
  }
}
