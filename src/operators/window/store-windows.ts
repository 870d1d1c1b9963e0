import { rowErrors } from '../../expression/frame.ts';
import type { Batch, StreamType } from '../../stream/batch.ts';
import { PANE_EARLY, PANE_ON_TIME, phaseAt, rowAt, rowCount } from '../../stream/batch.ts';
import type { Column } from '../../stream/column.ts';
import { isNull } from '../../stream/column.ts';
import type { Curve } from '../../stream/curve.ts';
import type { RowKind } from '../../stream/row-kind.ts';
import { DELETE, INSERT, UPDATE_AFTER } from '../../stream/row-kind.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { StateLook } from '../../stream/state-look.ts';
import type { EventTimeMs, ProcessingTimeMs, Window } from '../../stream/time.ts';
import type { Kernel, KernelInput, KernelOutput, KernelRequest, Round, StateSize } from '../operator.ts';
import { rejectFailed } from '../shared/rejected-rows.ts';
import { RowOutcomes } from '../shared/row-outcomes.ts';
import { keyBytesAt } from '../shared/state/key-bytes.ts';
import type { WindowBound } from './bound.ts';
import { lookAtStore } from './look-at-store.ts';
import { WindowResults } from './window-results.ts';
import type { StoredWindow } from './window-store.ts';
import { WindowStore } from './window-store.ts';

/** A row on its way into its windows. */
export interface StoreRow {
  readonly seq: number;
  readonly phase: 0 | 1;
  readonly timeMs: EventTimeMs;
  /** Physical row of the batch that was begun. */
  readonly row: number;
  readonly key: number;
  readonly keyBytes: string;
  /** Stream time, this row included, less grace: what ends before takes nothing more. */
  readonly closeTimeMs: EventTimeMs;
  /** The largest time put into the store before this row. */
  readonly storeTimeMs: EventTimeMs;
}

export interface TakenRow {
  /** The window that ends last of those that took the row; null where none did. */
  readonly window: StoredWindow | null;
  /** The windows for which it came too late. */
  readonly missed: readonly Window[];
  /** Whether the engine looks for windows to emit after such a row. */
  readonly looks: boolean;
}

/** What windows do with a row: the part in which time, sliding and session windows differ. */
export interface StoreRules {
  /** Most results of one row, when `rows` others came before. */
  mostUpdates(store: WindowStore, rows: number): number;
  take(row: StoreRow, windows: StoreAccess): TakenRow;
  /** The time by which the store tells the age of a window. */
  storedAtMs(window: Window): EventTimeMs;
  /** The windows that end up to this time are closed, when stream time less grace is `closeTimeMs`. */
  closedThroughMs(closeTimeMs: EventTimeMs): EventTimeMs;
  /** The windows that end up to this time are too old to be read, when the newest time in the store is `storeTimeMs`. */
  expiredThroughMs(storeTimeMs: EventTimeMs): EventTimeMs;
  /** The windows that end up to this time are gone, whether they have been emitted or not. */
  lostThroughMs(storeTimeMs: EventTimeMs): EventTimeMs;
  /** Whether new windows may be made of what others hold, also closed ones: rows are held as long as the store has them. */
  readonly takesOver: boolean;
}

/** What the rules of a kind of window may do. */
export interface StoreAccess {
  readonly store: WindowStore;
  /** Adds the row to a window, puts that into the store and forwards it. */
  add(window: StoredWindow, row: StoreRow): void;
  /** Puts a window into the store as it is and forwards it. */
  put(window: StoredWindow, row: StoreRow): void;
  /** Forwards a tombstone and forgets the window. Its rows are counted with what took its place. */
  remove(window: StoredWindow, row: StoreRow): void;
  /** The window loses the rows that it has: another takes its place in the store. */
  overwrite(window: StoredWindow): void;
}

/**
 * Windows of Kafka's kind: in stores, closed by the stream time of the rows that arrive. Stream time is the largest time
 * of the rows with a key and a time so far, each moves it before it is judged (`AbstractKStreamTimeWindowAggregateProcessor`,
 * `KStreamSessionWindowAggregate`). Everything has the position of the row that caused it.
 *
 * With each event: the changed windows in the order in which the engine forwards them. On close: after a row, the windows
 * that its stream time closed, by end, start and bytes of the key; those that the store's retention had passed by then
 * give no result ever, and their rows are late.
 */
export class StoreWindows implements Kernel, StoreAccess {
  readonly store: WindowStore;
  readonly bound: WindowBound;
  private readonly type: StreamType;
  readonly rules: StoreRules;
  private readonly emitsOnClose: boolean;
  private readonly dropsNullKeys: boolean;
  private readonly results: WindowResults;
  private readonly outcomes: RowOutcomes;
  /** The largest time of a usable row; ConsumerRecord.NO_TIMESTAMP before the first. */
  private streamTimeMs = -1;
  /** The largest time of a window that was put into the store. */
  private storeTimeMs = -1;
  private closedThroughMs: EventTimeMs = -Infinity;
  private nextEmitAtMs: ProcessingTimeMs = 0;
  private out: KernelOutput | null = null;

  constructor({ bound, inputs, outputs, connected, dialect }: KernelRequest<WindowBound>, rules: StoreRules) {
    this.bound = bound;
    this.rules = rules;
    this.type = inputs[0]!;
    this.emitsOnClose = bound.emission === 'on-close';
    this.dropsNullKeys = dialect.windows.nullKeys === 'drop';
    this.store = new WindowStore(bound, rules.takesOver);
    this.results = new WindowResults(bound, outputs.out!);
    this.outcomes = new RowOutcomes(this.type, connected);
  }

  run(round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    this.out = out;
    for (const batch of inputs[0]!.batches) this.takeBatch(batch, round);
    this.results.flush(out);
    this.out = null;
    return clock;
  }

  private takeBatch(batch: Batch, round: Round): void {
    const out = this.out!;
    const errors = rowErrors();
    const keyColumns = this.bound.key.columns.map((index) => batch.columns[index]!);
    this.store.cells.begin(batch, errors);
    rejectFailed(batch, this.type, errors, out);
    this.outcomes.begin(batch);
    const count = rowCount(batch);
    for (let i = 0; i < count; i++) {
      const row = rowAt(batch, i);
      if (errors.has(row)) this.outcomes.failed(row);
      // RecordQueue: a record with a negative time is skipped; KStreamWindowAggregate: so is one without key
      else if (!(batch.ts[row]! >= 0)) this.outcomes.reject(row, 'no-time', this.streamTimeMs, out);
      else if (this.dropsNullKeys && keyColumns.some((column) => isNull(column.nulls, row)))
        this.outcomes.reject(row, 'null-key', this.streamTimeMs, out);
      else {
        const key = this.store.keys.idOf(keyColumns, row);
        this.store.keys.hold(key);
        this.takeRow(this.rowOf(batch, row, { key, keyColumns }), round.at[batch.seq[row]! - round.firstSeq]!);
        this.store.keys.release(key);
      }
    }
    this.outcomes.finish(out);
  }

  private rowOf(batch: Batch, row: number, owner: { key: number; keyColumns: readonly Column[] }): StoreRow {
    const timeMs = batch.ts[row]!;
    this.streamTimeMs = Math.max(this.streamTimeMs, timeMs);
    return {
      seq: batch.seq[row]!,
      phase: phaseAt(batch, row) === 0 ? 0 : 1,
      timeMs,
      row,
      key: owner.key,
      keyBytes: keyBytesAt(owner.keyColumns, this.bound.key.fields, row),
      closeTimeMs: this.streamTimeMs - this.bound.graceMs,
      storeTimeMs: this.storeTimeMs,
    };
  }

  private takeRow(row: StoreRow, nowMs: ProcessingTimeMs): void {
    const out = this.out!;
    const { window, missed, looks } = this.rules.take(row, this);
    if (window === null) {
      // The stream time that judged it, in the words of a watermark.
      this.outcomes.late(
        row.row,
        this.streamTimeMs,
        missed.map(({ startMs, endMs }) => [startMs, endMs]),
        out,
      );
    } else {
      this.store.hold(window, row.timeMs);
      out.fates.held++;
      this.outcomes.lateFor(missed.length, out);
    }
    this.settle(row, looks && this.emitsOnClose && this.looksAt(nowMs));
  }

  /** Whether it is time to look for closed windows again. `AbstractKStreamTimeWindowAggregateProcessor.shouldEmitFinal`. */
  private looksAt(nowMs: ProcessingTimeMs): boolean {
    if (nowMs < this.nextEmitAtMs) return false;
    this.nextEmitAtMs = nowMs + this.bound.engine.emitIntervalMs;
    return true;
  }

  /** Closes and forgets what the stream time and the newest time in the store say. */
  private settle(row: StoreRow, emits: boolean): void {
    const { rules, store } = this;
    const closedThroughMs = rules.closedThroughMs(row.closeTimeMs);
    if (!this.emitsOnClose) for (const window of store.close(closedThroughMs)) this.settleClosed(window);
    // fetchAndEmit comes after the row's own put, which made the store forget
    this.expire(rules.lostThroughMs(this.storeTimeMs));
    if (emits) this.emitClosed(closedThroughMs, row);
    if (emits || !this.emitsOnClose) this.closedThroughMs = Math.max(this.closedThroughMs, closedThroughMs);
    this.expire(Math.min(rules.expiredThroughMs(this.storeTimeMs), this.closedThroughMs));
  }

  private expire(throughMs: EventTimeMs): void {
    for (const window of this.store.expire(throughMs)) this.settleRows(window, window.isClosed ? 'used' : 'late');
  }

  private settleClosed(window: StoredWindow): void {
    if (!this.rules.takesOver) this.settleRows(window, 'used');
  }

  private settleRows(window: StoredWindow, fate: 'used' | 'late'): void {
    const { fates } = this.out!;
    fates.held -= window.heldRows;
    fates[fate] += window.heldRows;
    window.heldRows = 0;
  }

  private emitClosed(throughMs: EventTimeMs, row: StoreRow): void {
    const { trace } = this.out!;
    const fired = new Map<string, Window & { results: number }>();
    for (const window of this.store.close(throughMs)) {
      this.emit(window, row, INSERT);
      this.settleClosed(window);
      if (trace === null) continue;
      const { startMs, endMs } = window;
      const bounds = `${startMs} ${endMs}`;
      const firing = fired.get(bounds);
      if (firing === undefined) fired.set(bounds, { startMs, endMs, results: 1 });
      else firing.results++;
    }
    const { seq, phase } = row;
    for (const firing of fired.values()) trace?.fired({ seq, phase, timing: PANE_ON_TIME, paneIndex: 0, ...firing });
  }

  add(window: StoredWindow, row: StoreRow): void {
    this.store.cells.add(window.cell, row.row);
    window.maxTimeMs = Math.max(window.maxTimeMs, row.timeMs);
    this.put(window, row);
  }

  put(window: StoredWindow, row: StoreRow): void {
    this.storeTimeMs = Math.max(this.storeTimeMs, this.rules.storedAtMs(window));
    if (this.emitsOnClose) return;
    const { startMs, endMs, results: paneIndex } = window;
    const { seq, phase } = row;
    this.emit(window, row, paneIndex === 0 ? INSERT : UPDATE_AFTER);
    this.out!.trace?.fired({ seq, phase, startMs, endMs, timing: PANE_EARLY, paneIndex, results: 1 });
  }

  remove(window: StoredWindow, row: StoreRow): void {
    if (!this.emitsOnClose) this.emit(window, row, DELETE);
    this.store.remove(window);
  }

  overwrite(window: StoredWindow): void {
    this.settleRows(window, this.emitsOnClose ? 'late' : 'used');
  }

  private emit(window: StoredWindow, { seq, phase }: StoreRow, kind: RowKind): void {
    const { startMs, endMs, maxTimeMs: ts } = window;
    const { keys, cells } = this.store;
    const count = this.bound.aggregates.length;
    this.results.add(
      {
        seq,
        phase,
        ts,
        startMs,
        endMs,
        timing: this.emitsOnClose ? PANE_ON_TIME : PANE_EARLY,
        paneIndex: window.results++,
        kind,
      },
      (builders) => keys.appendTo(builders, window.key),
      (builders, at) => {
        if (kind !== DELETE) cells.appendTo(builders, at, window.cell);
        else for (let a = 0; a < count; a++) builders[at + a]!.appendNull();
      },
      this.out!,
    );
  }

  mostOutputs(rows: number): number {
    return this.emitsOnClose ? 1 : this.rules.mostUpdates(this.store, rows);
  }

  look(most: number): StateLook {
    return lookAtStore(this, most);
  }

  stateSize(): StateSize {
    return { rows: this.store.size, bytes: this.store.bytes };
  }

  snapshot(writer: StateWriter): void {
    writer.f64(this.streamTimeMs);
    writer.f64(this.storeTimeMs);
    writer.f64(this.closedThroughMs);
    writer.f64(this.nextEmitAtMs);
    this.store.snapshot(writer);
  }

  restore(reader: StateReader): void {
    this.streamTimeMs = reader.f64();
    this.storeTimeMs = reader.f64();
    this.closedThroughMs = reader.f64();
    this.nextEmitAtMs = reader.f64();
    this.store.restore(reader);
  }
}
