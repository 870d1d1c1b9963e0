import type { Batch, StreamType } from '../../stream/batch.ts';
import { PANE_ON_TIME, kindAt, rowAt, rowCount } from '../../stream/batch.ts';
import type { Column } from '../../stream/column.ts';
import type { Curve } from '../../stream/curve.ts';
import { watermarkBefore } from '../../stream/curve.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { StateLook } from '../../stream/state-look.ts';
import type { EventTimeMs, ProcessingTimeMs } from '../../stream/time.ts';
import type { WindowRules } from '../dialects/dialect.ts';
import type { Kernel, KernelInput, KernelOutput, KernelRequest, Round, StateSize } from '../operator.ts';
import { firstClockAtLeast, firstStepAtLeast } from '../shared/curve-steps.ts';
import { RowOutcomes } from '../shared/row-outcomes.ts';
import type { WindowBound } from './bound.ts';
import { lookAtSessionRows } from './look-at-session-rows.ts';
import { RowResults } from './row-results.ts';
import { SessionRowState } from './session-row-state.ts';

/**
 * The columns of sessions without aggregation: rows wait until the session that they belong to is over, then come out in
 * order of arrival. A row is late when its session, merged with those that are open, is over already.
 * Flink: `UnalignedWindowTableFunctionOperator`.
 */
export class SessionRowWindows implements Kernel {
  private readonly bound: WindowBound;
  private readonly rules: WindowRules;
  private readonly state: SessionRowState;
  private readonly results: RowResults;
  private readonly outcomes: RowOutcomes;
  /** Entry, from the round's first, up to which steps of the watermark or the clock were taken. */
  private cursor = 0;

  constructor({ bound, inputs, outputs, dialect, connected }: KernelRequest<WindowBound>) {
    const input: StreamType = inputs[0]!;
    this.bound = bound;
    this.rules = dialect.windows;
    this.state = new SessionRowState(input.schema, bound.key.fields, dialect.windows);
    this.results = new RowResults(bound, input, outputs.out!);
    this.outcomes = new RowOutcomes(input, connected);
  }

  run(round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    this.cursor = 0;
    for (const batch of inputs[0]!.batches) this.takeBatch(batch, { round, clock, out });
    this.advance(round.length, { round, clock, out });
    this.results.flush(out);
    return clock;
  }

  private takeBatch(batch: Batch, turn: Turn): void {
    const keyColumns = this.bound.key.columns.map((index) => batch.columns[index]!);
    this.outcomes.begin(batch);
    const count = rowCount(batch);
    for (let i = 0; i < count; i++) this.take({ batch, keyColumns }, rowAt(batch, i), turn);
    this.outcomes.finish(turn.out);
  }

  private take({ batch, keyColumns }: Rows, row: number, turn: Turn): void {
    const { round, clock, out } = turn;
    const entry = batch.seq[row]! - round.firstSeq;
    this.advance(entry, turn);
    const isProcessing = this.bound.timeDomain === 'processing';
    const watermark = watermarkBefore(clock, batch.seq[row]!);
    const timeMs: EventTimeMs = isProcessing ? round.at[entry]! : batch.ts[row]!;
    if (timeMs !== timeMs) {
      this.outcomes.reject(row, 'no-time', watermark, out);
      return;
    }
    const { keys } = this.state;
    const key = keys.idOf(keyColumns, row);
    keys.hold(key);
    const own = { startMs: timeMs, endMs: timeMs + this.bound.gapMs };
    const { startMs, endMs } = this.state.grown(key, own);
    // MergingWindowProcessFunction.isWindowLate: only by event time
    if (!isProcessing && watermark >= this.rules.cleanupAt(endMs, 0)) {
      this.outcomes.late(row, watermark, [[startMs, endMs]], out);
    } else {
      this.state.add(key, own, { columns: batch.columns, row, kind: kindAt(batch, row) });
      out.fates.held++;
    }
    keys.release(key);
  }

  /** Takes the steps of the watermark or the clock up to, and without, the round's entry `until`. */
  private advance(until: number, turn: Turn): void {
    while (this.state.rows > 0) {
      const step = this.stepAtLeast(this.state.nextEndAt, until, turn);
      if (step < 0) break;
      this.cursor = step;
      this.closeEnded(step, turn);
    }
    this.cursor = Math.max(this.cursor, until);
  }

  private stepAtLeast(timeMs: number, until: number, { round, clock }: Turn): number {
    return this.bound.timeDomain === 'processing'
      ? firstClockAtLeast(round, timeMs, this.cursor, until)
      : firstStepAtLeast(clock, timeMs, this.cursor, until);
  }

  private closeEnded(step: number, { round, clock, out }: Turn): void {
    const reached = this.bound.timeDomain === 'processing' ? round.at[step]! : clock.watermarks[step]!;
    const seq = round.firstSeq + step;
    for (const session of this.state.endedAt(reached)) {
      const { startMs, endMs, rows } = session;
      for (const { handle, kind } of rows) {
        const append = this.state.appendRow.bind(this.state, handle);
        this.results.add({ seq, phase: 1, kind }, session, append, out);
      }
      out.fates.held -= rows.length;
      out.fates.used += rows.length;
      const results = rows.length;
      out.trace?.fired({ seq, phase: 1, startMs, endMs, timing: PANE_ON_TIME, paneIndex: 0, results });
      this.state.close(session);
    }
  }

  mostOutputs(_rows: number): number {
    return 1;
  }

  look(most: number): StateLook {
    return lookAtSessionRows(this.state, this.bound, most);
  }

  stateSize(): StateSize {
    return { rows: this.state.rows, bytes: this.state.bytes };
  }

  pendingClockMs(): ProcessingTimeMs {
    return this.bound.timeDomain === 'processing' ? this.state.lastEndAt : -Infinity;
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
}
