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
import type { JoinRows } from './join-rows-state.ts';
import { MATCHED, REFUSED } from './join-rows-state.ts';
import { Matches } from './matches-buffer.ts';

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
export class FoundPairs {
  readonly matches = new Matches(2 * CHUNK_ROWS);
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
    const { matches } = this;
    for (let from = 0; from < matches.count; from += CHUNK_ROWS) {
      out.emit('out', this.batchOf(from, Math.min(matches.count, from + CHUNK_ROWS), all, out.buffers));
    }
    matches.count = 0;
  }

  /**
   * Drops the pairs with rows that the watermark has overtaken in this round. Only a row that comes with the watermark at
   * its very time can have found one: the interval of a later row does not reach back that far.
   */
  private dropForgotten({ items }: Arrivals): void {
    const { kept, matches } = this;
    const { arrivals, partners, count } = matches;
    matches.count = 0;
    for (let i = 0; i < count; i++) {
      const item = items[arrivals[i]!]!;
      const partner = partnerOf(item, partners[i]!);
      if (!kept.isYoung(item) || !kept.isGone(partner, kept.times[item]!)) this.keep(i);
    }
  }

  /** Puts a pair behind those that are kept. */
  private keep(pair: number): void {
    const { arrivals, partners, count } = this.matches;
    arrivals[count] = arrivals[pair]!;
    partners[count] = partners[pair]!;
    this.matches.count = count + 1;
  }

  private batchOf(from: number, to: number, all: Arrivals, buffers: Buffers): Batch {
    const length = to - from;
    const { arrivals, partners } = this.matches;
    const { resultTimeMs } = this.rules;
    const { times, marks } = this.kept;
    const sided = buffers.ints(length * 2);
    const seq = buffers.floats(length);
    const ts = buffers.floats(length);
    let anyPhase = 0;
    for (let i = 0; i < length; i++) {
      const arrival = arrivals[from + i]!;
      const item = all.items[arrival]!;
      const partner = partnerOf(item, partners[from + i]!);
      // Without a branch to tell the sides apart.
      const left = item + (partner - item) * (item & 1);
      const right = item + partner - left;
      sided[i] = left >> 1;
      sided[length + i] = right >> 1;
      ts[i] = resultTimeMs(times[left]!, times[right]!);
      seq[i] = all.seq[arrival]!;
      anyPhase |= all.phase[arrival]!;
      marks[left]! |= MATCHED;
      marks[right]! |= MATCHED;
    }
    let phase: Uint8Array | null = null;
    if (anyPhase !== 0) {
      phase = buffers.bytes(length);
      for (let i = 0; i < length; i++) phase[i] = all.phase[arrivals[from + i]!]!;
    }
    const columns = this.columnsOf(sided, buffers);
    return { length, selection: null, columns, seq, phase, ts, kinds: null, origin: null };
  }

  /** Of the left row of each pair, whose handles come first, and of the right row of each. */
  private columnsOf(handles: Int32Array, buffers: Buffers): readonly Column[] {
    const { stores } = this.kept;
    const length = handles.length / 2;
    const left = stores[0].gather(handles.subarray(0, length), buffers);
    return left.concat(stores[1].gather(handles.subarray(length), buffers));
  }

  /** Keeps the pairs for which the condition holds. */
  private judge(residual: CompiledPredicate, all: Arrivals, refuse: Refuse): void {
    const { kept, matches } = this;
    const { arrivals, partners, count } = matches;
    if (count === 0) return;
    const errors = rowErrors();
    const holds = new Uint8Array(count);
    for (const pair of residual.select(this.candidates(all), errors)) holds[pair] = 1;
    matches.count = 0;
    for (let from = 0, to = 0; from < count; from = to) {
      const arrival = arrivals[from]!;
      const item = all.items[arrival]!;
      while (to < count && arrivals[to] === arrival) to++;
      const failed = errors.count === 0 ? -1 : this.firstFailed(errors, item, from, to);
      if (failed >= 0) {
        kept.refuse(item);
        refuse(arrival, errors.message(failed));
        continue;
      }
      for (let i = from; i < to; i++)
        if (holds[i] === 1 && !this.isRefused(partnerOf(item, partners[i]!))) this.keep(i);
    }
  }

  /** The first of an item's pairs that the condition fails for; -1 where there is none. */
  private firstFailed(errors: RowErrors, item: number, from: number, to: number): number {
    const { partners } = this.matches;
    for (let i = from; i < to; i++) if (errors.has(i) && !this.isRefused(partnerOf(item, partners[i]!))) return i;
    return -1;
  }

  private isRefused(item: number): boolean {
    return (this.kept.marks[item]! & REFUSED) !== 0;
  }

  /** All pairs, for a condition that is asked about columns alone. */
  private candidates({ items }: Arrivals): Batch {
    const { arrivals, partners, count: length } = this.matches;
    const sided = new Int32Array(length * 2);
    for (let i = 0; i < length; i++) {
      const item = items[arrivals[i]!]!;
      const side = item & 1;
      sided[side * length + i] = item >> 1;
      sided[(1 - side) * length + i] = partners[i]!;
    }
    return {
      length,
      selection: null,
      columns: this.columnsOf(sided, FRESH_BUFFERS),
      seq: new Float64Array(length),
      phase: null,
      ts: new Float64Array(length),
      kinds: null,
      origin: null,
    };
  }
}

/** The item of a row on the other side. */
function partnerOf(item: number, handle: number): number {
  return (handle << 1) + 1 - (item & 1);
}
