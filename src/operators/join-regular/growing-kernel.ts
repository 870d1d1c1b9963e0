import type { CompiledPredicate } from '../../expression/compile.ts';
import { rowErrors } from '../../expression/frame.ts';
import type { Batch, StreamType } from '../../stream/batch.ts';
import { phaseAt, rowAt, rowCount } from '../../stream/batch.ts';
import { isNull } from '../../stream/column.ts';
import type { Curve } from '../../stream/curve.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { StateLook } from '../../stream/state-look.ts';
import type { Kernel, KernelInput, KernelOutput, KernelRequest, Round, StateSize } from '../operator.ts';
import { RefusedRows } from '../shared/joins/refused-rows.ts';
import { forEachRun } from '../shared/merge-by-position.ts';
import { lookAtKinds } from '../shared/state-contents.ts';
import { KeyTable } from '../shared/state/key-table.ts';
import type { RegularJoinBound } from './definition.ts';
import { GrowingSide } from './growing-side-state.ts';
import { JoinedPairs } from './joined-pairs-buffer.ts';

/**
 * Whether rows only ever come, and a match is given once and for good: inner joins of streams whose rows are kept for ever.
 * Then there is nothing to take back, nothing to forget, and a row's partners are those that came before it.
 */
export function onlyGrows({ bound, inputs }: KernelRequest<RegularJoinBound>): boolean {
  return (
    bound.kind === 'inner' &&
    inputs.every(({ changes }) => changes === 'append') &&
    bound.sides.every(({ tableKey, uniqueKey, ttlMs }) => tableKey === null && uniqueKey === null && ttlMs === 0)
  );
}

type SideNumber = 0 | 1;

/** In place of a row's key: it is of no use, or was rejected. */
const NO_KEY = -1;

/** The rows of a batch that a reader sees, in their order: numbers of their keys, and where they are stored. */
interface Stored {
  readonly keys: Int32Array;
  readonly handles: Int32Array;
}

/** Rows [from, to) of those that a reader sees, with no row of the other side between them. */
interface SideRun {
  readonly side: SideNumber;
  readonly batch: Batch;
  readonly stored: Stored;
  readonly from: number;
  readonly to: number;
}

export class GrowingJoinKernel implements Kernel {
  private readonly bound: RegularJoinBound;
  private readonly keys: KeyTable;
  private readonly sides: readonly [GrowingSide, GrowingSide];
  private readonly results: JoinedPairs;
  private readonly refused: RefusedRows;

  constructor({ bound, inputs, outputs, connected }: KernelRequest<RegularJoinBound>) {
    this.bound = bound;
    this.keys = new KeyTable(bound.match.leftKey.fields);
    const sideOf = ({ schema }: StreamType): GrowingSide => new GrowingSide(schema, this.keys);
    this.sides = [sideOf(inputs[0]!), sideOf(inputs[1]!)];
    this.results = new JoinedPairs([this.sides[0].store, this.sides[1].store]);
    this.refused = new RefusedRows(inputs, outputs, connected);
  }

  run(_round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    this.keys.begin();
    const stored = inputs.map(({ port, batches }) => {
      const side = port === 'left' ? 0 : 1;
      return batches.map((batch) => this.store(side, batch, out));
    });
    for (const side of this.sides) side.reserve();
    forEachRun(inputs, ({ input, batch, number, from, to }) => {
      const side = inputs[input]!.port === 'left' ? 0 : 1;
      const run: SideRun = { side, batch, stored: stored[input]![number]!, from, to };
      const { residual } = this.bound.match;
      if (residual === null) this.joinAll(run, out);
      else this.joinSome(run, residual, out);
      this.keep(run, out);
    });
    this.results.flush(out);
    this.refused.flush(out);
    this.keys.settle();
    return clock;
  }

  /** Stores all rows of a batch. Those whose key has NULL where that matches nothing are let go of at once. */
  private store(side: SideNumber, batch: Batch, out: KernelOutput): Stored {
    const { leftKey, rightKey, nullSafe } = this.bound.match;
    const columns = (side === 0 ? leftKey : rightKey).columns.map((column) => batch.columns[column]!);
    const count = rowCount(batch);
    const keys = out.buffers.ints(count);
    const handles = out.buffers.ints(count);
    this.keys.idsOf(columns, batch.selection, count, keys);
    const { store } = this.sides[side];
    store.putRows(batch.columns, batch.selection, handles);
    columns.forEach(({ nulls }, c) => {
      if (nulls === null || nullSafe[c]!) return;
      for (let i = 0; i < count; i++) {
        if (!isNull(nulls, rowAt(batch, i)) || keys[i] === NO_KEY) continue;
        keys[i] = NO_KEY;
        store.release(handles[i]!);
        out.fates.unmatched++;
      }
    });
    return { keys, handles };
  }

  /** Gives each row with every row of its key on the other side. */
  private joinAll(run: SideRun, out: KernelOutput): void {
    const { keys } = run.stored;
    const other = this.sides[1 - run.side]!;
    if (other.rows === 0) return;
    for (let i = run.from; i < run.to; i++) {
      if (keys[i] === NO_KEY) continue;
      for (let partner = other.rowsOf(keys[i]!); partner >= 0; partner = other.after(partner)) {
        this.give(run, i, partner, out);
      }
    }
  }

  /** The same where the condition holds. A row for which it fails with any of them is rejected. */
  private joinSome(run: SideRun, residual: CompiledPredicate, out: KernelOutput): void {
    const { side, batch, stored } = run;
    const { keys, handles } = stored;
    const other = this.sides[1 - side]!;
    if (other.rows === 0) return;
    const candidates: number[] = [];
    const partners: number[] = [];
    for (let i = run.from; i < run.to; i++) {
      if (keys[i] === NO_KEY) continue;
      for (let partner = other.rowsOf(keys[i]!); partner >= 0; partner = other.after(partner)) {
        candidates.push(i);
        partners.push(partner);
      }
    }
    if (candidates.length === 0) return;
    const owns = Int32Array.from(candidates, (i) => handles[i]!);
    const errors = rowErrors();
    const matches = residual.select(this.pairs(side, owns, Int32Array.from(partners), out), errors, out.buffers);
    for (let c = 0; errors.count > 0 && c < candidates.length; c++) {
      const i = candidates[c]!;
      if (keys[i] === NO_KEY || !errors.has(c)) continue;
      this.refused.reject({ side, batch, row: rowAt(batch, i) }, errors.message(c), out);
      keys[i] = NO_KEY;
      this.sides[side].store.release(handles[i]!);
    }
    for (const c of matches) {
      const i = candidates[c]!;
      if (keys[i] !== NO_KEY) this.give(run, i, partners[c]!, out);
    }
  }

  /** Joined rows of kept rows, for the condition to look at. */
  private pairs(side: SideNumber, owns: Int32Array, partners: Int32Array, { buffers }: KernelOutput): Batch {
    const [left, right] = this.sides;
    const columns = [
      ...left.store.gather(side === 0 ? owns : partners, buffers),
      ...right.store.gather(side === 0 ? partners : owns, buffers),
    ];
    const { length } = owns;
    const nowhere = buffers.floats(length).fill(0);
    return { length, selection: null, columns, seq: nowhere, phase: null, ts: nowhere, kinds: null, origin: null };
  }

  private give({ side, batch, stored }: SideRun, i: number, partner: number, out: KernelOutput): void {
    const row = rowAt(batch, i);
    const handle = stored.handles[i]!;
    if (side === 0) this.results.pair(handle, partner);
    else this.results.pair(partner, handle);
    const timeMs = Math.max(batch.ts[row]!, this.sides[1 - side]!.timeOf(partner));
    this.results.place(batch.seq[row]!, phaseAt(batch, row), timeMs, out);
  }

  private keep({ side, batch, stored: { keys, handles }, from, to }: SideRun, out: KernelOutput): void {
    const own = this.sides[side];
    for (let i = from; i < to; i++) {
      if (keys[i] === NO_KEY) continue;
      out.fates.held++;
      own.add(keys[i]!, handles[i]!, batch.ts[rowAt(batch, i)]!);
    }
  }

  /** Rows of a round meet each other, at most a quarter of the square of their number, and the longest list there is. */
  mostOutputs(rows: number): number {
    return Math.max(this.sides[0].mostRowsInKey, this.sides[1].mostRowsInKey) + Math.ceil(rows / 4);
  }

  look(most: number): StateLook {
    const [left, right] = this.sides;
    return lookAtKinds(left.look('left rows', most), right.look('right rows', most));
  }

  stateSize(): StateSize {
    const [left, right] = this.sides;
    return { rows: left.rows + right.rows, bytes: this.keys.textBytes + left.bytes + right.bytes };
  }

  snapshot(writer: StateWriter): void {
    for (const side of this.sides) side.snapshot(writer);
  }

  restore(reader: StateReader): void {
    for (const side of this.sides) side.restore(reader);
  }
}
