import type { Plan, PlannedNode } from '../../pipeline/plan.ts';
import type { Batch } from '../../stream/batch.ts';
import type { Curve } from '../../stream/curve.ts';
import type { LogSlice } from '../../stream/log-slice.ts';
import { NO_WATERMARK, windowStartMs } from '../../stream/time.ts';
import { carriedBounds, figuresOf } from './plane-facts.ts';
import type { WindowFigures } from './plane-facts.ts';
import { RoundClock } from './round-clock.ts';

/** By which time the rows of a node are judged and put into windows. */
export class RowTimes {
  /** Whether windows go by the times of the rows that arrive here, not by a watermark. */
  private readonly byStreamTime: boolean;
  private readonly hasStores: boolean;
  private readonly figures: WindowFigures | null;
  private readonly carried: ReturnType<typeof carriedBounds>;
  private streamTimeMs = NO_WATERMARK;
  private lastMs = NO_WATERMARK;

  constructor(plan: Plan, node: PlannedNode) {
    this.figures = figuresOf(node);
    this.hasStores = plan.dialect.windows.machine === 'stores';
    this.byStreamTime = this.hasStores && this.figures !== null;
    this.carried = carriedBounds(node);
  }

  /**
   * What judges rows over a round. `rows` tells the times of those that a window could take, and their entries, in order.
   */
  roundClock(
    slice: LogSlice,
    curve: Curve | null,
    rows: (visit: (seq: number, tsMs: number) => void) => void,
  ): RoundClock {
    const before = this.lastMs;
    let values = curve?.watermarks ?? new Float64Array(slice.length).fill(before);
    if (this.byStreamTime) {
      const times = (values = new Float64Array(slice.length));
      let next = 0;
      rows((seq, tsMs) => {
        const entry = seq - slice.firstSeq;
        times.fill(this.streamTimeMs, next, entry);
        next = entry;
        this.streamTimeMs = Math.max(this.streamTimeMs, tsMs);
      });
      times.fill(this.streamTimeMs, next);
    }
    this.lastMs = values[values.length - 1] ?? before;
    return new RoundClock(before, values, slice);
  }

  /** What windows go by over the round. */
  windowClock(slice: LogSlice, judging: RoundClock): RoundClock {
    return this.figures?.isByClock === true ? new RoundClock(-Infinity, slice.at, slice) : judging;
  }

  /** What a row of an entry is judged by. Stream time moves with the row itself. */
  judgeOf(clock: RoundClock, seq: number): number {
    return this.byStreamTime ? clock.after(seq) : clock.beforeEntry(seq);
  }

  /** What has to be over for a row's window to be gone when it comes. */
  goneJudge(clock: RoundClock, seq: number): number {
    return this.figures?.isByClock === true ? NO_WATERMARK : this.judgeOf(clock, seq);
  }

  /** Behind the watermark; by stream time, which has no delay: with its newest window over. */
  isLate(tsMs: number, judgedMs: number): boolean {
    const { figures } = this;
    if (figures?.isByClock === true) return false;
    if (!this.hasStores) return tsMs <= judgedMs;
    if (figures === null) return false;
    const { kind, sizeMs, advanceMs, gapMs } = figures;
    if (kind === 'session') return tsMs + gapMs < judgedMs;
    const stepMs = kind === 'hopping' ? advanceMs : sizeMs;
    return stepMs > 0 && windowStartMs(tsMs, stepMs, figures.offsetMs) + sizeMs <= judgedMs;
  }

  /** The time that windows are found by. */
  windowTime(tsMs: number, atMs: number): number {
    return this.figures?.isByClock === true ? atMs : tsMs;
  }

  /** The window that the row came with; NaN where it came with none. */
  boundsOf(batch: Batch, row: number, input: number): readonly [startMs: number, endMs: number] {
    const offsetMs = this.figures?.localOffsetMs ?? 0;
    const carried = this.carried[input];
    if (carried === undefined) return [Number.NaN, Number.NaN];
    return [timeAt(batch, carried.start, row) - offsetMs, timeAt(batch, carried.end, row) - offsetMs];
  }
}

function timeAt(batch: Batch, column: number, row: number): number {
  const times = batch.columns[column];
  return times?.kind === 'float' ? (times.values[row] ?? Number.NaN) : Number.NaN;
}
