import type { CompiledPredicate } from '../../expression/compile.ts';
import type { RowErrors } from '../../expression/frame.ts';
import { rowErrors } from '../../expression/frame.ts';
import type { Batch } from '../../stream/batch.ts';
import type { Buffers } from '../../stream/buffers.ts';
import { FRESH_BUFFERS } from '../../stream/buffers.ts';
import type { Column } from '../../stream/column.ts';
import type { EventTimeMs } from '../../stream/time.ts';
import { CHUNK_ROWS } from '../operator.ts';
import type { KernelOutput } from '../operator.ts';
import type { Arrivals } from './arrivals-buffer.ts';
import { TAKEN_AT_WATERMARK } from './arrivals-buffer.ts';
import type { JoinRows } from './join-rows-state.ts';
import { MATCHED, REFUSED } from './join-rows-state.ts';
import type { Matches } from './key-queues-state.ts';

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
  arrivals = new Int32Array(2 * CHUNK_ROWS);
  handles = new Int32Array(2 * CHUNK_ROWS);
  times = new Float64Array(2 * CHUNK_ROWS);
  count = 0;
  private readonly kept: JoinRows;
  private readonly rules: PairRules;

  constructor(kept: JoinRows, rules: PairRules) {
    this.kept = kept;
    this.rules = rules;
  }

  /** Hands the pairs on, and marks their rows as matched. */
  flush(all: Arrivals, out: KernelOutput, refuse: Refuse): void {
    if (all.hasYoung) this.dropForgotten(all);
    if (this.rules.residual !== null) this.judge(this.rules.residual, all, refuse);
    for (let from = 0; from < this.count; from += CHUNK_ROWS) {
      out.emit('out', this.batchOf(from, Math.min(this.count, from + CHUNK_ROWS), all, out.buffers));
    }
    this.count = 0;
  }

  /**
   * Drops the pairs with rows that the watermark has overtaken in this round. Only a row that comes with the watermark at
   * its very time can have found one: the interval of a later row does not reach back that far.
   */
  private dropForgotten(all: Arrivals): void {
    const { arrivals, handles, times } = this;
    let kept = 0;
    for (let i = 0; i < this.count; i++) {
      const arrival = arrivals[i]!;
      if (all.fates[arrival] === TAKEN_AT_WATERMARK) {
        const other = all.side[arrival] === 0 ? 1 : 0;
        if (this.kept.isGone(other, handles[i]!, times[i]!, all.times[arrival]!)) continue;
      }
      arrivals[kept] = arrival;
      handles[kept] = handles[i]!;
      times[kept++] = times[i]!;
    }
    this.count = kept;
  }

  private batchOf(from: number, to: number, all: Arrivals, buffers: Buffers): Batch {
    const length = to - from;
    const { arrivals, times } = this;
    const { resultTimeMs } = this.rules;
    const handles = this.handlesOf(from, to, all, buffers);
    const seq = buffers.floats(length);
    const ts = buffers.floats(length);
    // The left times, then the right ones, so that no branch has to tell the sides apart.
    const sided = buffers.floats(length * 2);
    let anyPhase = 0;
    for (let i = 0; i < length; i++) {
      const arrival = arrivals[from + i]!;
      const side = all.side[arrival]!;
      sided[side * length + i] = all.times[arrival]!;
      sided[(1 - side) * length + i] = times[from + i]!;
      seq[i] = all.seq[arrival]!;
      anyPhase |= all.phase[arrival]!;
    }
    for (let i = 0; i < length; i++) {
      ts[i] = resultTimeMs(sided[i]!, sided[length + i]!);
    }
    let phase: Uint8Array | null = null;
    if (anyPhase !== 0) {
      phase = buffers.bytes(length);
      for (let i = 0; i < length; i++) phase[i] = all.phase[arrivals[from + i]!]!;
    }
    const { marks } = this.kept;
    for (let i = 0; i < length; i++) {
      marks[handles[i]! * 2]! |= MATCHED;
      marks[handles[length + i]! * 2 + 1]! |= MATCHED;
    }
    return {
      length,
      selection: null,
      columns: this.columnsOf(handles, buffers),
      seq,
      phase,
      ts,
      kinds: null,
      origin: null,
    };
  }

  /** The left row of each pair, then the right one of each. */
  private handlesOf(from: number, to: number, all: Arrivals, buffers: Buffers): Int32Array {
    const length = to - from;
    const sided = buffers.ints(length * 2);
    const { arrivals, handles } = this;
    for (let i = 0; i < length; i++) {
      const arrival = arrivals[from + i]!;
      const side = all.side[arrival]!;
      sided[side * length + i] = all.handles[arrival]!;
      sided[(1 - side) * length + i] = handles[from + i]!;
    }
    return sided;
  }

  private columnsOf(handles: Int32Array, buffers: Buffers): readonly Column[] {
    const { stores } = this.kept;
    const length = handles.length / 2;
    const left = stores[0].gather(handles.subarray(0, length), buffers);
    return left.concat(stores[1].gather(handles.subarray(length), buffers));
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
      const failed = errors.count === 0 ? -1 : this.firstFailed(errors, 1 - own, from, to);
      if (failed >= 0) {
        this.kept.refuse(all.keys[arrival]!, own, all.handles[arrival]!);
        refuse(arrival, errors.message(failed));
        continue;
      }
      for (let i = from; i < to; i++) {
        if (holds[i] === 0 || this.isRefused(1 - own, handles[i]!)) continue;
        arrivals[kept] = arrival;
        handles[kept] = handles[i]!;
        times[kept++] = times[i]!;
      }
    }
    this.count = kept;
  }

  /** The first of the pairs that the condition fails for; -1 where there is none. */
  private firstFailed(errors: RowErrors, partners: number, from: number, to: number): number {
    for (let i = from; i < to; i++) if (errors.has(i) && !this.isRefused(partners, this.handles[i]!)) return i;
    return -1;
  }

  private isRefused(side: number, handle: number): boolean {
    return (this.kept.marks[handle * 2 + side]! & REFUSED) !== 0;
  }

  private candidates(all: Arrivals): Batch {
    const length = this.count;
    return {
      length,
      selection: null,
      columns: this.columnsOf(this.handlesOf(0, length, all, FRESH_BUFFERS), FRESH_BUFFERS),
      seq: new Float64Array(length),
      phase: null,
      ts: new Float64Array(length),
      kinds: null,
      origin: null,
    };
  }
}
