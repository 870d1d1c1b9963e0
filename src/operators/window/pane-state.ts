import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { StateUntil } from '../../stream/state-look.ts';
import type { DurationMs, EventTimeMs, ProcessingTimeMs, WatermarkMs, Window } from '../../stream/time.ts';
import { NO_WATERMARK } from '../../stream/time.ts';
import type { WindowRules } from '../dialects/dialect.ts';
import { AggregateCells } from '../shared/aggregates/aggregate-cells.ts';
import { KeyTable } from '../shared/state/key-table.ts';
import { TimerHeap } from '../shared/state/timer-heap.ts';
import type { WindowBound } from './bound.ts';
import type { PaneTrigger } from './pane-trigger.ts';
import { TriggerState } from './pane-trigger-state.ts';

/** What belongs to one key in all its windows. */
export interface KeyPanes {
  readonly id: number;
  /** By start: no two windows of a key that are open have the same one. */
  readonly open: Map<EventTimeMs, PaneWindow>;
  /** Windows whose trigger has finished, until they expire, by their bounds. */
  readonly closed: Map<string, PaneWindow>;
  /** The watermark behind this key's results, which its rows hold back; it was worked out when the input's was `judgedAt`. */
  outputWatermark: WatermarkMs;
  judgedAt: WatermarkMs;
}

/** One window of one key: open, or closed by its trigger and remembered until it expires. */
export interface PaneWindow extends Window {
  /** Names the window to its timers. */
  readonly number: number;
  readonly key: KeyPanes;
  readonly trigger: TriggerState;
  isClosed: boolean;
  /** Cell of the aggregates; -1 when closed. */
  cell: number;
  /** How many rows were taken before the first one of this window. */
  first: number;
  /** Rows since the last pane. */
  newRows: number;
  /** Time of the next result, as far as rows say it: the output's watermark waits for it. +∞ where none does. */
  holdMs: EventTimeMs;
  /** Panes so far, and whether one of them was not early. */
  panes: number;
  isPastEarly: boolean;
  /** Rows that the ledger counts with this window: not shown yet by any result, and shown by one. */
  freshRows: number;
  shownRows: number;
  wakesAtEnd: boolean;
  /** Times of the clock after which the trigger is asked again. */
  readonly wakesAfter: Set<ProcessingTimeMs>;
}

const WINDOW_BYTES = 160;

/** A timer that is due, and the window that it asks. */
interface Due {
  readonly window: PaneWindow;
  readonly timeMs: number;
}

/** The windows of a Beam grouping by key and window, with their triggers' states and timers. */
export class PaneState {
  readonly keys: KeyTable;
  readonly cells: AggregateCells;
  private readonly rules: WindowRules;
  private readonly latenessMs: DurationMs;
  private readonly root: PaneTrigger;
  private readonly byKey = new Map<number, KeyPanes>();
  private readonly windows = new Map<number, PaneWindow>();
  private readonly eventTimers = new TimerHeap();
  private readonly clockTimers = new TimerHeap();
  private nextNumber = 0;
  private arrivals = 0;

  constructor(bound: WindowBound, rules: WindowRules, root: PaneTrigger) {
    this.keys = new KeyTable(bound.key.fields);
    this.cells = new AggregateCells(bound.aggregates);
    this.rules = rules;
    this.latenessMs = bound.latenessMs;
    this.root = root;
  }

  /** What a key has; `watermark` stands now. */
  panesOf(key: number, watermark: WatermarkMs): KeyPanes {
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    const open = new Map<EventTimeMs, PaneWindow>();
    return { id: key, open, closed: new Map(), outputWatermark: watermark, judgedAt: watermark };
  }

  arrive(): number {
    return this.arrivals++;
  }

  expiresAt({ endMs }: Pick<Window, 'endMs'>): WatermarkMs {
    return this.rules.cleanupAt(endMs, this.latenessMs);
  }

  /** A window without rows. It takes the place of a closed one with the same bounds. */
  open(key: KeyPanes, { startMs, endMs }: Window, first: number): PaneWindow {
    const window: PaneWindow = {
      number: this.nextNumber++,
      key,
      startMs,
      endMs,
      trigger: new TriggerState(this.root.nextNumber),
      isClosed: false,
      cell: this.cells.take(),
      first,
      newRows: 0,
      holdMs: Infinity,
      panes: 0,
      isPastEarly: false,
      freshRows: 0,
      shownRows: 0,
      wakesAtEnd: false,
      wakesAfter: new Set(),
    };
    const former = closedAt(key, window);
    if (former !== undefined) this.forget(former);
    this.byKey.set(key.id, key);
    this.keys.hold(key.id);
    this.windows.set(window.number, window);
    key.open.set(startMs, window);
    this.eventTimers.push(this.expiresAt(window), window.number);
    return window;
  }

  /** The trigger has finished: the aggregates go, the memory that it has stays until the window expires. */
  close(window: PaneWindow): void {
    const { key } = window;
    this.cells.release(window.cell);
    window.cell = -1;
    window.isClosed = true;
    window.wakesAtEnd = false;
    window.wakesAfter.clear();
    key.open.delete(window.startMs);
    key.closed.set(boundsOf(window), window);
  }

  /** Ends all state of a window. */
  forget(window: PaneWindow): void {
    const { key } = window;
    if (window.isClosed) key.closed.delete(boundsOf(window));
    else {
      this.cells.release(window.cell);
      if (key.open.get(window.startMs) === window) key.open.delete(window.startMs);
    }
    this.windows.delete(window.number);
    if (key.open.size === 0 && key.closed.size === 0) this.byKey.delete(key.id);
    this.keys.release(key.id);
  }

  wakeAtEnd(window: PaneWindow): void {
    if (window.wakesAtEnd) return;
    window.wakesAtEnd = true;
    this.eventTimers.push(this.rules.fireAt(window.endMs), window.number);
  }

  wakeAfter(window: PaneWindow, timeMs: ProcessingTimeMs): void {
    if (window.wakesAfter.has(timeMs)) return;
    window.wakesAfter.add(timeMs);
    this.clockTimers.push(timeMs, window.number);
  }

  get hasEventTimers(): boolean {
    return this.eventTimers.size > 0;
  }

  /** No window asks to be looked at before this watermark. */
  get nextWatermark(): WatermarkMs {
    return this.eventTimers.firstTime;
  }

  /** No window asks to be looked at until the clock has passed this; +∞ where none does. */
  get nextClockMs(): ProcessingTimeMs {
    return this.clockTimers.firstTime;
  }

  get lastClockMs(): ProcessingTimeMs {
    let last = -Infinity;
    for (const { isClosed, wakesAfter } of this.windows.values())
      if (!isClosed) for (const timeMs of wakesAfter) last = Math.max(last, timeMs);
    return last;
  }

  /** The windows that timers of event time ask at `watermark`, by time, then window end, start and first arrival. */
  dueAt(watermark: WatermarkMs): readonly PaneWindow[] {
    const due = new Map<PaneWindow, number>();
    while (this.eventTimers.size > 0 && this.eventTimers.firstTime <= watermark) {
      const timeMs = this.eventTimers.firstTime;
      const window = this.windows.get(this.eventTimers.pop());
      if (window === undefined) continue;
      // A closed window waits for nothing but its expiry.
      if (!window.wakesAtEnd && watermark < this.expiresAt(window)) continue;
      window.wakesAtEnd = false;
      if (!due.has(window)) due.set(window, timeMs);
    }
    return inOrder(due);
  }

  /** Likewise those that timers of the clock ask at `nowMs`: their time must have passed. */
  dueAfter(nowMs: ProcessingTimeMs): readonly PaneWindow[] {
    const due = new Map<PaneWindow, number>();
    while (this.clockTimers.firstTime < nowMs) {
      const timeMs = this.clockTimers.firstTime;
      const window = this.windows.get(this.clockTimers.pop());
      if (window?.wakesAfter.delete(timeMs) === true && !due.has(window)) due.set(window, timeMs);
    }
    return inOrder(due);
  }

  all(): Iterable<PaneWindow> {
    return this.windows.values();
  }

  /** Open windows, and closed ones that are remembered. */
  get size(): number {
    return this.windows.size;
  }

  /** What becomes of a window next by event time, or by the clock where that is what it waits for. */
  untilOf(window: PaneWindow): StateUntil {
    const { endMs, wakesAtEnd, wakesAfter } = window;
    if (wakesAtEnd) return { timeMs: this.rules.fireAt(endMs), does: 'fires' };
    if (wakesAfter.size > 0) return { timeMs: Math.min(...wakesAfter), does: 'fires', isByClock: true };
    return { timeMs: this.expiresAt(window), does: 'goes' };
  }

  get rows(): number {
    return this.cells.cellsInUse;
  }

  get bytes(): number {
    const perWindow = WINDOW_BYTES + this.root.nextNumber * 9;
    return this.windows.size * perWindow + this.cells.bytes + this.keys.textBytes;
  }

  snapshot(writer: StateWriter): void {
    const windows = [...this.windows.values()].sort(compareWindows);
    writer.f64(this.arrivals);
    writer.u32(windows.length);
    for (const window of windows) {
      const { key } = window;
      this.keys.write(writer, key.id);
      writer.f64(key.outputWatermark);
      writer.f64(key.judgedAt);
      writer.f64(window.startMs);
      writer.f64(window.endMs);
      writer.f64(window.first);
      window.trigger.write(writer);
      writer.u8(window.isClosed ? 1 : 0);
      if (!window.isClosed) this.writeOpen(writer, window);
    }
  }

  private writeOpen(writer: StateWriter, window: PaneWindow): void {
    for (const value of [window.newRows, window.holdMs, window.panes, window.freshRows, window.shownRows])
      writer.f64(value);
    writer.u8(window.isPastEarly ? 1 : 0);
    writer.u8(window.wakesAtEnd ? 1 : 0);
    const wakes = [...window.wakesAfter].sort((a, b) => a - b);
    writer.u32(wakes.length);
    for (const timeMs of wakes) writer.f64(timeMs);
    this.cells.write(writer, window.cell);
  }

  restore(reader: StateReader): void {
    this.arrivals = reader.f64();
    for (let left = reader.u32(); left > 0; left--) {
      const key = this.panesOf(this.keys.read(reader), NO_WATERMARK);
      key.outputWatermark = reader.f64();
      key.judgedAt = reader.f64();
      const window = this.open(key, { startMs: reader.f64(), endMs: reader.f64() }, reader.f64());
      window.trigger.read(reader);
      if (reader.u8() === 1) this.close(window);
      else this.readOpen(reader, window);
    }
  }

  private readOpen(reader: StateReader, window: PaneWindow): void {
    window.newRows = reader.f64();
    window.holdMs = reader.f64();
    window.panes = reader.f64();
    window.freshRows = reader.f64();
    window.shownRows = reader.f64();
    window.isPastEarly = reader.u8() === 1;
    if (reader.u8() === 1) this.wakeAtEnd(window);
    for (let left = reader.u32(); left > 0; left--) this.wakeAfter(window, reader.f64());
    this.cells.read(reader, window.cell);
  }
}

/** The closed window of a key with these very bounds. */
export function closedAt(key: KeyPanes, window: Window): PaneWindow | undefined {
  return key.closed.size === 0 ? undefined : key.closed.get(boundsOf(window));
}

function boundsOf({ startMs, endMs }: Window): string {
  return `${startMs} ${endMs}`;
}

function inOrder(due: ReadonlyMap<PaneWindow, number>): readonly PaneWindow[] {
  const list = Array.from(due, ([window, timeMs]): Due => ({ window, timeMs }));
  list.sort((a, b) => (a.timeMs === b.timeMs ? compareWindows(a.window, b.window) : a.timeMs - b.timeMs));
  return list.map(({ window }) => window);
}

/** By end, start, first arrival. Ends may be infinite. */
export function compareWindows(a: PaneWindow, b: PaneWindow): number {
  if (a.endMs !== b.endMs) return a.endMs - b.endMs;
  return a.startMs === b.startMs ? a.first - b.first : a.startMs - b.startMs;
}
