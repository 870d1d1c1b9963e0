import type { Batch } from '../../stream/batch.ts';
import { phaseAt, rowAt } from '../../stream/batch.ts';
import { isNull } from '../../stream/column.ts';
import type { Column } from '../../stream/column.ts';
import type { Curve } from '../../stream/curve.ts';
import { watermarkBefore } from '../../stream/curve.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { StateLook } from '../../stream/state-look.ts';
import type { EventTimeMs, ProcessingTimeMs } from '../../stream/time.ts';
import { CHUNK_ROWS } from '../operator.ts';
import type { Kernel, KernelInput, KernelOutput, KernelRequest, Round, StateSize } from '../operator.ts';
import { padsSide } from '../shared/joins/join-config.ts';
import { JoinedRows } from '../shared/joins/joined-rows.ts';
import { NO_ROW } from '../shared/state/row-store.ts';
import { RefusedRows } from '../shared/joins/refused-rows.ts';
import { forEachRun } from '../shared/merge-by-position.ts';
import { ResultBuilder } from '../shared/result-builder.ts';
import { firstInOrder, lookAtKinds, storedRows } from '../shared/state-contents.ts';
import type { StateKind } from '../shared/state-contents.ts';
import { TimerSteps } from '../shared/timer-steps.ts';
import type { Cache, Cell } from './caches-state.ts';
import { Caches, firstAfter, firstAtLeast } from './caches-state.ts';
import type { IntervalJoinBound } from './definition.ts';
import { heldBack } from './held-back.ts';

type Side = 0 | 1;

/** One row that arrives. */
interface Arrival {
  readonly side: Side;
  readonly batch: Batch;
  readonly row: number;
  readonly keyColumns: readonly Column[];
  /** What it is matched by. */
  readonly timeMs: number;
  /** Event time or the clock as it stands. */
  readonly nowMs: number;
}

/** What causes results. */
interface Place {
  readonly seq: number;
  readonly phase: 0 | 1;
}

/** Places [from, to) in a cache. */
interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * Flink SQL's interval join, `TimeIntervalJoin`. Each side is cached by key and time while a partner may still come: until
 * event time or the clock has passed the last moment that a row of the other side may match it. A row joins with all
 * that is cached, however late it comes. One that leaves its cache, or finds it closed, without having met a partner is
 * padded where its side is outer.
 *
 * Rows leave by a timer, or before when a row of the other side comes by. How far each side was forgotten is one figure for
 * all keys: a row whose partners would all lie before it does not look for them, even if they are still cached.
 */
export class CachedJoin implements Kernel {
  private readonly bound: IntervalJoinBound;
  private readonly isByClock: boolean;
  private readonly isOuter: readonly [boolean, boolean];
  /** How long after its own time a row of the side may still meet one of the other. */
  private readonly reachMs: readonly [number, number];
  private readonly caches: Caches;
  private readonly joined: JoinedRows;
  private readonly results: ResultBuilder;
  private readonly refused: RefusedRows;
  private readonly steps: TimerSteps;
  /** Up to where each side was forgotten, when that was last worked out. Operator times begin at 0 in Flink. */
  private readonly expiredMs: [number, number] = [0, 0];
  private clock: Curve | null = null;
  private out: KernelOutput | null = null;

  constructor({ bound, inputs, outputs, connected }: KernelRequest<IntervalJoinBound>) {
    const [left, right] = [inputs[0]!.schema, inputs[1]!.schema];
    this.bound = bound;
    this.isByClock = bound.timeDomain === 'processing';
    const pads = padsSide(bound.kind);
    this.isOuter = [pads.left, pads.right];
    this.reachMs = [bound.upperMs, -bound.lowerMs];
    this.caches = new Caches(left, right, bound.leftKey.fields);
    this.joined = new JoinedRows(bound, { left, right }, this.caches.stores);
    this.results = new ResultBuilder(outputs.out!.schema);
    this.refused = new RefusedRows(inputs, outputs, connected);
    const { caches } = this;
    const timers = {
      get firstTimerMs(): number {
        return caches.firstTimerMs;
      },
      fire: (nowMs: number, seq: number): void => this.fire(nowMs, { seq, phase: 1 }),
    };
    this.steps = new TimerSteps(timers, this.isByClock);
  }

  run(round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    this.clock = clock;
    this.out = out;
    this.steps.begin(round, clock);
    forEachRun(inputs, ({ input, batch, from, to }) => {
      const side: Side = inputs[input]!.port === 'left' ? 0 : 1;
      const key = side === 0 ? this.bound.leftKey : this.bound.rightKey;
      const keyColumns = key.columns.map((index) => batch.columns[index]!);
      for (let i = from; i < to; i++) this.arrive(side, batch, rowAt(batch, i), keyColumns);
    });
    this.steps.finish();
    this.flush();
    this.refused.flush(out);
    return this.isByClock || this.isReversed ? clock : heldBack(clock, this.holdBackMs);
  }

  private get isReversed(): boolean {
    return this.bound.upperMs < this.bound.lowerMs;
  }

  /** RowTimeIntervalJoin.getMaxOutputDelay: no result is older than this behind the watermark. */
  private get holdBackMs(): number {
    return Math.max(...this.reachMs) + this.bound.latenessMs;
  }

  private arrive(side: Side, batch: Batch, row: number, keyColumns: readonly Column[]): void {
    const out = this.out!;
    const now = this.steps.arrive(batch.seq[row]!);
    const timeMs = this.isByClock ? now : batch.ts[row]!;
    const lacksKey = keyColumns.some((column, i) => !this.bound.nullSafe[i]! && isNull(column.nulls, row));
    if (Number.isNaN(timeMs)) {
      this.refused.drop({ side, batch, row }, 'no-time', watermarkBefore(this.clock!, batch.seq[row]!), out);
    } else if (lacksKey && !this.isOuter[side]) out.fates.unmatched++;
    else {
      // RowTimeIntervalJoin.updateOperatorTime: never below 0
      const nowMs = this.isByClock ? now : Math.max(0, now);
      this.take({ side, batch, row, keyColumns, timeMs, nowMs }, lacksKey);
    }
  }

  private take({ side, batch, row, keyColumns, timeMs, nowMs }: Arrival, lacksKey: boolean): void {
    const { caches } = this;
    const other: Side = side === 0 ? 1 : 0;
    const place = placeOf(batch, row);
    const handle = caches.store(side, batch.columns, row, batch.ts[row]!);
    // StreamExecIntervalJoin.createNegativeWindowSizeJoin: no row has a partner
    if (this.isReversed) {
      this.leave(side, handle, place);
      return;
    }
    const cell = caches.cellOf(keyColumns, row);
    const lastMs = timeMs + this.reachMs[side];
    if (this.expiredMs[other] < lastMs) {
      const cache = cell.caches[other];
      const range = { from: firstAtLeast(cache, timeMs - this.reachMs[other]), to: firstAfter(cache, lastMs) };
      const matched = lacksKey ? new Set<number>() : this.matches(side, handle, cache, range);
      if (typeof matched === 'string') {
        caches.release(side, handle);
        this.refused.reject({ side, batch, row }, matched, this.out!);
        caches.settle(cell);
        return;
      }
      this.expiredMs[other] = this.expiredAt(nowMs, other);
      this.meet({ side, handle, place }, cache, matched);
    }
    if (nowMs < lastMs) {
      this.out!.fates.held++;
      const own = cell.caches[side];
      caches.keep(own, { handle, timeMs });
      if (Number.isNaN(own.timerMs)) this.setTimer(own, timeMs);
    } else this.leave(side, handle, place);
    caches.settle(cell);
  }

  /** Which of the cached rows in the range match the row, by time; or what the further condition fails with. */
  private matches(side: Side, handle: number, cache: Cache, { from, to }: Range): Set<number> | string {
    const candidates = cache.handles.slice(from, to);
    const pairs = candidates.map((each) => (side === 0 ? ([handle, each] as const) : ([each, handle] as const)));
    const matches = this.joined.matches(pairs);
    if (!matches.ok) return matches.message;
    return new Set(candidates.filter((_, i) => matches.matched[i]!));
  }

  /** Joins a row with those of the other side that it matches, by time, and sends off those whose time is over. */
  private meet(
    { side, handle, place }: { readonly side: Side; readonly handle: number; readonly place: Place },
    cache: Cache,
    matched: Set<number>,
  ): void {
    const { caches } = this;
    const other = cache.side;
    const join = (partner: number): void => {
      caches.markMatched(side, handle);
      caches.markMatched(other, partner);
      this.emit(side === 0 ? [handle, partner] : [partner, handle], place);
    };
    for (const partner of caches.takeFirst(cache, this.expired(cache))) {
      if (matched.delete(partner)) join(partner);
      this.out!.fates.held--;
      this.leave(other, partner, place);
    }
    for (const partner of matched) join(partner);
  }

  /** How many rows at the head of the cache have had their time. */
  private expired(cache: Cache): number {
    return firstAfter(cache, this.expiredMs[cache.side]) - cache.head;
  }

  /** TimeIntervalJoin.calExpirationTime */
  private expiredAt(nowMs: number, side: Side): number {
    return nowMs - this.reachMs[side] - this.bound.latenessMs - 1;
  }

  private setTimer(cache: Cache, timeMs: number): void {
    const { minCleanupMs, latenessMs } = this.bound;
    this.caches.setTimer(cache, timeMs + this.reachMs[cache.side] + minCleanupMs + latenessMs + 1);
  }

  private fire(nowMs: number, place: Place): void {
    for (;;) {
      const dueMs = this.caches.firstTimerMs;
      if (dueMs > nowMs || dueMs === Infinity) break;
      for (const cell of this.caches.takeFirstTimers()) this.forget(cell, dueMs, nowMs, place);
    }
  }

  private forget(cell: Cell, dueMs: number, nowMs: number, place: Place): void {
    // TimeIntervalJoin.onTimer: the right rows first
    for (const side of [1, 0] as const) {
      const cache = cell.caches[side];
      if (cache.timerMs !== dueMs) continue;
      this.expiredMs[side] = this.expiredAt(this.isByClock ? nowMs : Math.max(0, nowMs), side);
      for (const handle of this.caches.takeFirst(cache, this.expired(cache))) {
        this.out!.fates.held--;
        this.leave(side, handle, place);
      }
      cache.timerMs = Number.NaN;
      if (cache.head < cache.times.length) this.setTimer(cache, cache.times[cache.head]!);
    }
    this.caches.settle(cell);
  }

  /** A row that no partner can come for any more. */
  private leave(side: Side, handle: number, place: Place): void {
    const { fates } = this.out!;
    const isMatched = this.caches.isMatched(side, handle);
    if (isMatched || this.isOuter[side]) fates.used++;
    else fates.unmatched++;
    if (!isMatched && this.isOuter[side]) this.emit(side === 0 ? [handle, NO_ROW] : [NO_ROW, handle], place);
    this.caches.release(side, handle);
  }

  private emit([left, right]: readonly [left: number, right: number], { seq, phase }: Place): void {
    this.joined.appendTo(this.results.columns, left, right);
    this.results.place(seq, phase, this.timeOf(left, right));
    if (this.results.length === CHUNK_ROWS) this.flush();
  }

  private timeOf(left: number, right: number): EventTimeMs {
    const leftMs = left === NO_ROW ? Number.NaN : this.caches.eventTimeOf(0, left);
    const rightMs = right === NO_ROW ? Number.NaN : this.caches.eventTimeOf(1, right);
    if (this.bound.resultTime !== 'larger') return this.bound.resultTime === 'left' ? leftMs : rightMs;
    if (left === NO_ROW) return rightMs;
    return right === NO_ROW ? leftMs : Math.max(leftMs, rightMs);
  }

  private flush(): void {
    const results = this.results.take(null);
    if (results !== null) this.out!.emit('out', results);
  }

  mostOutputs(rows: number): number {
    return this.caches.mostInCache + rows + 1;
  }

  pendingClockMs(): ProcessingTimeMs {
    return this.isByClock ? this.caches.lastTimerMs : -Infinity;
  }

  look(most: number): StateLook {
    return lookAtKinds(this.lookAtSide(0, most), this.lookAtSide(1, most));
  }

  private lookAtSide(side: Side, most: number): StateKind {
    const store = this.caches.stores[side];
    const what = side === 0 ? 'left rows' : 'right rows';
    const rows = firstInOrder(this.caches.rowsOf(side), most, (a, b) => a.timeMs - b.timeMs);
    const { lowerMs, upperMs } = this.bound;
    const [fromMs, toMs] = side === 0 ? [lowerMs, upperMs] : [-upperMs, -lowerMs];
    const untils = rows.map(({ handle, timeMs }) => {
      const moment = { timeMs, partners: { fromMs: timeMs + fromMs, toMs: timeMs + toMs } };
      return {
        handle,
        moment,
        until: { timeMs: timeMs + this.reachMs[side], does: 'goes', isByClock: this.isByClock },
      };
    });
    return storedRows({ what, order: 'with the oldest times', count: store.rows }, store, untils, most);
  }

  stateSize(): StateSize {
    return { rows: this.caches.rows, bytes: this.caches.bytes };
  }

  snapshot(writer: StateWriter): void {
    for (const expiredMs of this.expiredMs) writer.f64(expiredMs);
    this.caches.snapshot(writer);
  }

  restore(reader: StateReader): void {
    this.expiredMs[0] = reader.f64();
    this.expiredMs[1] = reader.f64();
    this.caches.restore(reader);
  }
}

function placeOf(batch: Batch, row: number): Place {
  return { seq: batch.seq[row]!, phase: phaseAt(batch, row) === 0 ? 0 : 1 };
}
