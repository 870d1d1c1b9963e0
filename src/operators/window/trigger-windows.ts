import type { RowErrors } from '../../expression/frame.ts';
import { rowErrors } from '../../expression/frame.ts';
import type { Batch, StreamType } from '../../stream/batch.ts';
import { PANE_EARLY, PANE_LATE, PANE_ON_TIME, kindAt, phaseAt, rowAt, rowCount } from '../../stream/batch.ts';
import type { Column } from '../../stream/column.ts';
import { isNull } from '../../stream/column.ts';
import type { Curve } from '../../stream/curve.ts';
import { DELETE, UPDATE_BEFORE } from '../../stream/row-kind.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { StateLook } from '../../stream/state-look.ts';
import type { EventTimeMs, ProcessingTimeMs, WatermarkMs } from '../../stream/time.ts';
import type { WindowRules } from '../dialects/dialect.ts';
import type { Kernel, KernelInput, KernelOutput, KernelRequest, Round, StateSize } from '../operator.ts';
import { rejectFailed } from '../shared/rejected-rows.ts';
import { RowOutcomes } from '../shared/row-outcomes.ts';
import type { WindowBound } from './bound.ts';
import { hasBounds } from './bound.ts';
import { flinkTrigger } from './flink-triggers.ts';
import type { PaneFiring } from './trigger-results.ts';
import { TriggerResults } from './trigger-results.ts';
import { PaneTime } from './trigger-timers-state.ts';
import type { FlinkTrigger } from './flink-trigger.ts';
import { CONTINUE, FIRE, PURGE } from './flink-trigger.ts';
import { RoundTimeline } from './timeline-state.ts';
import { RowAssignment } from './assigned-windows.ts';
import { lookAtTriggered } from './look-at-triggered.ts';
import type { Sessions } from './session-windows.ts';
import { gapsOf, joinSession } from './session-windows.ts';
import type { Pane } from './trigger-windows-state.ts';
import { TriggerWindowsState, comparePanes } from './trigger-windows-state.ts';

/** What the rows of one batch are read by. */
interface BatchView {
  readonly batch: Batch;
  readonly errors: RowErrors;
  readonly keyColumns: readonly Column[];
  /** Those of each grouping set. */
  readonly setColumns: readonly (readonly Column[])[];
  /** Gap of each physical row; null where the gap is fixed. */
  readonly gaps: Float64Array | null;
  readonly out: KernelOutput;
}

/**
 * Windows of every kind under Flink's rules: `WindowOperator` with its triggers, the window aggregates of SQL, and the older
 * group windows. A pane, which is a key's part of a window, has aggregates, trigger marks and timers of its own.
 *
 * Timers fire in order of their time, at equal times by end, start and first arrival of the key. Rows of one entry come
 * after the timers of the clock and before those of the watermark that the entry moves.
 */
export class TriggerWindows implements Kernel {
  readonly bound: WindowBound;
  private readonly rules: WindowRules;
  private readonly type: StreamType;
  /** Whether windows follow the processing clock. */
  private readonly byClock: boolean;
  /** Whether windows have an end. */
  private readonly hasEnd: boolean;
  readonly time = new PaneTime();
  private readonly trigger: FlinkTrigger;
  readonly state: TriggerWindowsState;
  private readonly sessions: Sessions;
  private readonly outcomes: RowOutcomes;
  private readonly results: TriggerResults;
  private readonly windows: RowAssignment;
  private timeline: RoundTimeline | null = null;
  private readonly due: number[] = [];
  /** The panes that took the row at hand. */
  private readonly taken: Pane[] = [];
  /** How many of its windows were over. */
  private missed = 0;

  constructor({ bound, inputs, outputs, dialect, connected }: KernelRequest<WindowBound>) {
    this.bound = bound;
    this.rules = dialect.windows;
    this.type = inputs[0]!;
    this.byClock = bound.timeDomain === 'processing';
    this.hasEnd = hasBounds(bound.kind);
    const { trigger, marks } = flinkTrigger(bound.trigger, bound.timeDomain, this.time);
    this.trigger = trigger;
    this.state = new TriggerWindowsState(bound, this.time, marks);
    this.sessions = {
      state: this.state,
      trigger,
      touchingMerge: this.rules.touchingSessionsMerge,
      isOver: (endMs) => this.isOver(endMs),
    };
    this.outcomes = new RowOutcomes(this.type, connected);
    this.results = new TriggerResults({ bound, rules: this.rules, output: outputs.out!, state: this.state });
    this.windows = new RowAssignment(bound, this.rules);
  }

  run(round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    this.timeline = new RoundTimeline(round, clock, this.time, {
      clock: (seq) => this.takeClockTimers(seq, out),
      watermark: (seq) => this.takeEventTimers(seq, out),
    });
    for (const batch of inputs[0]!.batches) this.takeBatch(batch, round, out);
    this.timeline.advance(round.length);
    this.results.flush(out);
    return clock;
  }

  private takeBatch(batch: Batch, round: Round, out: KernelOutput): void {
    const { bound } = this;
    const errors = rowErrors();
    const keyColumns = bound.key.columns.map((index) => batch.columns[index]!);
    const setColumns = bound.groupingSets.map((set) => set.map((place) => keyColumns[place]!));
    this.state.cells.begin(batch, errors);
    const gaps = gapsOf(bound, batch, errors);
    rejectFailed(batch, this.type, errors, out);
    const view: BatchView = { batch, errors, keyColumns, setColumns, gaps, out };
    this.outcomes.begin(batch);
    const count = rowCount(batch);
    for (let i = 0; i < count; i++) {
      const row = rowAt(batch, i);
      this.timeline!.advance(batch.seq[row]! - round.firstSeq);
      this.takeRow(view, row);
    }
    // Late and rejected rows go out behind the results that were gathered before them on another port.
    this.outcomes.finish(out);
  }

  private takeRow(view: BatchView, row: number): void {
    const { batch, errors, out } = view;
    if (errors.has(row)) {
      this.outcomes.failed(row);
      return;
    }
    const timeMs = this.byClock ? this.time.clockMs : batch.ts[row]!;
    if (!this.isUsable(view, row, timeMs)) return;
    this.taken.length = 0;
    this.missed = 0;
    if (this.bound.kind === 'session') this.findSessions(view, row, timeMs);
    else this.findPanes(view, row);
    if (this.taken.length === 0) this.leave(row, timeMs, out);
    else this.put(view, row, timeMs);
  }

  private isUsable({ batch, keyColumns, out }: BatchView, row: number, timeMs: EventTimeMs): boolean {
    const { watermark } = this.time;
    if (Number.isNaN(timeMs) || (this.bound.kind !== 'session' && !this.windows.assign(batch, row, timeMs))) {
      this.outcomes.reject(row, 'no-time', watermark, out);
      return false;
    }
    if (this.rules.nullKeys === 'group' || !keyColumns.some((column) => isNull(column.nulls, row))) return true;
    this.outcomes.reject(row, 'null-key', watermark, out);
    return false;
  }

  /** Into `taken`: the panes of the row's windows that are not over, by end; in each window one for every grouping set. */
  private findPanes({ setColumns }: BatchView, row: number): void {
    const { state, windows } = this;
    for (let w = 0; w < windows.count; w++) {
      const startMs = windows.starts[w]!;
      const endMs = windows.ends[w]!;
      if (this.isOver(endMs)) {
        this.missed++;
        continue;
      }
      for (let set = 0; set < setColumns.length; set++) {
        const key = state.keyOf(set, setColumns[set]!, row);
        this.taken.push(state.find(set, key, startMs, endMs) ?? state.open({ set, key }, startMs, endMs));
      }
    }
  }

  private findSessions({ batch, setColumns, gaps, out }: BatchView, row: number, timeMs: EventTimeMs): void {
    const own = { startMs: timeMs, endMs: timeMs + (gaps === null ? this.bound.gapMs : gaps[row]!) };
    this.windows.only(own);
    const takeBack = (pane: Pane): void => {
      this.results.takeBack(pane, this.firingOf(batch, row, pane), out);
    };
    for (let set = 0; set < setColumns.length; set++) {
      const key = this.state.keyOf(set, setColumns[set]!, row);
      const pane = joinSession({ set, key }, own, this.sessions, takeBack);
      if (pane !== null) this.taken.push(pane);
      else this.state.dropKey(set, key);
    }
  }

  /** No window takes the row. */
  private leave(row: number, timeMs: EventTimeMs, out: KernelOutput): void {
    const { watermark } = this.time;
    // WindowOperator.isElementLate: between two windows a row is late only if it is so by itself
    const isLate = this.windows.count > 0 || (!this.byClock && timeMs + this.bound.latenessMs <= watermark);
    if (isLate) this.outcomes.late(row, watermark, this.windows.bounds(), out);
    else out.fates.filtered++;
  }

  private put({ batch, out }: BatchView, row: number, timeMs: EventTimeMs): void {
    const { taken, state } = this;
    if (this.missed > 0) this.outcomes.lateFor(this.missed, out);
    const kind = kindAt(batch, row);
    const isRetraction = kind === UPDATE_BEFORE || kind === DELETE;
    let home = taken[0]!;
    for (const pane of taken) {
      state.put(pane, row, isRetraction);
      if (pane.endMs > home.endMs) home = pane;
    }
    out.fates.held++;
    home.fresh++;
    for (const pane of taken) {
      const result = this.trigger.onElement(pane, timeMs);
      if (result !== CONTINUE) this.obey(pane, result, this.firingOf(batch, row, pane), out);
      if (this.hasEnd) this.setCleanup(pane);
      else if (this.bound.kind === 'count' && state.isIdle(pane)) state.close(pane);
    }
    this.results.endFirings(out);
  }

  private obey(pane: Pane, result: number, firing: PaneFiring, out: KernelOutput): void {
    if ((result & FIRE) !== 0) this.results.fire(pane, firing, out);
    if ((result & PURGE) === 0) return;
    this.settle(pane, out);
    this.state.empty(pane);
  }

  /** The rows that the ledger counts with a pane are held no more. */
  private settle(pane: Pane, { fates }: KernelOutput): void {
    fates.held -= pane.fresh + pane.shown;
    fates.used += pane.shown;
    fates.filtered += pane.fresh;
  }

  /** Whether a window of event time that ends here is forgotten already. `WindowOperator.isWindowLate` */
  private isOver(endMs: EventTimeMs): boolean {
    return this.hasEnd && !this.byClock && this.rules.cleanupAt(endMs, this.bound.latenessMs) <= this.time.watermark;
  }

  private setCleanup(pane: Pane): void {
    if (this.byClock) this.time.clockTimers.add(pane.id, pane.maxMs);
    else this.time.eventTimers.add(pane.id, this.rules.cleanupAt(pane.endMs, this.bound.latenessMs));
  }

  /** What a row sets off. */
  private firingOf(batch: Batch, row: number, pane: Pane): PaneFiring {
    return { seq: batch.seq[row]!, phase: phaseAt(batch, row) === 0 ? 0 : 1, timing: this.timingNow(pane) };
  }

  private timingNow({ maxMs }: Pane): number {
    if (this.bound.kind === 'count') return PANE_ON_TIME;
    return this.byClock || this.time.watermark < maxMs ? PANE_EARLY : PANE_LATE;
  }

  /** Timers that the clock has reached, with entry `seq`. */
  private takeClockTimers(seq: number, out: KernelOutput): void {
    const { clockMs, clockTimers } = this.time;
    for (;;) {
      const timeMs = clockTimers.takeDue(clockMs, this.due);
      if (Number.isNaN(timeMs)) break;
      for (const pane of this.panesDue()) {
        const isEnd = this.byClock && timeMs === pane.maxMs;
        const timing = isEnd ? PANE_ON_TIME : this.timingNow(pane);
        this.obey(pane, this.trigger.onProcessingTime(pane, timeMs), { seq, phase: 1, timing }, out);
        if (isEnd) this.close(pane, out);
      }
    }
    this.results.endFirings(out);
  }

  /** Timers that the watermark has reached, with entry `seq`. */
  private takeEventTimers(seq: number, out: KernelOutput): void {
    const { watermark, eventTimers } = this.time;
    for (;;) {
      const timeMs = eventTimers.takeDue(watermark, this.due);
      if (Number.isNaN(timeMs)) break;
      for (const pane of this.panesDue()) {
        const timing = this.byClock ? PANE_EARLY : timingAt(timeMs, pane);
        this.obey(pane, this.trigger.onEventTime(pane, timeMs), { seq, phase: 1, timing }, out);
        const isGone = this.hasEnd && !this.byClock && timeMs === this.cleanupOf(pane);
        if (isGone) this.close(pane, out);
      }
    }
    this.results.endFirings(out);
  }

  private cleanupOf({ endMs }: Pane): WatermarkMs {
    return this.rules.cleanupAt(endMs, this.bound.latenessMs);
  }

  private panesDue(): readonly Pane[] {
    return this.due.map((id) => this.state.pane(id)).sort(comparePanes);
  }

  private close(pane: Pane, out: KernelOutput): void {
    this.settle(pane, out);
    this.state.close(pane);
  }

  mostOutputs(_rows: number): number {
    const { kind, sizeMs, advanceMs, stepMs, groupingSets, changes } = this.bound;
    const windows = kind === 'hopping' ? Math.ceil(sizeMs / advanceMs) : kind === 'cumulate' ? sizeMs / stepMs : 1;
    if (changes === 'append') return windows * groupingSets.length;
    // An old and a new result; a session of fixed gap may meet two others, whose results are taken back.
    return windows * groupingSets.length * (kind === 'session' ? 4 : 2);
  }

  pendingClockMs(): ProcessingTimeMs {
    return this.state.lastClockMs;
  }

  look(most: number): StateLook {
    return lookAtTriggered(this, most);
  }

  stateSize(): StateSize {
    return { rows: this.state.cellsInUse, bytes: this.state.bytes };
  }

  snapshot(writer: StateWriter): void {
    this.state.snapshot(writer);
  }

  restore(reader: StateReader): void {
    this.state.restore(reader);
  }
}

/** Of a timer on the clock that the window is on. */
function timingAt(timeMs: number, { maxMs }: Pane): number {
  if (timeMs === maxMs) return PANE_ON_TIME;
  return timeMs < maxMs ? PANE_EARLY : PANE_LATE;
}
