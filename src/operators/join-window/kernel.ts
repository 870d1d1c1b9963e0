import type { Batch } from '../../stream/batch.ts';
import { PANE_LATE, PANE_ON_TIME, phaseAt, rowAt } from '../../stream/batch.ts';
import { isNull } from '../../stream/column.ts';
import type { Column } from '../../stream/column.ts';
import type { Curve } from '../../stream/curve.ts';
import { watermarkBefore } from '../../stream/curve.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { StateLook } from '../../stream/state-look.ts';
import type { EventTimeMs, ProcessingTimeMs, WatermarkMs } from '../../stream/time.ts';
import type { Field } from '../../stream/types.ts';
import type { WindowRules } from '../dialects/dialect.ts';
import { CHUNK_ROWS } from '../operator.ts';
import type { Kernel, KernelInput, KernelOutput, KernelRequest, Round, StateSize } from '../operator.ts';
import { padsSide } from '../shared/joins/join-config.ts';
import { JoinedRows } from '../shared/joins/joined-rows.ts';
import { NO_ROW } from '../shared/state/row-store.ts';
import { LateRows } from '../shared/joins/late-rows.ts';
import { RefusedRows } from '../shared/joins/refused-rows.ts';
import { forEachRun } from '../shared/merge-by-position.ts';
import { OriginBuilder, ResultBuilder } from '../shared/result-builder.ts';
import { stateLook } from '../shared/state-contents.ts';
import { TimerSteps } from '../shared/timer-steps.ts';
import type { WindowJoinBound } from './bound.ts';
import { PairMatching } from './pair-matching.ts';
import { inheritedSpan, spansAt } from './spans.ts';
import type { JoinWindow, Span } from './windows-state.ts';
import { WindowsState } from './windows-state.ts';

export function windowJoinKernel(request: KernelRequest<WindowJoinBound>): Kernel {
  return new WindowJoin(request);
}

type Side = 0 | 1;

/** One row that arrives. */
interface Arrival {
  readonly side: Side;
  readonly batch: Batch;
  readonly row: number;
  readonly keyColumns: readonly Column[];
}

/** What makes a window fire. */
interface Cause {
  readonly seq: number;
  readonly phase: 0 | 1;
  readonly timing: number;
}

/** Where results stand. */
interface Placed extends Cause {
  readonly timeMs: EventTimeMs;
}

const NO_FIELDS: readonly Field[] = [];

/**
 * Rows wait in the windows of their key until these are complete; all pairs of a window come out at once. Flink SQL:
 * `WindowJoinOperator`, over the windows that the rows come with, which are gone then. DataStream API: `JoinedStreams`, a
 * `WindowOperator` over both sides, which keeps windows for the allowed lateness and gives out all pairs again with each
 * row that comes late.
 */
class WindowJoin implements Kernel {
  private readonly bound: WindowJoinBound;
  private readonly rules: WindowRules;
  private readonly isByClock: boolean;
  private readonly latenessMs: number;
  /** Whether a row of the side can be in a result without a partner. */
  private readonly goesAlone: readonly [boolean, boolean];
  /** Whether rows of a key match each other whatever else is in them. */
  private readonly meetsAll: boolean;
  private readonly state: WindowsState;
  private readonly joined: JoinedRows;
  private readonly matching: PairMatching;
  private readonly results: ResultBuilder;
  private readonly origins = new OriginBuilder(NO_FIELDS);
  private readonly late: LateRows;
  private readonly refused: RefusedRows;
  private readonly steps: TimerSteps;
  private clock: Curve | null = null;
  private out: KernelOutput | null = null;

  constructor({ bound, inputs, outputs, dialect, connected }: KernelRequest<WindowJoinBound>) {
    const [left, right] = [inputs[0]!.schema, inputs[1]!.schema];
    this.bound = bound;
    this.rules = dialect.windows;
    this.isByClock = bound.timeDomain === 'processing';
    this.latenessMs = this.isByClock ? 0 : bound.latenessMs;
    const pads = padsSide(bound.kind);
    this.goesAlone = [pads.left || bound.kind === 'anti', pads.right];
    this.meetsAll = bound.residual === null && !bound.nullAware;
    // Where NULL may be any key, a row of any key may be a partner.
    this.state = new WindowsState(left, right, bound.nullAware ? NO_FIELDS : bound.leftKey.fields);
    const { stores } = this.state;
    this.joined = new JoinedRows(bound, { left, right }, stores);
    this.matching = new PairMatching({ bound, schemas: [left, right], stores, joined: this.joined });
    this.results = new ResultBuilder(outputs.out!.schema);
    this.late = new LateRows(inputs, outputs, connected);
    this.refused = new RefusedRows(inputs, outputs, connected);
    const { state } = this;
    const timers = {
      get firstTimerMs(): number {
        return state.firstTimerMs;
      },
      fire: (nowMs: number, seq: number): void => this.takeTimers(nowMs, seq),
    };
    this.steps = new TimerSteps(timers, this.isByClock);
  }

  run(round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    this.clock = clock;
    this.out = out;
    this.steps.begin(round, clock);
    forEachRun(inputs, ({ input, batch, from, to }) => {
      const side: Side = inputs[input]!.port === 'left' ? 0 : 1;
      const { leftKey, rightKey } = this.bound;
      const keyColumns = (side === 0 ? leftKey : rightKey).columns.map((index) => batch.columns[index]!);
      const inherited = this.bound.inherited?.[side] ?? null;
      for (let i = from; i < to; i++) {
        const arrival = { side, batch, row: rowAt(batch, i), keyColumns };
        if (inherited === null) this.arrive(arrival);
        else this.arriveWith(arrival, inheritedSpan(batch, arrival.row, inherited));
      }
    });
    this.steps.finish();
    this.flush();
    this.late.flush(out);
    this.refused.flush(out);
    return clock;
  }

  private arrive(arrival: Arrival): void {
    const { batch, row } = arrival;
    const nowMs = this.steps.arrive(batch.seq[row]!);
    const watermark = watermarkBefore(this.clock!, batch.seq[row]!);
    const timeMs = this.isByClock ? nowMs : batch.ts[row]!;
    if (Number.isNaN(timeMs)) this.refused.drop(arrival, 'no-time', watermark, this.out!);
    else this.take(arrival, spansAt(timeMs, this.bound), this.isByClock ? -Infinity : watermark);
  }

  /** A row that brings its one window along, which no other row makes larger. */
  private arriveWith(arrival: Arrival, span: Span | null): void {
    const { side, batch, row } = arrival;
    this.steps.arrive(batch.seq[row]!);
    const watermark = watermarkBefore(this.clock!, batch.seq[row]!);
    const nowMs = this.isByClock ? -Infinity : watermark;
    if (span === null) this.refused.drop(arrival, 'no-time', watermark, this.out!);
    else if (this.isOver(span, nowMs)) this.leave(arrival, [span], nowMs);
    else if (this.lacksKey(arrival) && !this.goesAlone[side]) this.out!.fates.unmatched++;
    else this.keep(arrival, span, nowMs);
  }

  private keep(arrival: Arrival, span: Span, nowMs: WatermarkMs): void {
    const { side, batch, row, keyColumns } = arrival;
    const { state, bound } = this;
    this.out!.fates.held++;
    const key = state.holdKey(bound.nullAware ? [] : keyColumns, row);
    const window = state.windowOf(key, span, this.lacksKey(arrival));
    window.rows[side].push(state.store(side, batch.columns, row, 1));
    if (window.timerMs !== this.rules.fireAt(window.endMs)) {
      const phase = phaseAt(batch, row) === 0 ? 0 : 1;
      this.schedule(window, nowMs, { seq: batch.seq[row]!, phase, timing: PANE_LATE });
    }
    state.releaseKey(key);
  }

  /** Whether a NULL in the row's key keeps it from matching. */
  private lacksKey({ row, keyColumns }: Arrival): boolean {
    const { nullAware, nullSafe } = this.bound;
    if (nullAware) return false;
    for (let i = 0; i < keyColumns.length; i++) {
      if (!nullSafe[i]! && isNull(keyColumns[i]!.nulls, row)) return true;
    }
    return false;
  }

  private take(arrival: Arrival, spans: readonly Span[], watermark: WatermarkMs): void {
    const { side, batch, row, keyColumns } = arrival;
    const { state, bound } = this;
    const { fates } = this.out!;
    const lacksKey = this.lacksKey(arrival);
    const key = state.holdKey(bound.nullAware ? [] : keyColumns, row);
    const open = spans.map((span) => this.grown(key, span)).filter((span) => !this.isOver(span, watermark));
    if (open.length === 0) this.leave(arrival, spans, watermark);
    else {
      fates.lateWindows += spans.length - open.length;
      if (lacksKey && !this.goesAlone[side]) fates.unmatched++;
      else {
        fates.held++;
        const windows = open.map((span) => this.windowOf(key, span, lacksKey));
        const handle = state.store(side, batch.columns, row, windows.length);
        for (const window of windows) window.rows[side].push(handle);
        const cause = { seq: batch.seq[row]!, phase: phaseAt(batch, row) === 0 ? 0 : 1, timing: PANE_LATE } as const;
        for (const window of windows) this.schedule(window, watermark, cause);
      }
    }
    state.releaseKey(key);
  }

  /** The session that a row's own becomes by those that it touches; other windows stay as they are. */
  private grown(key: number, span: Span): Span {
    if (this.bound.window !== 'session') return span;
    const touching = this.state.touching(key, span);
    return {
      startMs: Math.min(span.startMs, ...touching.map(({ startMs }) => startMs)),
      endMs: Math.max(span.endMs, ...touching.map(({ endMs }) => endMs)),
    };
  }

  private windowOf(key: number, span: Span, lacksKey: boolean): JoinWindow {
    if (this.bound.window !== 'session') return this.state.windowOf(key, span, lacksKey);
    const touching = this.state.touching(key, span);
    const [only] = touching;
    if (only === undefined) return this.state.windowOf(key, span, lacksKey);
    const isSame = touching.length === 1 && only.startMs === span.startMs && only.endMs === span.endMs;
    return isSame ? only : this.state.merge(touching, span);
  }

  /** WindowOperator.isWindowLate, WindowJoinOperator.processElement */
  private isOver({ endMs }: Span, watermark: WatermarkMs): boolean {
    return this.rules.cleanupAt(endMs, this.latenessMs) <= watermark;
  }

  /** No window takes the row. */
  private leave(arrival: Arrival, spans: readonly Span[], watermark: WatermarkMs): void {
    const { batch, row } = arrival;
    // WindowOperator.isElementLate: between two windows a row is late only if it is so by itself
    if (spans.length > 0 || batch.ts[row]! + this.latenessMs <= watermark) {
      const windows = spans.map(({ startMs, endMs }) => [startMs, endMs] as const);
      this.late.late(arrival, watermark, windows, this.out!);
    } else this.out!.fates.filtered++;
  }

  /** Sets the window's timer; one that is complete already fires at once. */
  private schedule(window: JoinWindow, nowMs: WatermarkMs, cause: Cause): void {
    const fireAt = this.rules.fireAt(window.endMs);
    if (fireAt > nowMs) {
      this.state.setTimer(window, fireAt);
      return;
    }
    this.fire(window, cause);
    this.state.setTimer(window, this.rules.cleanupAt(window.endMs, this.latenessMs));
  }

  private takeTimers(nowMs: number, seq: number): void {
    for (;;) {
      const dueMs = this.state.firstTimerMs;
      if (dueMs > nowMs || dueMs === Infinity) return;
      for (const window of this.state.takeFirstTimers()) {
        if (dueMs === this.rules.fireAt(window.endMs)) this.fire(window, { seq, phase: 1, timing: PANE_ON_TIME });
        const forgetAt = this.rules.cleanupAt(window.endMs, this.latenessMs);
        if (forgetAt > dueMs) this.state.setTimer(window, forgetAt);
        else this.forget(window);
      }
    }
  }

  private forget(window: JoinWindow): void {
    const { fates } = this.out!;
    const { given, others } = this.state.forget(window);
    fates.held -= given + others;
    fates.used += given;
    fates.unmatched += others;
  }

  private fire(window: JoinWindow, cause: Cause): void {
    const { kind } = this.bound;
    const { startMs, endMs, firings } = window;
    const place = { ...cause, timeMs: this.rules.resultTimeMs(startMs, endMs) };
    const lead: Side = kind === 'right' ? 1 : 0;
    if (kind === 'inner' && this.meetsAll) {
      this.fireAll(window, place);
      return;
    }
    const met = new Set<number>();
    let results = 0;
    const give = (own: number, other: number): void => {
      this.give(window, lead === 0 ? [own, other] : [other, own], place);
      results++;
    };
    for (const [own, partners] of this.matching.partners(window, lead, place, this.out!)) {
      if (kind === 'semi' || kind === 'anti') {
        if (partners.length > 0 === (kind === 'semi')) give(own, NO_ROW);
        if (kind === 'semi') for (const partner of partners) this.state.markGiven(1, partner);
        continue;
      }
      for (const partner of partners) give(own, partner);
      if (partners.length === 0 && this.goesAlone[lead]) give(own, NO_ROW);
      if (kind === 'full') for (const partner of partners) met.add(partner);
    }
    if (kind === 'full') for (const other of window.rows[1]) if (!met.has(other)) give(NO_ROW, other);
    window.firings++;
    const { seq, phase, timing } = cause;
    this.out!.trace?.fired({ seq, phase, startMs, endMs, timing, paneIndex: firings, results });
  }

  /** Gives every pair of the window. */
  private fireAll(window: JoinWindow, place: Placed): void {
    const { startMs, endMs, firings, lacksKey } = window;
    const [left, right] = window.rows;
    if (!lacksKey) for (const own of left) for (const other of right) this.give(window, [own, other], place);
    window.firings++;
    const { seq, phase, timing } = place;
    const results = lacksKey ? 0 : left.length * right.length;
    this.out!.trace?.fired({ seq, phase, startMs, endMs, timing, paneIndex: firings, results });
  }

  private give(
    { startMs, endMs, firings }: JoinWindow,
    [left, right]: readonly [left: number, right: number],
    { seq, phase, timing, timeMs }: Placed,
  ): void {
    if (left !== NO_ROW) this.state.markGiven(0, left);
    if (right !== NO_ROW) this.state.markGiven(1, right);
    const { kind } = this.bound;
    if (kind === 'semi' || kind === 'anti') this.state.stores[0].appendTo(this.results.columns, 0, left);
    else this.joined.appendTo(this.results.columns, left, right);
    this.results.place(seq, phase, timeMs);
    const localOffsetMs = this.bound.inherited?.[0].localOffsetMs ?? 0;
    this.origins.push(startMs + localOffsetMs, endMs + localOffsetMs, timing, firings);
    if (this.results.length >= CHUNK_ROWS) this.flush();
  }

  private flush(): void {
    if (this.results.length === 0) return;
    const results = this.results.take(this.origins.take([]));
    if (results !== null) this.out!.emit('out', results);
  }

  mostOutputs(_rows: number): number {
    return 1;
  }

  pendingClockMs(): ProcessingTimeMs {
    return this.isByClock ? this.state.lastTimerMs : -Infinity;
  }

  look(most: number): StateLook {
    const [left, right] = this.state.stores;
    const parts = [
      { what: 'left rows', count: left.rows },
      { what: 'right rows', count: right.rows },
    ];
    return stateLook(parts, this.state.look(most));
  }

  stateSize(): StateSize {
    return { rows: this.state.rows, bytes: this.state.bytes };
  }

  snapshot(writer: StateWriter): void {
    this.state.snapshot(writer);
  }

  restore(reader: StateReader): void {
    this.state.restore(reader);
  }
}
