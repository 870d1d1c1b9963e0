import type { Column } from '../../stream/column.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { StateContents } from '../../stream/state-look.ts';
import type { EventTimeMs } from '../../stream/time.ts';
import type { Field, Schema } from '../../stream/types.ts';
import { ContentsBuilder, firstInOrder } from '../shared/state-contents.ts';
import { KeyTable } from '../shared/state/key-table.ts';
import { RowStore } from '../shared/state/row-store.ts';
import { TimeBuckets } from '../shared/state/time-buckets.ts';

export interface Span {
  readonly startMs: EventTimeMs;
  readonly endMs: EventTimeMs;
}

/** What one window holds of one key. */
export interface JoinWindow extends Span {
  /** Number of the key. */
  readonly key: number;
  /** Whether a NULL in the key keeps its rows from matching. */
  readonly lacksKey: boolean;
  /** Handles of the rows of each side, in order of arrival. */
  readonly rows: readonly [number[], number[]];
  /** Number, in order of arrival, of its first row. */
  readonly first: number;
  /** How often it has fired. */
  firings: number;
  /** When it fires or is forgotten next; NaN while nothing is set. */
  timerMs: number;
}

/** What is known of a kept row beside its columns. */
interface KeptRow {
  readonly arrival: number;
  /** In how many windows it still is. */
  windows: number;
  /** Whether it was in a result. */
  isGiven: boolean;
}

/** Bytes of a row and of a window beside their columns and keys. */
const ROW_BYTES = 32;
const WINDOW_BYTES = 96;

/** The open windows of a join, by key and end, and the rows in them. */
export class WindowsState {
  readonly stores: readonly [RowStore, RowStore];
  private readonly keys: KeyTable;
  /** Each key's windows by end, then start. */
  private readonly byKey = new Map<number, JoinWindow[]>();
  private readonly timers = new TimeBuckets<JoinWindow>();
  private readonly kept: readonly [KeptRow[], KeptRow[]] = [[], []];
  private arrivals = 0;
  private count = 0;

  constructor(left: Schema, right: Schema, keyFields: readonly Field[]) {
    this.stores = [new RowStore(left), new RowStore(right)];
    this.keys = new KeyTable(keyFields);
  }

  /** The key's number, held until `releaseKey`. */
  holdKey(keyColumns: readonly Column[], row: number): number {
    const key = this.keys.idOf(keyColumns, row);
    this.keys.hold(key);
    return key;
  }

  releaseKey(key: number): void {
    this.keys.release(key);
  }

  /** The key's window with these bounds; a new one, without rows, where there is none. */
  windowOf(key: number, span: Span, lacksKey: boolean): JoinWindow {
    const windows = this.byKey.get(key);
    const known = windows?.[placeOf(windows, span)];
    const { startMs, endMs } = span;
    if (known?.endMs === endMs && known.startMs === startMs) return known;
    const first = this.arrivals;
    return this.open({ startMs, endMs, key, lacksKey, rows: [[], []], first, firings: 0, timerMs: Number.NaN });
  }

  private open(window: JoinWindow): JoinWindow {
    const windows = this.byKey.get(window.key);
    if (windows === undefined) this.byKey.set(window.key, [window]);
    else windows.splice(placeOf(windows, window), 0, window);
    this.keys.hold(window.key);
    this.count++;
    return window;
  }

  private close(window: JoinWindow): void {
    const windows = this.byKey.get(window.key)!;
    if (windows.length > 1) windows.splice(windows.indexOf(window), 1);
    else this.byKey.delete(window.key);
    this.timers.remove(window.timerMs, window);
    this.keys.release(window.key);
    this.count--;
  }

  /** The key's windows that overlap these bounds or touch them, both ends in; the key's windows overlap no others. */
  touching(key: number, { startMs, endMs }: Span): readonly JoinWindow[] {
    const windows = this.byKey.get(key) ?? [];
    const found: JoinWindow[] = [];
    for (let i = placeOf(windows, { startMs: -Infinity, endMs: startMs }); i < windows.length; i++) {
      if (windows[i]!.startMs > endMs) break;
      found.push(windows[i]!);
    }
    return found;
  }

  /** One window of these bounds in place of others, with the rows of all. */
  merge(others: readonly JoinWindow[], span: Span): JoinWindow {
    const [one] = others;
    const rowsOf = (side: 0 | 1): number[] =>
      others
        .flatMap(({ rows }) => rows[side])
        .sort((a, b) => this.kept[side][a]!.arrival - this.kept[side][b]!.arrival);
    const rows: JoinWindow['rows'] = [rowsOf(0), rowsOf(1)];
    const first = Math.min(...others.map((window) => window.first));
    const firings = Math.max(...others.map((window) => window.firings));
    const { key, lacksKey } = one!;
    const merged = this.open({ ...span, key, lacksKey, rows, first, firings, timerMs: Number.NaN });
    for (const window of others) this.close(window);
    return merged;
  }

  /** Copies a row that is about to be put into so many windows. */
  store(side: 0 | 1, columns: readonly Column[], row: number, windows: number): number {
    const handle = this.stores[side].put(columns, row);
    this.kept[side][handle] = { arrival: this.arrivals++, windows, isGiven: false };
    return handle;
  }

  markGiven(side: 0 | 1, handle: number): void {
    this.kept[side][handle]!.isGiven = true;
  }

  /** Forgets a window. Returns how many rows are in no window any more: those that were in a result, and those that were not. */
  forget(window: JoinWindow): { readonly given: number; readonly others: number } {
    this.close(window);
    let [given, others] = [0, 0];
    for (const side of [0, 1] as const) {
      for (const handle of window.rows[side]) {
        const row = this.kept[side][handle]!;
        if (--row.windows > 0) continue;
        if (row.isGiven) given++;
        else others++;
        this.stores[side].release(handle);
      }
    }
    return { given, others };
  }

  setTimer(window: JoinWindow, timeMs: number): void {
    if (window.timerMs === timeMs) return;
    this.timers.remove(window.timerMs, window);
    window.timerMs = timeMs;
    this.timers.add(timeMs, window);
  }

  get firstTimerMs(): number {
    return this.timers.firstTimeMs;
  }

  /** The windows that wait for the first timer: by end, start, then first arrival. */
  takeFirstTimers(): readonly JoinWindow[] {
    const windows = this.timers.takeFirst();
    for (const window of windows) window.timerMs = Number.NaN;
    return windows.toSorted(inOrder);
  }

  get lastTimerMs(): number {
    let last = -Infinity;
    for (const { timerMs } of this.timers) last = Math.max(last, timerMs);
    return last;
  }

  look(most: number): StateContents {
    const { fields } = this.keys;
    const counts = ['left rows', 'right rows'].map(
      (name) => ({ name, type: { kind: 'INT' }, nullable: false }) as const,
    );
    const head = { what: 'keys in windows', order: 'that end first', keys: fields.length };
    const contents = new ContentsBuilder({ ...head, fields: [...fields, ...counts] });
    for (const window of firstInOrder(this.windows(), most, inOrder)) {
      this.keys.appendTo(contents.columns, window.key);
      for (const side of [0, 1] as const) contents.append(fields.length + side, window.rows[side].length);
      const { timerMs, firings } = window;
      const does = firings > 0 ? 'goes' : 'fires';
      contents.add(window, Number.isNaN(timerMs) ? null : { timeMs: timerMs, does });
    }
    return contents.finish(this.count);
  }

  private *windows(): Generator<JoinWindow> {
    for (const windows of this.byKey.values()) yield* windows;
  }

  get rows(): number {
    return this.stores[0].rows + this.stores[1].rows;
  }

  get bytes(): number {
    const stored = this.stores[0].bytes + this.stores[1].bytes;
    return stored + this.rows * ROW_BYTES + this.count * WINDOW_BYTES + this.keys.textBytes;
  }

  /** Rows by arrival; windows by the arrival of their first row, then end. */
  snapshot(writer: StateWriter): void {
    writer.f64(this.arrivals);
    const windows = [...this.byKey.values()].flat();
    windows.sort((a, b) => a.first - b.first || a.endMs - b.endMs || a.startMs - b.startMs);
    for (const side of [0, 1] as const) {
      const handles = [...new Set(windows.flatMap(({ rows }) => rows[side]))];
      handles.sort((a, b) => this.kept[side][a]!.arrival - this.kept[side][b]!.arrival);
      writer.u32(handles.length);
      for (const handle of handles) {
        const { arrival, isGiven } = this.kept[side][handle]!;
        writer.f64(arrival);
        writer.u8(isGiven ? 1 : 0);
        this.stores[side].write(writer, handle);
      }
    }
    writer.u32(windows.length);
    for (const window of windows) this.writeWindow(writer, window);
  }

  private writeWindow(writer: StateWriter, window: JoinWindow): void {
    this.keys.write(writer, window.key);
    writer.f64(window.startMs);
    writer.f64(window.endMs);
    writer.u8(window.lacksKey ? 1 : 0);
    writer.f64(window.first);
    writer.u32(window.firings);
    writer.f64(window.timerMs);
    for (const side of [0, 1] as const) {
      writer.u32(window.rows[side].length);
      for (const handle of window.rows[side]) writer.f64(this.kept[side][handle]!.arrival);
    }
  }

  restore(reader: StateReader): void {
    this.arrivals = reader.f64();
    const byArrival = new Map<number, number>();
    for (const side of [0, 1] as const) {
      const rows = reader.u32();
      for (let i = 0; i < rows; i++) {
        const arrival = reader.f64();
        const isGiven = reader.u8() === 1;
        const handle = this.stores[side].read(reader);
        this.kept[side][handle] = { arrival, windows: 0, isGiven };
        byArrival.set(arrival, handle);
      }
    }
    const windows = reader.u32();
    for (let i = 0; i < windows; i++) this.readWindow(reader, byArrival);
  }

  private readWindow(reader: StateReader, byArrival: ReadonlyMap<number, number>): void {
    const key = this.keys.read(reader);
    const startMs = reader.f64();
    const endMs = reader.f64();
    const lacksKey = reader.u8() === 1;
    const first = reader.f64();
    const firings = reader.u32();
    const timerMs = reader.f64();
    const rows: JoinWindow['rows'] = [[], []];
    for (const side of [0, 1] as const) {
      const count = reader.u32();
      for (let i = 0; i < count; i++) {
        const handle = byArrival.get(reader.f64())!;
        this.kept[side][handle]!.windows++;
        rows[side].push(handle);
      }
    }
    const window = this.open({ key, startMs, endMs, lacksKey, first, firings, rows, timerMs: Number.NaN });
    this.setTimer(window, timerMs);
  }
}

/** By end, start, first arrival. */
function inOrder(a: JoinWindow, b: JoinWindow): number {
  return a.endMs - b.endMs || a.startMs - b.startMs || a.first - b.first;
}

/** Place of the first window that does not end before these bounds do, or ends with them and does not start before. */
function placeOf(windows: readonly JoinWindow[], { startMs, endMs }: Span): number {
  let low = 0;
  let high = windows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const window = windows[middle]!;
    if (window.endMs < endMs || (window.endMs === endMs && window.startMs < startMs)) low = middle + 1;
    else high = middle;
  }
  return low;
}
