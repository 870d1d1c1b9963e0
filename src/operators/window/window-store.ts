import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import { StateReader as Reader, StateWriter as Writer } from '../../stream/state-codec.ts';
import type { EventTimeMs, Window } from '../../stream/time.ts';
import { AggregateCells } from '../shared/aggregates/aggregate-cells.ts';
import { KeyTable } from '../shared/state/key-table.ts';
import { TimeBuckets } from '../shared/state/time-buckets.ts';
import type { WindowBound } from './bound.ts';

/** What a store holds for one key and window. Bounds as Kafka writes them. */
export interface StoredWindow extends Window {
  readonly key: number;
  readonly keyBytes: string;
  cell: number;
  /** The largest event time of its rows. */
  maxTimeMs: EventTimeMs;
  /** How many results it has given. */
  results: number;
  /** Rows that are counted with this window, because none that ends later took them. */
  heldRows: number;
  /** How many of them at each event time, where a later window may take them over; else null. */
  readonly heldAt: Map<EventTimeMs, number> | null;
  /** Its time is over: it takes no more rows and has given its last result. */
  isClosed: boolean;
}

export interface KeyOwner {
  readonly key: number;
  readonly keyBytes: string;
}

/** Beside its aggregates: key, bounds, largest time, counts. */
const WINDOW_BYTES = 64;

/**
 * The windows of an operator by key and by end: what a Kafka window or session store holds for it. Windows that are over
 * stay until the store's retention has passed.
 */
export class WindowStore {
  readonly keys: KeyTable;
  readonly cells: AggregateCells;
  /** Of each key by end, then start. */
  private readonly byKey = new Map<number, StoredWindow[]>();
  private readonly open = new TimeBuckets<StoredWindow>();
  private readonly kept = new TimeBuckets<StoredWindow>();
  /** Most windows that a key ever had at once. */
  mostOfKey = 0;
  private readonly takesOver: boolean;

  /** `takesOver`: whether windows may be made of what others hold. */
  constructor(bound: WindowBound, takesOver: boolean) {
    this.takesOver = takesOver;
    this.keys = new KeyTable(bound.key.fields);
    this.cells = new AggregateCells(bound.aggregates);
  }

  get size(): number {
    return this.kept.size;
  }

  all(): Iterable<StoredWindow> {
    return this.kept;
  }

  get bytes(): number {
    return this.size * WINDOW_BYTES + this.cells.bytes + this.keys.textBytes;
  }

  /** A key's windows that end from `fromMs` to `toMs`, both in, by end, then start. */
  windowsOf(key: number, fromMs: EventTimeMs, toMs: EventTimeMs): readonly StoredWindow[] {
    const windows = this.byKey.get(key) ?? [];
    return windows.slice(placeOf(windows, -Infinity, fromMs), placeOf(windows, Infinity, toMs));
  }

  find(key: number, { startMs, endMs }: Window): StoredWindow | null {
    const windows = this.byKey.get(key) ?? [];
    const found = windows[placeOf(windows, startMs, endMs)];
    return found !== undefined && found.startMs === startMs && found.endMs === endMs ? found : null;
  }

  /** A new window, without rows or with those of a cell that is its own from now on. */
  create(owner: KeyOwner, { startMs, endMs }: Window, cell = this.cells.take()): StoredWindow {
    const { key, keyBytes } = owner;
    const counts = { maxTimeMs: -1, results: 0, heldRows: 0, heldAt: this.noneHeld(), isClosed: false };
    const window: StoredWindow = { key, keyBytes, startMs, endMs, cell, ...counts };
    this.insert(window);
    return window;
  }

  private insert(window: StoredWindow): void {
    const { key, startMs, endMs } = window;
    this.keys.hold(key);
    const windows = this.byKey.get(key) ?? [];
    if (windows.length === 0) this.byKey.set(key, windows);
    windows.splice(placeOf(windows, startMs, endMs), 0, window);
    this.mostOfKey = Math.max(this.mostOfKey, windows.length);
    this.kept.add(endMs, window);
    if (!window.isClosed) this.open.add(endMs, window);
  }

  /** Forgets a window and gives its cell back. */
  remove(window: StoredWindow): void {
    this.kept.remove(window.endMs, window);
    this.open.remove(window.endMs, window);
    this.forget(window);
  }

  private forget({ key, startMs, endMs, cell }: StoredWindow): void {
    const windows = this.byKey.get(key) ?? [];
    windows.splice(placeOf(windows, startMs, endMs), 1);
    if (windows.length === 0) this.byKey.delete(key);
    this.cells.release(cell);
    this.keys.release(key);
  }

  /** Closes the windows that end up to `throughMs`, in order of end, start, bytes of the key. */
  *close(throughMs: EventTimeMs): Generator<StoredWindow> {
    while (this.open.firstTimeMs <= throughMs) {
      for (const window of this.open.takeFirst().toSorted(byStartAndKey)) {
        window.isClosed = true;
        yield window;
      }
    }
  }

  /** Forgets the windows that end up to `throughMs`; each is given out before. */
  *expire(throughMs: EventTimeMs): Generator<StoredWindow> {
    while (this.kept.firstTimeMs <= throughMs) {
      for (const window of this.kept.takeFirst()) {
        yield window;
        this.open.remove(window.endMs, window);
        this.forget(window);
      }
    }
  }

  private noneHeld(): StoredWindow['heldAt'] {
    return this.takesOver ? new Map() : null;
  }

  /** Counts rows with a window. */
  hold(window: StoredWindow, timeMs: EventTimeMs, rows = 1): void {
    window.heldRows += rows;
    window.heldAt?.set(timeMs, (window.heldAt.get(timeMs) ?? 0) + rows);
  }

  /** Counts the rows with a window that came to hold them and ends later than those that they are counted with. */
  takeOver(window: StoredWindow): void {
    const { startMs, endMs } = window;
    for (const other of this.windowsOf(window.key, startMs, endMs)) {
      if (other.endMs === endMs) continue;
      for (const [timeMs, rows] of other.heldAt ?? []) {
        if (timeMs < startMs) continue;
        other.heldAt?.delete(timeMs);
        other.heldRows -= rows;
        this.hold(window, timeMs, rows);
      }
    }
  }

  /** Gives a window another cell for its own. */
  replaceCell(window: StoredWindow, cell: number): void {
    this.cells.release(window.cell);
    window.cell = cell;
  }

  /** A cell of its own with what `cell` holds. */
  copyOf(cell: number): number {
    const copy = this.cells.take();
    const writer = new Writer();
    this.cells.write(writer, cell);
    this.cells.read(new Reader(writer.finish()), copy);
    return copy;
  }

  snapshot(writer: StateWriter): void {
    writer.u32(this.mostOfKey);
    writer.u32(this.size);
    for (const window of this.kept) {
      this.keys.write(writer, window.key);
      writer.text(window.keyBytes);
      writer.f64(window.startMs);
      writer.f64(window.endMs);
      writer.f64(window.maxTimeMs);
      writer.f64(window.results);
      writer.f64(window.heldRows);
      writer.u8(window.isClosed ? 1 : 0);
      for (const [timeMs, rows] of window.heldAt ?? []) {
        writer.u8(1);
        writer.f64(timeMs);
        writer.f64(rows);
      }
      writer.u8(0);
      this.cells.write(writer, window.cell);
    }
  }

  restore(reader: StateReader): void {
    this.mostOfKey = reader.u32();
    for (let i = reader.u32(); i > 0; i--) {
      const window: StoredWindow = {
        key: this.keys.read(reader),
        keyBytes: reader.text(),
        startMs: reader.f64(),
        endMs: reader.f64(),
        maxTimeMs: reader.f64(),
        results: reader.f64(),
        heldRows: reader.f64(),
        isClosed: reader.u8() === 1,
        heldAt: this.noneHeld(),
        cell: this.cells.take(),
      };
      while (reader.u8() === 1) window.heldAt?.set(reader.f64(), reader.f64());
      this.cells.read(reader, window.cell);
      this.insert(window);
    }
  }
}

/** Place of the first window that does not stand before these bounds. */
function placeOf(windows: readonly StoredWindow[], startMs: EventTimeMs, endMs: EventTimeMs): number {
  let low = 0;
  let high = windows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const window = windows[middle];
    if (window === undefined) break;
    if (window.endMs < endMs || (window.endMs === endMs && window.startMs < startMs)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** By end, start, bytes of the key. */
export function compareStored(a: StoredWindow, b: StoredWindow): number {
  return a.endMs - b.endMs || byStartAndKey(a, b);
}

function byStartAndKey(a: StoredWindow, b: StoredWindow): number {
  return a.startMs - b.startMs || (a.keyBytes < b.keyBytes ? -1 : a.keyBytes > b.keyBytes ? 1 : 0);
}
