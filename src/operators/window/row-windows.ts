import type { Batch, StreamType } from '../../stream/batch.ts';
import { kindAt, phaseAt, rowAt, rowCount } from '../../stream/batch.ts';
import type { Curve } from '../../stream/curve.ts';
import { watermarkBefore } from '../../stream/curve.ts';
import type { EventTimeMs, Window } from '../../stream/time.ts';
import type { WindowRules } from '../dialects/dialect.ts';
import type { KernelInput, KernelOutput, KernelRequest, Round } from '../operator.ts';
import { RowOutcomes } from '../shared/row-outcomes.ts';
import { Stateless } from '../shared/stateless.ts';
import { assignWindows } from '../shared/windows/assign-windows.ts';
import type { WindowBound } from './bound.ts';
import { RowResults } from './row-results.ts';

/**
 * Window columns without aggregation, for windows that the time of a row tells alone: each row at once, once for each of
 * its windows. No watermark is waited for and no row is late. A row between hopping windows is filtered.
 * Flink: `AlignedWindowTableFunctionOperator`, which drops only rows without a time.
 */
export class RowWindows extends Stateless {
  private readonly bound: WindowBound;
  private readonly rules: WindowRules;
  private readonly results: RowResults;
  private readonly outcomes: RowOutcomes;

  constructor({ bound, inputs, outputs, dialect, connected }: KernelRequest<WindowBound>) {
    super();
    const input: StreamType = inputs[0]!;
    this.bound = bound;
    this.rules = dialect.windows;
    this.results = new RowResults(bound, input, outputs.out!);
    this.outcomes = new RowOutcomes(input, connected);
  }

  run(round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    for (const batch of inputs[0]!.batches) {
      this.outcomes.begin(batch);
      const count = rowCount(batch);
      for (let i = 0; i < count; i++) this.take({ batch, row: rowAt(batch, i), round, clock }, out);
      this.outcomes.finish(out);
    }
    this.results.flush(out);
    return clock;
  }

  private take({ batch, row, round, clock }: Arrival, out: KernelOutput): void {
    const seq = batch.seq[row]!;
    const timeMs = this.bound.timeDomain === 'processing' ? round.at[seq - round.firstSeq]! : batch.ts[row]!;
    if (timeMs !== timeMs) {
      this.outcomes.reject(row, 'no-time', watermarkBefore(clock, seq), out);
      return;
    }
    const windows = this.windowsOf(timeMs);
    if (windows.length === 0) out.fates.filtered++;
    else out.fates.used++;
    const result = { seq, phase: phaseAt(batch, row) === 0 ? (0 as const) : (1 as const), kind: kindAt(batch, row) };
    for (const window of windows) {
      this.results.add(
        result,
        window,
        (builders) => batch.columns.forEach((column, c) => builders[c]!.appendFrom(column, row)),
        out,
      );
    }
  }

  /** In the order of Flink's assigners: `SlidingWindowAssigner` the newest first, `CumulativeWindowAssigner` by end. */
  private windowsOf(timeMs: EventTimeMs): readonly Window[] {
    const windows = assignWindows(timeMs, this.bound, this.rules);
    return this.bound.kind === 'hopping' ? windows.toReversed() : windows;
  }

  override mostOutputs(_rows: number): number {
    const { kind, sizeMs, advanceMs, stepMs } = this.bound;
    if (kind === 'hopping') return Math.ceil(sizeMs / advanceMs);
    return kind === 'cumulate' ? Math.ceil(sizeMs / stepMs) : 1;
  }
}

interface Arrival {
  readonly batch: Batch;
  readonly row: number;
  readonly round: Round;
  readonly clock: Curve;
}
