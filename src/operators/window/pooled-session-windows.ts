import type { Batch, StreamType } from '../../stream/batch.ts';
import { PANE_LATE, PANE_ON_TIME, phaseAt, rowAt, rowCount } from '../../stream/batch.ts';
import { isNull } from '../../stream/column.ts';
import type { Curve } from '../../stream/curve.ts';
import { watermarkBefore } from '../../stream/curve.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { StateLook } from '../../stream/state-look.ts';
import type { DurationMs, EventTimeMs, WatermarkMs } from '../../stream/time.ts';
import type { WindowRules } from '../dialects/dialect.ts';
import type { Kernel, KernelInput, KernelOutput, KernelRequest, Round, StateSize } from '../operator.ts';
import { addRows } from '../shared/aggregates/aggregate-input.ts';
import { firstRowBehind, firstStepAtLeast } from '../shared/curve-steps.ts';
import { Ints } from '../shared/ints.ts';
import { rejectFailed } from '../shared/rejected-rows.ts';
import { RowOutcomes } from '../shared/row-outcomes.ts';
import type { WindowBound } from './bound.ts';
import { FiringTeller } from './firing-teller.ts';
import { lookAtSessions } from './look-at-sessions.ts';
import type { SessionBatch } from './session-batch-state.ts';
import { sessionBatch } from './session-batch-state.ts';
import { SessionPool } from './session-pool-state.ts';
import { SessionResults } from './session-results.ts';
import type { PaneFiring } from './trigger-results.ts';

/**
 * Flink's sessions of event time, `WindowOperator` with `EventTimeTrigger`, in pooled arrays.
 *
 * Most rows extend the one session of their key that is open, which changes two figures. Rows are added to the aggregates
 * column by column, at the end of the batch or before two sessions become one. The result of a session that fires and is
 * over waits for that, too; one that is kept may get rows that its result must not have.
 */
export class PooledSessionWindows implements Kernel {
  private readonly bound: WindowBound;
  private readonly rules: WindowRules;
  private readonly type: StreamType;
  private readonly gapMs: DurationMs;
  private readonly pool: SessionPool;
  readonly look = (most: number): StateLook => lookAtSessions(this.pool, this.bound, most);
  private readonly results: SessionResults;
  private readonly outcomes: RowOutcomes;
  private readonly teller = new FiringTeller();
  /** Entry, from the round's first, up to which steps of the watermark were taken. */
  private cursor = 0;
  private keys = new Int32Array(0);
  /** The session of each row by place; of those from `pendingFrom` to `pendingTo` they do not have the values yet. */
  private pendingSessions = new Int32Array(0);
  private pendingFrom = 0;
  private pendingTo = 0;
  private everyRow = new Int32Array(0);
  private readonly ends = new Float64Array(2);
  private view: SessionBatch | null = null;
  private readonly due = new Ints();
  private readonly met = new Ints();
  /** Closed sessions whose aggregates are not in the results yet. */
  private readonly closed = new Ints();

  constructor({ bound, inputs, outputs, dialect, connected }: KernelRequest<WindowBound>) {
    this.bound = bound;
    this.rules = dialect.windows;
    this.type = inputs[0]!;
    this.gapMs = bound.gapMs;
    this.pool = new SessionPool(bound, dialect.windows);
    this.results = new SessionResults(bound, dialect.windows, outputs.out!, this.pool);
    this.outcomes = new RowOutcomes(this.type, connected);
  }

  run(_round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    this.cursor = 0;
    // Keys of sessions that close in this round are written at its end.
    this.pool.keys.begin();
    for (const batch of inputs[0]!.batches) this.takeBatch(batch, clock, out);
    this.advance(clock, clock.watermarks.length, out);
    this.fillResults();
    this.results.flush(out);
    this.pool.keys.settle();
    return clock;
  }

  private takeBatch(batch: Batch, clock: Curve, out: KernelOutput): void {
    const view = sessionBatch(this.bound, this.rules, { batch, clock, out });
    this.view = view;
    rejectFailed(batch, this.type, view.errors, out);
    this.outcomes.begin(batch);
    this.pendingFrom = 0;
    this.pendingTo = 0;
    this.findKeys(view);
    const count = rowCount(batch);
    for (let i = 0; i < count;) {
      const until = this.quietUntil(view, i);
      if (until === i) this.advance(clock, batch.seq[rowAt(batch, i)]! - clock.firstSeq, out);
      else i = this.takeRows(view, i, until);
    }
    this.fillResults();
    this.view = null;
    this.outcomes.finish(out);
  }

  /** The keys of the rows that a reader sees, by number. */
  private findKeys({ batch, keyColumns }: SessionBatch): void {
    const { pool } = this;
    const count = rowCount(batch);
    if (this.keys.length < count) {
      this.keys = new Int32Array(count);
      this.pendingSessions = new Int32Array(count);
      this.everyRow = Int32Array.from({ length: count }, (_, row) => row);
    }
    const { keys } = this;
    pool.keys.idsOf(keyColumns, batch.selection, count, keys);
    let most = 0;
    for (let i = 0; i < count; i++) if (keys[i]! > most) most = keys[i]!;
    pool.growKeys(most);
  }

  /** The first row, by its place among those that a reader sees, that comes after a step at which something is due. */
  private quietUntil({ batch, clock }: SessionBatch, from: number): number {
    const { timers } = this.pool;
    const steps = clock.watermarks.length;
    const step = timers.isEmpty ? -1 : firstStepAtLeast(clock, timers.firstMs, this.cursor, steps);
    return step < 0 ? rowCount(batch) : firstRowBehind(batch, from, clock.firstSeq + step);
  }

  /** Takes rows before which nothing is due, up to one that brings the next due time nearer. Returns where it stopped. */
  private takeRows(view: SessionBatch, from: number, until: number): number {
    const { timers } = this.pool;
    const { firstMs } = timers;
    for (let i = from; i < until;) {
      if (!view.mayReject) i = this.extendSessions(view, i, until);
      if (i === until) break;
      this.takeRow(view, i++);
      if (timers.firstMs < firstMs) return i;
    }
    return until;
  }

  /**
   * Takes rows as long as each meets the one session that its key has, which has not fired: it is not late then, and
   * nothing fires. Only where all rows that have a time are usable. Returns where it stopped.
   */
  private extendSessions({ batch, gaps, out }: SessionBatch, from: number, until: number): number {
    const { heads, bounds } = this.pool;
    const { counts } = this.pool.rowCounts;
    const { keys, pendingSessions, gapMs, ends } = this;
    const { ts, selection } = batch;
    let i = from;
    for (; i < until; i++) {
      const session = heads[keys[i]!]!;
      if (session <= 0) break;
      const row = selection === null ? i : selection[i]!;
      const timeMs = ts[row]!;
      const endMs = timeMs + (gaps === null ? gapMs : gaps[row]!);
      const at = session * 2;
      // Written so that NaN meets nothing.
      if (!(timeMs <= bounds[at + 1]! && endMs >= bounds[at]!)) break;
      if (timeMs < bounds[at]!) bounds[at] = timeMs;
      // The later of both without a branch, which would be guessed wrong with every third row of a disordered stream.
      ends[0] = bounds[at + 1]!;
      ends[1] = endMs;
      bounds[at + 1] = ends[+(endMs > ends[0])]!;
      counts[session]!++;
      pendingSessions[i] = session;
    }
    this.pendingTo = i;
    out.fates.held += i - from;
    return i;
  }

  /** Takes one row into its session, if there is one that it is not too late for. Nothing is due before it. */
  private takeRow(view: SessionBatch, i: number): void {
    const { batch, gaps, clock, out } = view;
    const { pool, met } = this;
    const row = rowAt(batch, i);
    const timeMs = batch.ts[row]!;
    const watermark = watermarkBefore(clock, batch.seq[row]!);
    if ((view.mayReject || timeMs !== timeMs) && !this.isUsable(view, row, watermark)) {
      this.passOver(i);
      return;
    }
    const ownEndMs = timeMs + (gaps === null ? this.gapMs : gaps[row]!);
    const key = this.keys[i]!;
    let startMs = timeMs;
    let endMs = ownEndMs;
    met.length = 0;
    for (let session = pool.firstOf(key); session > 0; session = pool.nextOf(session)) {
      const otherStartMs = pool.startMs(session);
      const otherEndMs = pool.endMs(session);
      if (!(timeMs <= otherEndMs && ownEndMs >= otherStartMs)) continue;
      this.meet(session);
      if (otherStartMs < startMs) startMs = otherStartMs;
      if (otherEndMs > endMs) endMs = otherEndMs;
    }
    // WindowOperator.isElementLate: of a session that exists no more, judged by where it would end
    if (pool.forgottenAt(endMs) <= watermark) {
      this.outcomes.late(row, watermark, [[timeMs, ownEndMs]], out);
      this.passOver(i);
      return;
    }
    const session = this.merged(key, startMs, endMs);
    pool.rowCounts.counts[session]!++;
    this.pendingSessions[i] = session;
    this.pendingTo = i + 1;
    out.fates.held++;
    if (endMs - 1 <= watermark) this.fireLate(session, batch, row);
  }

  /** Into `met`, the session whose key came first at the front. */
  private meet(session: number): void {
    const { met, pool } = this;
    let at = met.length;
    met.push(session);
    const { values } = met;
    for (; at > 0 && pool.arrival(values[at - 1]!) > pool.arrival(session); at--) values[at] = values[at - 1]!;
    values[at] = session;
  }

  private isUsable({ batch, errors, keyColumns, out }: SessionBatch, row: number, watermark: WatermarkMs): boolean {
    if (errors.has(row)) {
      this.outcomes.failed(row);
      return false;
    }
    const timeMs = batch.ts[row]!;
    const hasTime = timeMs === timeMs;
    const hasKey = this.rules.nullKeys === 'group' || !keyColumns.some((column) => isNull(column.nulls, row));
    if (hasTime && hasKey) return true;
    this.outcomes.reject(row, hasTime ? 'null-key' : 'no-time', watermark, out);
    return false;
  }

  /**
   * The one session with these bounds that the sessions in `met` come to be: that whose key came first among them, or a
   * new one. One that stays as it is goes on with its panes; any other begins anew.
   */
  private merged(key: number, startMs: EventTimeMs, endMs: EventTimeMs): number {
    const { pool, met } = this;
    const { timers } = pool;
    if (met.length === 0) {
      const session = pool.add(key, startMs, endMs);
      timers.set(session, endMs - 1);
      return session;
    }
    const into = met.values[0]!;
    if (met.length > 1) this.addPending();
    else if (pool.startMs(into) === startMs && pool.endMs(into) === endMs) return into;
    for (let m = 1; m < met.length; m++) pool.absorb(into, met.values[m]!);
    // One that has not fired is due no earlier than it was: its timer stays.
    if (pool.hasFired[into] === 1) timers.set(into, endMs - 1);
    pool.move(into, startMs, endMs);
    return into;
  }

  /** Takes the steps of the watermark up to, and without, the round's entry `until`. */
  private advance(clock: Curve, until: number, out: KernelOutput): void {
    const { timers } = this.pool;
    while (!timers.isEmpty) {
      const step = firstStepAtLeast(clock, timers.firstMs, this.cursor, until);
      if (step < 0) break;
      this.act(clock.watermarks[step]!, clock.firstSeq + step, out);
      this.cursor = step;
    }
    this.cursor = Math.max(this.cursor, Math.min(until, clock.watermarks.length));
  }

  /** Fires and forgets the sessions for which the watermark, reached at entry `seq`, is due. */
  private act(watermark: WatermarkMs, seq: number, out: KernelOutput): void {
    const { pool, due } = this;
    due.length = 0;
    pool.timers.takeDue(watermark, due);
    if (due.length > 1) due.values.subarray(0, due.length).sort(this.byEnd);
    for (let d = 0; d < due.length; d++) {
      const session = due.values[d]!;
      if (pool.hasFired[session] === 1) {
        this.forget(session, out);
        this.closed.push(session);
      } else this.fire(session, watermark, seq, out);
    }
    this.teller.end(out);
  }

  /** By end, start, first arrival. */
  private readonly byEnd = (a: number, b: number): number => {
    const { pool } = this;
    return pool.endMs(a) - pool.endMs(b) || pool.startMs(a) - pool.startMs(b) || pool.arrival(a) - pool.arrival(b);
  };

  private fire(session: number, watermark: WatermarkMs, seq: number, out: KernelOutput): void {
    const { pool } = this;
    const forgottenAt = pool.forgottenAt(pool.endMs(session));
    this.give(session, { seq, phase: 1, timing: PANE_ON_TIME }, out);
    if (forgottenAt <= watermark) {
      this.forget(session, out);
      this.closed.push(session);
      return;
    }
    this.fillResults();
    pool.setFired(session, 1);
    pool.timers.set(session, forgottenAt);
  }

  /** A row for a session that the watermark has passed gives the session's result at once. */
  private fireLate(session: number, batch: Batch, row: number): void {
    const { pool, view } = this;
    const { out } = view!;
    const phase = phaseAt(batch, row) === 0 ? 0 : 1;
    this.give(session, { seq: batch.seq[row]!, phase, timing: PANE_LATE }, out);
    this.fillResults();
    this.teller.end(out);
    if (pool.hasFired[session] === 1) return;
    pool.setFired(session, 1);
    pool.timers.set(session, pool.forgottenAt(pool.endMs(session)));
  }

  /** A result of the session, to be filled before anything comes to the session or it is recycled. */
  private give(session: number, { seq, phase, timing }: PaneFiring, out: KernelOutput): void {
    const { pool, results } = this;
    if (results.isFull) {
      this.fillResults();
      results.flush(out);
    }
    if (out.trace !== null) {
      const [startMs, endMs, paneIndex] = [pool.startMs(session), pool.endMs(session), pool.panes[session]!];
      this.teller.add({ seq, phase, startMs, endMs, timing, paneIndex, results: 1 }, out);
    }
    results.add(session, seq, phase, timing);
  }

  private forget(session: number, { fates }: KernelOutput): void {
    const rows = this.pool.rows(session);
    fates.held -= rows;
    fates.used += rows;
    this.pool.close(session);
  }

  /** Brings the aggregates up to the rows that were taken, and the results up to the aggregates. */
  private fillResults(): void {
    const { closed } = this;
    this.addPending();
    this.results.fill();
    this.pool.recycle(closed.values, closed.length);
    closed.length = 0;
  }

  private addPending(): void {
    const { pendingFrom: from, pendingTo: to, view, pool } = this;
    if (from === to) return;
    const { batch, arguments: inputs } = view!;
    const range = { from, to, areAllRows: batch.selection === null };
    const rows = { cells: this.pendingSessions, rows: batch.selection ?? this.everyRow, range };
    const { accumulators, rowCounts } = pool;
    for (let a = 0; a < accumulators.length; a++) {
      if (accumulators[a] !== rowCounts) addRows(accumulators[a]!, rows, inputs[a]!);
    }
    this.pendingFrom = to;
  }

  /** The row at this place, which is the next, comes to no session. */
  private passOver(i: number): void {
    this.addPending();
    this.pendingFrom = this.pendingTo = i + 1;
  }

  mostOutputs(_rows: number): number {
    return 1;
  }

  stateSize(): StateSize {
    return { rows: this.pool.openSessions, bytes: this.pool.bytes };
  }

  snapshot(writer: StateWriter): void {
    this.pool.snapshot(writer);
  }

  restore(reader: StateReader): void {
    this.pool.restore(reader);
  }
}
