import { rowErrors } from '../../expression/frame.ts';
import type { Batch, StreamType } from '../../stream/batch.ts';
import { phaseAt, rowAt, rowCount } from '../../stream/batch.ts';
import type { Column } from '../../stream/column.ts';
import type { Curve } from '../../stream/curve.ts';
import type { Problem } from '../../stream/problem.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { StateLook } from '../../stream/state-look.ts';
import type { EventTimeMs, ProcessingTimeMs } from '../../stream/time.ts';
import { END_OF_TIME } from '../../stream/time.ts';
import type { Kernel, KernelInput, KernelOutput, KernelRequest, Round, StateSize } from '../operator.ts';
import { RowOutcomes } from '../shared/row-outcomes.ts';
import { KeyTable } from '../shared/state/key-table.ts';
import { RowStore } from '../shared/state/row-store.ts';
import { TimerSteps } from '../shared/timer-steps.ts';
import type { PatternBound } from './bound.ts';
import { KeyStates } from './key-states-state.ts';
import type { Place } from './match-results-buffer.ts';
import { MatchResults } from './match-results-buffer.ts';
import { RowConditions } from './row-conditions-state.ts';
import type { KeptRow, KeyState, Run, RunsOwner, TakenRow } from './runs-state.ts';
import { Runs } from './runs-state.ts';
import { stateMachine } from './state-machine.ts';

export function patternKernel(request: KernelRequest<PatternBound>): Kernel {
  return new PatternKernel(request);
}

/** Most beginnings at once: a pattern that passes over rows that match can double them with every row. */
const MOST_BEGINNINGS = 200_000;

/** What a batch's rows are read by. */
interface View {
  readonly batch: Batch;
  readonly keyColumns: readonly Column[];
  readonly holds: Int32Array;
}

/** Flink: `CepOperator`. */
class PatternKernel implements Kernel, RunsOwner {
  private readonly bound: PatternBound;
  private readonly type: StreamType;
  private readonly isByClock: boolean;
  private readonly keys: KeyTable;
  private readonly store: RowStore;
  private readonly states: KeyStates;
  private readonly runs: Runs;
  private readonly conditions: RowConditions;
  private readonly results: MatchResults;
  private readonly outcomes: RowOutcomes;
  private readonly steps: TimerSteps;
  private isOverfull = false;
  /** While a round runs: where its results go, which key and at which position it is. */
  private out: KernelOutput | null = null;
  private key = 0;
  private place: Place = { seq: 0, phase: 0 };

  constructor({ bound, inputs, outputs, connected }: KernelRequest<PatternBound>) {
    this.bound = bound;
    this.type = inputs[0]!;
    this.isByClock = bound.timeDomain === 'processing';
    this.keys = new KeyTable(bound.key.fields);
    this.store = new RowStore(this.type.schema);
    const machine = stateMachine(bound.steps, bound.withinMs > 0);
    this.runs = new Runs(bound, machine, this);
    this.states = new KeyStates({
      machine,
      runs: this.runs,
      keys: this.keys,
      store: this.store,
      withinMs: bound.withinMs,
    });
    this.conditions = new RowConditions(bound, this.type.schema, this.store);
    const types = { input: this.type.schema, out: outputs.out! };
    this.results = new MatchResults(bound, types, this.keys, this.store);
    this.outcomes = new RowOutcomes(this.type, connected);
    const { states } = this;
    const timers = {
      get firstTimerMs(): number {
        return states.firstDueMs;
      },
      fire: (nowMs: number, seq: number): void => this.fire(nowMs, seq),
    };
    this.steps = new TimerSteps(timers, this.isByClock);
  }

  run(round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    this.out = out;
    this.steps.begin(round, clock);
    for (const batch of inputs[0]!.batches) this.takeBatch(batch, out);
    this.steps.finish();
    this.results.flush(out);
    this.out = null;
    return clock;
  }

  private takeBatch(batch: Batch, out: KernelOutput): void {
    const errors = rowErrors();
    const holds = this.conditions.aboutRows(batch, errors);
    this.results.check(batch, errors);
    const keyColumns = this.bound.key.columns.map((index) => batch.columns[index]!);
    this.outcomes.begin(batch);
    const count = rowCount(batch);
    for (let i = 0; i < count; i++) {
      const row = rowAt(batch, i);
      const now = this.steps.arrive(batch.seq[row]!);
      if (errors.has(row)) this.refuse(batch, row, errors.message(row), out);
      else this.takeRow({ batch, keyColumns, holds }, row, now, out);
    }
    this.outcomes.finish(out);
  }

  /** Told in its turn, between what conditions fail with that are asked later. */
  private refuse(batch: Batch, row: number, message: string, out: KernelOutput): void {
    out.fates.rejected++;
    out.rejected({ batch, row, type: this.type, message });
    this.outcomes.failed(row);
  }

  /** `now`: the watermark before the row, or the processing time at which it comes. */
  private takeRow({ batch, keyColumns, holds }: View, row: number, now: number, out: KernelOutput): void {
    const timeMs = this.isByClock ? now : batch.ts[row]!;
    if (timeMs !== timeMs) {
      this.outcomes.reject(row, 'no-time', now, out);
      return;
    }
    // CepOperator.processElement: not later than the watermark
    if (!this.isByClock && timeMs <= now) {
      this.outcomes.late(row, now, [], out);
      out.fates.lateWindows++;
      return;
    }
    const state = this.states.of(this.keys.idOf(keyColumns, row));
    const handle = this.store.put(batch.columns, row);
    const kept: KeptRow = {
      handle,
      timeMs,
      arrival: this.states.arrivals++,
      holds: holds[row]!,
      refs: 1,
      isTold: false,
    };
    out.fates.held++;
    if (this.isByClock && !this.isOverfull) {
      this.at(state, { seq: batch.seq[row]!, phase: phaseAt(batch, row) === 0 ? 0 : 1 });
      this.runs.advance(state, timeMs);
      this.lookAt(state, kept);
    } else this.states.enqueue(state, kept);
    this.states.update(state);
  }

  private fire(nowMs: number, seq: number): void {
    for (const state of this.states.takeDue(nowMs)) {
      this.at(state, { seq, phase: 1 });
      this.catchUp(state, nowMs);
      this.states.update(state);
    }
  }

  /** Looks at what waits up to `nowMs`, by time. `CepOperator.onEventTime` */
  private catchUp(state: KeyState, nowMs: EventTimeMs): void {
    let next = 0;
    while (next < state.queue.length && state.queue[next]!.timeMs <= nowMs && !this.isOverfull) {
      const row = state.queue[next++]!;
      this.runs.advance(state, row.timeMs);
      this.lookAt(state, row);
    }
    this.states.dequeue(state, next);
    if (!this.isOverfull) this.runs.advance(state, nowMs);
  }

  private lookAt(state: KeyState, row: KeptRow): void {
    this.runs.process(state, row);
    this.runs.letGo(row);
    if (this.runs.live > MOST_BEGINNINGS) this.isOverfull = true;
  }

  private at({ key }: KeyState, place: Place): void {
    this.key = key;
    this.place = place;
  }

  asks(step: number, row: KeptRow, path: TakenRow | null): boolean {
    return this.conditions.aboutPath(step, row, path, (batch, message) => {
      const seq = Float64Array.of(this.place.seq);
      this.out!.rejected({ batch: { ...batch, seq }, row: 0, type: this.type, message });
    });
  }

  match(run: Run, timeMs: EventTimeMs): void {
    // At the end of time a match stands where its own ends.
    const ownMs = run.state.kind === 'pending' ? run.start.timeMs + this.bound.withinMs : run.path.row.timeMs;
    this.tell(run, (timeMs as number) === END_OF_TIME ? ownMs : timeMs, false);
  }

  timedOut(run: Run, timeMs: EventTimeMs): void {
    this.tell(run, timeMs, true);
  }

  private tell(run: Run, timeMs: EventTimeMs, isTimeout: boolean): void {
    this.results.add(run, this.key, { ...this.place, timeMs, isTimeout }, this.out!);
  }

  settle({ handle, isTold }: KeptRow): void {
    const { fates } = this.out!;
    fates.held--;
    if (isTold) fates.used++;
    else fates.unmatched++;
    this.store.release(handle);
  }

  pendingClockMs(): ProcessingTimeMs {
    return this.isByClock ? this.states.lastDueMs() : -Infinity;
  }

  /** A guess for patterns that do not double their beginnings: those may stop some entries later than rounds of one would. */
  mayStop(rows: number): boolean {
    const { steps } = this.bound;
    const waiting = this.states.waiting + rows;
    const doubles = steps.some(({ contiguity, repeatContiguity }) =>
      [contiguity, repeatContiguity].includes('relaxed-any'),
    );
    const growth = doubles ? 1 << Math.min(waiting, 30) : steps.length + 1;
    return (this.runs.live + waiting) * growth > MOST_BEGINNINGS;
  }

  stop(): Problem | null {
    if (!this.isOverfull) return null;
    const message = `The pattern has more than ${MOST_BEGINNINGS} beginnings that wait for the rest.`;
    const fix = 'Say within what time a match must be complete, choose relaxed instead of relaxed-any, or add a key.';
    return { code: 'too-many-beginnings', severity: 'error', path: 'config.steps', nodeId: null, message, fix };
  }

  mostOutputs(rows: number): number {
    return this.isByClock ? this.runs.live + rows : 1;
  }

  look(most: number): StateLook {
    return this.states.look(this.bound.steps, most);
  }

  stateSize(): StateSize {
    const { store, runs, states, keys } = this;
    const bytes = store.bytes + store.rows * 40 + runs.taken * 40 + runs.live * 40 + states.size * 48 + keys.textBytes;
    return { rows: store.rows, bytes };
  }

  snapshot(writer: StateWriter): void {
    writer.u8(this.isOverfull ? 1 : 0);
    this.states.snapshot(writer);
  }

  restore(reader: StateReader): void {
    this.isOverfull = reader.u8() === 1;
    this.states.restore(reader);
  }
}
