import type { RowErrors } from '../../expression/frame.ts';
import { rowErrors } from '../../expression/frame.ts';
import type { Batch, StreamType } from '../../stream/batch.ts';
import { phaseAt, rowAt, rowCount } from '../../stream/batch.ts';
import type { Column } from '../../stream/column.ts';
import { isNull } from '../../stream/column.ts';
import type { Curve } from '../../stream/curve.ts';
import { watermarkBefore } from '../../stream/curve.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { StateLook } from '../../stream/state-look.ts';
import type { ProcessingTimeMs, Window } from '../../stream/time.ts';
import type { WindowRules } from '../dialects/dialect.ts';
import type { Kernel, KernelInput, KernelOutput, KernelRequest, Round, StateSize } from '../operator.ts';
import { firstClockAfter, firstStepAtLeast } from '../shared/curve-steps.ts';
import { rejectFailed } from '../shared/rejected-rows.ts';
import { RowOutcomes } from '../shared/row-outcomes.ts';
import { assignWindows } from '../shared/windows/assign-windows.ts';
import { sessionsMeet } from '../shared/windows/merge-sessions.ts';
import type { WindowBound } from './bound.ts';
import { lookAtPanes } from './look-at-panes.ts';
import type { ArrivingRow, PaneMoment } from './pane-firings.ts';
import { PaneFirings, boundsOf } from './pane-firings.ts';
import type { KeyPanes, PaneWindow } from './pane-state.ts';
import { PaneState, closedAt, compareWindows } from './pane-state.ts';
import { paneTrigger } from './pane-trigger-tree.ts';

const ALL_TIME: Window = { startMs: -Infinity, endMs: Infinity };

/**
 * Windows under Beam's rules: a trigger's tree decides when a window of a key fires, each firing is a pane. Triggers are
 * asked after each row and when a timer is due: at the end of the window, at its expiry, and where the clock is waited for.
 * A window that expires shows what it has, whatever its trigger says; one whose trigger has finished takes no more rows.
 * Beam: `ReduceFnRunner` behind `LateDataDroppingDoFnRunner`, one row a bundle.
 */
export class PaneWindows implements Kernel {
  private readonly bound: WindowBound;
  private readonly rules: WindowRules;
  private readonly type: StreamType;
  private readonly state: PaneState;
  private readonly firings: PaneFirings;
  private readonly outcomes: RowOutcomes;
  /** Entry, from the round's first, up to which steps of the watermark and the clock were taken. */
  private cursor = 0;

  constructor({ bound, inputs, outputs, dialect, connected }: KernelRequest<WindowBound>) {
    this.bound = bound;
    this.rules = dialect.windows;
    this.type = inputs[0]!;
    const root = paneTrigger(bound.trigger, bound.kind === 'session');
    this.state = new PaneState(bound, dialect.windows, root);
    this.firings = new PaneFirings({ bound, rules: dialect.windows, root, state: this.state, output: outputs.out! });
    this.outcomes = new RowOutcomes(this.type, connected);
  }

  run(round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    this.cursor = 0;
    const turn = { round, clock, out };
    for (const batch of inputs[0]!.batches) this.takeBatch(batch, turn);
    this.advance(round.length, turn);
    this.firings.flush(out);
    return clock;
  }

  private takeBatch(batch: Batch, turn: Turn): void {
    const errors = rowErrors();
    this.state.cells.begin(batch, errors);
    const keyColumns = this.bound.key.columns.map((index) => batch.columns[index]!);
    rejectFailed(batch, this.type, errors, turn.out);
    this.outcomes.begin(batch);
    const count = rowCount(batch);
    for (let i = 0; i < count; i++) this.take({ batch, keyColumns, errors }, rowAt(batch, i), turn);
    this.outcomes.finish(turn.out);
  }

  private take({ batch, keyColumns, errors }: Rows, row: number, turn: Turn): void {
    const { round, clock, out } = turn;
    const seq = batch.seq[row]!;
    const entry = seq - round.firstSeq;
    this.advance(entry, turn);
    const watermark = watermarkBefore(clock, seq);
    const timeMs = batch.ts[row]!;
    if (errors.has(row)) this.outcomes.failed(row);
    else if (timeMs !== timeMs) this.outcomes.reject(row, 'no-time', watermark, out);
    else if (this.rules.nullKeys === 'drop' && keyColumns.some((column) => isNull(column.nulls, row)))
      this.outcomes.reject(row, 'null-key', watermark, out);
    else {
      const phase = phaseAt(batch, row) === 0 ? 0 : 1;
      const moment: PaneMoment = { seq, phase, nowMs: round.at[entry]!, watermark, watermarkBefore: watermark, out };
      const key = this.state.keys.idOf(keyColumns, row);
      this.state.keys.hold(key);
      this.add(this.state.panesOf(key, watermark), { row, timeMs, arrival: this.state.arrive() }, moment);
      this.state.keys.release(key);
    }
  }

  /** Adds a row to those of its windows that still take it, then fires those that should. */
  private add(key: KeyPanes, row: ArrivingRow, moment: PaneMoment): void {
    const { watermark, out } = moment;
    const own = this.bound.kind === 'global' ? [ALL_TIME] : assignWindows(row.timeMs, this.bound, this.rules);
    this.firings.judge(key, watermark);
    const missed: Window[] = [];
    const taken: PaneWindow[] = [];
    for (const window of own) {
      // LateDataDroppingDoFnRunner: a session by itself, before it is merged
      const isExpired = this.state.expiresAt(window) <= watermark;
      const found = isExpired ? null : this.windowFor(key, window, { row, moment });
      if (found === null) missed.push(window);
      else taken.push(found);
    }
    if (taken.length > 0) this.outcomes.lateFor(missed.length, out);
    else if (missed.length > 0) this.outcomes.late(row.row, watermark, missed.map(boundsOf), out);
    else out.fates.filtered++;
    if (taken.length === 0) return;
    taken.sort(compareWindows);
    for (const window of taken) this.firings.addRow(window, row, moment);
    taken.at(-1)!.freshRows++;
    out.fates.held++;
    for (const window of taken) this.firings.fireIfReady(window, moment);
  }

  /** The open window of a key that a row goes into; null where its trigger has closed it. */
  private windowFor(
    key: KeyPanes,
    own: Window,
    { row, moment }: { readonly row: ArrivingRow; readonly moment: PaneMoment },
  ): PaneWindow | null {
    if (this.bound.kind === 'session') {
      const { touchingSessionsMerge } = this.rules;
      const met = [...key.open.values()].filter((session) => sessionsMeet(session, own, touchingSessionsMerge));
      const [first] = met;
      const isKnown = met.length === 1 && first?.startMs === own.startMs && first.endMs === own.endMs;
      if (met.length > 0 && !isKnown) return this.firings.merge(key, met, own, moment);
    }
    const known = key.open.get(own.startMs);
    if (known !== undefined) return known;
    return closedAt(key, own) === undefined ? this.state.open(key, own, row.arrival) : null;
  }

  /** Takes the steps of the watermark and the clock up to, and without, the round's entry `until`. */
  private advance(until: number, turn: Turn): void {
    const { state } = this;
    while (state.hasEventTimers) {
      const step = firstStepAtLeast(turn.clock, state.nextWatermark, this.cursor, until);
      const tick = firstClockAfter(turn.round, state.nextClockMs, this.cursor, step < 0 ? until : step);
      if (step < 0 && tick < 0) break;
      this.cursor = tick < 0 ? step : tick;
      const moment = this.momentAt(this.cursor, turn);
      // The watermark goes first: it came down from operators before this one.
      if (tick < 0) this.firings.onWatermark(moment);
      else this.firings.onClock(moment);
    }
    this.cursor = Math.max(this.cursor, until);
  }

  private momentAt(entry: number, { round, clock, out }: Turn): PaneMoment {
    const seq = round.firstSeq + entry;
    const watermark = clock.watermarks[entry]!;
    const before = watermarkBefore(clock, seq);
    return { seq, phase: 1, nowMs: round.at[entry]!, watermark, watermarkBefore: before, out };
  }

  mostOutputs(_rows: number): number {
    const { kind, sizeMs, advanceMs } = this.bound;
    return kind === 'hopping' ? Math.ceil(sizeMs / advanceMs) : 1;
  }

  look(most: number): StateLook {
    return lookAtPanes(this.state, this.bound, most);
  }

  stateSize(): StateSize {
    return { rows: this.state.rows, bytes: this.state.bytes };
  }

  pendingClockMs(): ProcessingTimeMs {
    // A timer is due once its time has passed.
    return this.state.lastClockMs + 1;
  }

  snapshot(writer: StateWriter): void {
    this.state.snapshot(writer);
  }

  restore(reader: StateReader): void {
    this.state.restore(reader);
  }
}

/** What a round gives to every row of it. */
interface Turn {
  readonly round: Round;
  readonly clock: Curve;
  readonly out: KernelOutput;
}

interface Rows {
  readonly batch: Batch;
  readonly keyColumns: readonly Column[];
  readonly errors: RowErrors;
}
