import type { EventTimeMs, Window } from '../../stream/time.ts';
import type { KernelRequest } from '../operator.ts';
import type { WindowBound } from './bound.ts';
import type { StoreAccess, StoreRow, StoreRules, TakenRow } from './store-windows.ts';
import type { StoredWindow, WindowStore } from './window-store.ts';

/**
 * Sliding windows, both ends in: one for each set of rows of a key that are at most `sizeMs` apart. A row at t has a left
 * window, which ends at t, and a right one, which starts behind it and exists as soon as a row is in it.
 *
 * ```
 * size 10, rows at 10, 14, 22      10---14------22
 *                        [0..10]---]
 *                            [4..14]---]
 *                                  [11..21]------]           right of 10
 *                                      [15..25]              right of 14, opened by 22
 *                                      [12..22]--]           left of 22
 * ```
 *
 * There are no windows before 1970: rows before `sizeMs` share `[0, sizeMs]`. A window takes rows while it ends no earlier
 * than stream time less grace. Updates come from the newest window to the oldest, then the right window of the row before,
 * the left, the right. `KStreamSlidingWindowAggregate`, with the reverse iteration of its stores.
 */
export function slidingStoreWindows({ bound }: KernelRequest<WindowBound>): StoreRules {
  const { sizeMs, graceMs, engine, emission } = bound;
  const retentionMs = engine.retentionMs ?? 2 * sizeMs + graceMs;
  // AbstractDualSchemaRocksDBSegmentedBytesStore.getActualFrom: the store that emits on close reads one millisecond more
  const spareMs = emission === 'on-close' ? 1 : 0;
  const expiredThroughMs = (storeTimeMs: number): number => storeTimeMs - retentionMs - spareMs + sizeMs;
  return {
    takesOver: true,
    mostUpdates: (store, rows) => store.mostOfKey + 3 * (rows + 1),
    storedAtMs: ({ startMs }) => startMs,
    closedThroughMs: (closeTimeMs) => closeTimeMs - 1,
    lostThroughMs: expiredThroughMs,
    expiredThroughMs,
    take: (row, windows) => {
      const { timeMs, closeTimeMs } = row;
      if (timeMs + sizeMs < closeTimeMs) {
        return { window: null, missed: [{ startMs: timeMs, endMs: timeMs + sizeMs }], looks: false };
      }
      const sliding = new SlidingRow(row, windows, sizeMs);
      const isEarly = timeMs < sizeMs;
      if (isEarly) sliding.takeEarly();
      else sliding.takeUsual();
      // KStreamSlidingWindowAggregate.process returns behind processEarly, before it looks for closed windows
      return sliding.taken(!isEarly);
    },
  };
}

/** One row and the windows around it. */
class SlidingRow {
  private readonly row: StoreRow;
  private readonly windows: StoreAccess;
  private readonly store: WindowStore;
  private readonly sizeMs: number;
  private readonly timeMs: EventTimeMs;
  private last: StoredWindow | null = null;
  private readonly missed: Window[] = [];

  constructor(row: StoreRow, windows: StoreAccess, sizeMs: number) {
    this.row = row;
    this.windows = windows;
    this.store = windows.store;
    this.sizeMs = sizeMs;
    this.timeMs = row.timeMs;
  }

  taken(looks: boolean): TakenRow {
    return { window: this.last, missed: this.missed, looks };
  }

  takeUsual(): void {
    const { timeMs, sizeMs } = this;
    const near = this.startingFrom(Math.max(0, timeMs - 2 * sizeMs)).toReversed();
    const around = near.filter(({ endMs }) => endMs >= timeMs);
    const before = near.find(({ endMs }) => endMs < timeMs) ?? null;
    const left = around.find(({ endMs }) => endMs === timeMs) ?? null;
    // A left window that has a row of this very time was made with all its neighbours.
    const isComplete = left !== null && left.maxTimeMs >= timeMs;
    const previousMs = (before ?? left)?.maxTimeMs ?? null;
    const right = isComplete ? null : this.copyForRight(around.find(({ endMs }) => endMs > timeMs) ?? null);
    for (const window of around) this.update(window);
    if (isComplete) return;
    if (previousMs !== null && previousMs + 1 + sizeMs >= timeMs) this.openRightOf(previousMs);
    if (left === null) this.openLeft(before);
    this.openRight(right);
  }

  takeEarly(): void {
    const { timeMs, sizeMs } = this;
    const near = this.startingFrom(0);
    const shared = near.find(({ startMs }) => startMs === 0) ?? null;
    const others = near.filter((window) => window !== shared);
    const previousMs = shared !== null && shared.maxTimeMs < timeMs ? shared.maxTimeMs : null;
    const right = this.copyForRight(others.at(-1) ?? shared);
    for (const window of others) this.update(window);
    this.openRight(right);
    if (previousMs !== null) this.openRightOf(previousMs);
    this.update(shared ?? { startMs: 0, endMs: sizeMs });
  }

  /** The key's windows with a start from `fromMs` up to the row, the oldest first. */
  private startingFrom(fromMs: EventTimeMs): readonly StoredWindow[] {
    return this.store.windowsOf(this.row.key, fromMs + this.sizeMs, this.timeMs + this.sizeMs);
  }

  private startingAt(startMs: EventTimeMs): Window {
    return { startMs, endMs: startMs + this.sizeMs };
  }

  /**
   * The rows behind this one, where its right window is missing and is not empty: they are what the newest window around it
   * holds without it.
   */
  private copyForRight(newest: StoredWindow | null): Rows | null {
    if (newest === null || newest.maxTimeMs <= this.timeMs) return null;
    if (this.store.find(this.row.key, this.startingAt(this.timeMs + 1)) !== null) return null;
    return { cell: this.store.copyOf(newest.cell), maxTimeMs: newest.maxTimeMs };
  }

  private openRight(rows: Rows | null): void {
    if (rows === null) return;
    const window = this.store.create(this.row, this.startingAt(this.timeMs + 1), rows.cell);
    window.maxTimeMs = rows.maxTimeMs;
    this.store.takeOver(window);
    this.windows.put(window, this.row);
  }

  /** Opens the right window of the row before this one, with this one in it. */
  private openRightOf(previousMs: EventTimeMs): void {
    const bounds = this.startingAt(previousMs + 1);
    if (this.store.find(this.row.key, bounds) === null) this.update(bounds);
  }

  /** Opens the window that ends with this row, with what `before` holds where its last row is near enough. */
  private openLeft(before: StoredWindow | null): void {
    const bounds = this.startingAt(this.timeMs - this.sizeMs);
    // The right window of the row before may be the same: the engine makes it twice, and forwards it twice.
    const twin = this.store.find(this.row.key, bounds);
    if (twin !== null) this.store.replaceCell(twin, this.store.cells.take());
    const isEmpty = before === null || before.maxTimeMs < bounds.startMs;
    this.update(twin ?? bounds, isEmpty ? null : before.cell);
  }

  /** Adds the row to a window, or to a new one that begins with what another cell holds; unless it is too late for it. */
  private update(window: StoredWindow | Window, from: number | null = null): void {
    const { row, store } = this;
    if (window.endMs < row.closeTimeMs) {
      this.missed.push(window);
      return;
    }
    const stored =
      'cell' in window ? window : store.create(row, window, from === null ? store.cells.take() : store.copyOf(from));
    if (from !== null) store.takeOver(stored);
    this.windows.add(stored, row);
    if (this.last === null || stored.endMs > this.last.endMs) this.last = stored;
  }
}

interface Rows {
  readonly cell: number;
  readonly maxTimeMs: EventTimeMs;
}
