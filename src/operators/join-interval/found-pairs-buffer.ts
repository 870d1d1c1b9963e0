import type { CompiledPredicate } from '../../expression/compile.ts';
import type { RowErrors } from '../../expression/frame.ts';
import { rowErrors } from '../../expression/frame.ts';
import type { Batch } from '../../stream/batch.ts';
import type { Buffers } from '../../stream/buffers.ts';
import { FRESH_BUFFERS } from '../../stream/buffers.ts';
import type { EventTimeMs } from '../../stream/time.ts';
import { CHUNK_ROWS } from '../operator.ts';
import type { KernelOutput } from '../operator.ts';
import type { Arrivals } from './arrivals-buffer.ts';
import type { KeptRows } from './kept-rows-state.ts';
import type { Matches } from './key-rings-state.ts';

/** How pairs are put together. */
export interface PairRules {
  /** Over the columns of both sides; null where the keys decide alone. */
  readonly residual: CompiledPredicate | null;
  readonly resultTimeMs: (leftMs: EventTimeMs, rightMs: EventTimeMs) => EventTimeMs;
}

/** Tells that an arrival cannot be used, and why. */
export type Refuse = (arrival: number, message: string) => void;

/**
 * The pairs that arrivals make with the rows that were there, in order of arrival, gathered until there are enough for a
 * batch. A further condition is asked about all of them at once, then judged arrival by arrival: one that it fails for is
 * refused, and was not there for those that came behind it.
 */
export class FoundPairs implements Matches {
  handles = new Int32Array(2 * CHUNK_ROWS);
  times = new Float64Array(2 * CHUNK_ROWS);
  count = 0;
  /** Parallel to `handles`: number of the arrival. */
  private arrivals = new Int32Array(2 * CHUNK_ROWS);
  private readonly sides: readonly [KeptRows, KeptRows];
  private readonly rules: PairRules;

  constructor(sides: readonly [KeptRows, KeptRows], rules: PairRules) {
    this.sides = sides;
    this.rules = rules;
  }

  /** Says of the pairs from `from` on whose they are. */
  belongTo(arrival: number, from: number): void {
    if (this.arrivals.length < this.handles.length) {
      const larger = new Int32Array(this.handles.length);
      larger.set(this.arrivals);
      this.arrivals = larger;
    }
    const { arrivals, count } = this;
    for (let i = from; i < count; i++) arrivals[i] = arrival;
  }

  /** Hands the pairs on, and marks their rows as matched. */
  flush(all: Arrivals, out: KernelOutput, refuse: Refuse): void {
    if (this.rules.residual !== null) this.judge(this.rules.residual, all, refuse);
    for (let from = 0; from < this.count; from += CHUNK_ROWS) {
      out.emit('out', this.batchOf(from, Math.min(this.count, from + CHUNK_ROWS), all, out.buffers));
    }
    this.count = 0;
  }

  private batchOf(from: number, to: number, all: Arrivals, buffers: Buffers): Batch {
    const length = to - from;
    const columns = this.handlesOf(from, to, all, buffers);
    const { arrivals, times } = this;
    const { resultTimeMs } = this.rules;
    const seq = buffers.floats(length);
    const ts = buffers.floats(length);
    let anyPhase = 0;
    for (let i = 0; i < length; i++) {
      const arrival = arrivals[from + i]!;
      const ownMs = all.times[arrival]!;
      const otherMs = times[from + i]!;
      seq[i] = all.seq[arrival]!;
      ts[i] = all.side[arrival] === 0 ? resultTimeMs(ownMs, otherMs) : resultTimeMs(otherMs, ownMs);
      anyPhase |= all.phase[arrival]!;
    }
    let phase: Uint8Array | null = null;
    if (anyPhase !== 0) {
      phase = buffers.bytes(length);
      for (let i = 0; i < length; i++) phase[i] = all.phase[arrivals[from + i]!]!;
    }
    const [left, right] = this.sides;
    for (let i = 0; i < length; i++) {
      left.markMatched(columns.left[i]!);
      right.markMatched(columns.right[i]!);
    }
    return {
      length,
      selection: null,
      columns: [...left.store.gather(columns.left, buffers), ...right.store.gather(columns.right, buffers)],
      seq,
      phase,
      ts,
      kinds: null,
      origin: null,
    };
  }

  /** The left and the right row of each pair. */
  private handlesOf(from: number, to: number, all: Arrivals, buffers: Buffers) {
    const left = buffers.ints(to - from);
    const right = buffers.ints(to - from);
    const { arrivals, handles } = this;
    for (let i = from; i < to; i++) {
      const arrival = arrivals[i]!;
      const own = all.handles[arrival]!;
      const other = handles[i]!;
      const isRight = all.side[arrival]!;
      left[i - from] = isRight === 0 ? own : other;
      right[i - from] = isRight === 0 ? other : own;
    }
    return { left, right };
  }

  /** Keeps the pairs for which the condition holds. */
  private judge(residual: CompiledPredicate, all: Arrivals, refuse: Refuse): void {
    const { count, arrivals, handles, times } = this;
    if (count === 0) return;
    const errors = rowErrors();
    const holds = new Uint8Array(count);
    for (const pair of residual.select(this.candidates(all), errors)) holds[pair] = 1;
    let kept = 0;
    for (let from = 0, to = 0; from < count; from = to) {
      const arrival = arrivals[from]!;
      while (to < count && arrivals[to] === arrival) to++;
      const own = all.side[arrival] === 0 ? 0 : 1;
      const partners = this.sides[own === 0 ? 1 : 0];
      const failed = errors.count === 0 ? -1 : this.firstFailed(errors, partners, from, to);
      if (failed >= 0) {
        this.sides[own].refuse(all.handles[arrival]!);
        refuse(arrival, errors.message(failed));
        continue;
      }
      for (let i = from; i < to; i++) {
        if (holds[i] === 0 || partners.isRefused(handles[i]!)) continue;
        arrivals[kept] = arrival;
        handles[kept] = handles[i]!;
        times[kept++] = times[i]!;
      }
    }
    this.count = kept;
  }

  /** The first of the pairs that the condition fails for; -1 where there is none. */
  private firstFailed(errors: RowErrors, partners: KeptRows, from: number, to: number): number {
    for (let i = from; i < to; i++) if (errors.has(i) && !partners.isRefused(this.handles[i]!)) return i;
    return -1;
  }

  private candidates(all: Arrivals): Batch {
    const length = this.count;
    const [left, right] = this.sides;
    const columns = this.handlesOf(0, length, all, FRESH_BUFFERS);
    return {
      length,
      selection: null,
      columns: [...left.store.gather(columns.left), ...right.store.gather(columns.right)],
      seq: new Float64Array(length),
      phase: null,
      ts: new Float64Array(length),
      kinds: null,
      origin: null,
    };
  }
}
