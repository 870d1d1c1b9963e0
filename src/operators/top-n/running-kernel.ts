import type { Batch, StreamType } from '../../stream/batch.ts';
import { kindAt, rowAt, rowCount } from '../../stream/batch.ts';
import type { Curve } from '../../stream/curve.ts';
import { DELETE, INSERT, UPDATE_AFTER } from '../../stream/row-kind.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { StateLook } from '../../stream/state-look.ts';
import type { Kernel, KernelInput, KernelOutput, KernelRequest, Round, StateSize } from '../operator.ts';
import { CHUNK_ROWS } from '../operator.ts';
import { lastClockMs } from '../shared/curve-steps.ts';
import { emitInChunks } from '../shared/emit-chunks.ts';
import { placeBehind, sortKeyAt } from '../shared/ranking/sort-key.ts';
import { RowOutcomes } from '../shared/row-outcomes.ts';
import { lookAtKinds } from '../shared/state-contents.ts';
import { NOTHING_TO_DELETE, UpsertTable } from '../shared/upsert-table.ts';
import type { TopNBound } from './bind-top-n.ts';
import { rankEndOf } from './rank-end.ts';
import { RankChanges } from './rank-changes-buffer.ts';
import type { RankedKey, RankedRow } from './ranked-keys-state.ts';
import { RankedKeys } from './ranked-keys-state.ts';

/** AbstractTopNFunction.getDefaultTopNSize: how many rows are kept where each key says itself how many it gives. */
const KEPT_OF_VARIABLE = 100;

const NOT_KEPT = 'There is no such row to take back.';
const NO_DELETION = 'Rows that only move forward are never deleted; with the strategy retract they may be.';

/** A row with its surroundings. */
interface Arrival {
  readonly batch: Batch;
  readonly row: number;
  readonly out: KernelOutput;
}

/** Ranks that change with every row, in the ways that `topNDefinition` tells. */
export class RunningTopN implements Kernel {
  private readonly bound: TopNBound;
  private readonly type: StreamType;
  private readonly state: RankedKeys;
  private readonly table: UpsertTable | null;
  private readonly changes: RankChanges;
  private readonly outcomes: RowOutcomes;

  constructor({ bound, inputs, outputs, connected }: KernelRequest<TopNBound>) {
    this.bound = bound;
    this.type = inputs[0]!;
    this.state = new RankedKeys(this.type.schema, bound);
    const { process, rowKey } = bound;
    this.table = process === 'retract' && rowKey !== null ? new UpsertTable(this.type.schema, rowKey) : null;
    this.changes = new RankChanges(bound, this.state.rows, outputs.out!.schema);
    this.outcomes = new RowOutcomes(this.type, connected);
  }

  run(round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    for (const batch of inputs[0]!.batches) {
      this.outcomes.begin(batch);
      const changes = this.spelledOut(batch, out);
      const count = changes === null ? 0 : rowCount(changes);
      for (let i = 0; i < count; i++) {
        const row = rowAt(changes!, i);
        this.expire(round.at[changes!.seq[row]! - round.firstSeq]!, out);
        this.take({ batch: changes!, row, out }, round);
        if (this.changes.length >= CHUNK_ROWS) emitInChunks(out, 'out', this.changes.take());
      }
      this.outcomes.finish(out);
    }
    emitInChunks(out, 'out', this.changes.take());
    this.expire(lastClockMs(round), out);
    return clock;
  }

  private spelledOut(batch: Batch, out: KernelOutput): Batch | null {
    if (this.table === null) return batch;
    const before = out.fates.rejected;
    const changes = this.table.spelledOut(batch, (row) => this.reject({ batch, row, out }, NOTHING_TO_DELETE));
    out.fates.used += rowCount(batch) - (out.fates.rejected - before);
    return changes;
  }

  private reject({ batch, row, out }: Arrival, message: string): void {
    out.fates.rejected++;
    out.rejected({ batch, row, type: this.type, message });
    this.outcomes.failed(row);
  }

  private expire(nowMs: number, out: KernelOutput): void {
    this.state.kept.expire(nowMs, (number, key) => {
      for (const row of key.rows) {
        this.left(row, out);
        this.state.release(row);
      }
      this.state.keys.release(number);
    });
  }

  /** A kept row has left state. */
  private left({ shown }: RankedRow, out: KernelOutput): void {
    if (this.table !== null) return;
    out.fates.held--;
    if (shown) out.fates.used++;
    else out.fates.filtered++;
  }

  private take(arrival: Arrival, round: Round): void {
    const { batch, row } = arrival;
    const kind = kindAt(batch, row);
    const isNew = kind === INSERT || kind === UPDATE_AFTER;
    if (this.bound.process !== 'retract' && !isNew) {
      if (kind === DELETE) this.reject(arrival, NO_DELETION);
      else arrival.out.fates.filtered++;
      return;
    }
    const number = this.state.keys.idOf(
      this.bound.key.columns.map((index) => batch.columns[index]!),
      row,
    );
    this.state.keys.hold(number);
    const known = this.state.kept.get(number);
    const key = known ?? { writtenAtMs: 0, to: rankEndOf(this.bound, batch, row), rows: [], byIdentity: new Map() };
    const isWritten = isNew ? this.put(arrival, key) : this.takeBack(arrival, key);
    // A last rank that a row has said once is remembered without rows too.
    const isKept = key.rows.length > 0 || (this.bound.toColumn !== null && (isNew || known !== undefined));
    if (isKept && (isWritten || known === undefined)) {
      if (known === undefined) this.state.keys.hold(number);
      this.state.kept.write(number, key, round.at[batch.seq[row]! - round.firstSeq]!);
    } else if (!isKept && known !== undefined) {
      this.state.kept.delete(number);
      this.state.keys.release(number);
    }
    this.state.keys.release(number);
  }

  /** Whether the key was changed. */
  private put(arrival: Arrival, key: RankedKey): boolean {
    switch (this.bound.process) {
      case 'top-1':
        return this.putBest(arrival, key);
      case 'update-fast':
        return this.putByKey(arrival, key);
      default:
        return this.putNew(arrival, key);
    }
  }

  // FastTop1Function.processElement
  private putBest({ batch, row, out }: Arrival, key: RankedKey): boolean {
    const best = key.rows[0];
    const sortKey = sortKeyAt(this.bound.order, batch, row);
    if (best !== undefined && this.state.compare(sortKey, best.sortKey) >= 0) {
      out.fates.filtered++;
      return false;
    }
    const after = this.state.rowOf(batch, row);
    if (best === undefined) this.changes.tell(after, 1, INSERT, { batch, row });
    else {
      this.changes.replace(best, after, 1, { batch, row });
      this.left(this.state.remove(key, 0), out);
    }
    this.state.insert(key, 0, after);
    out.fates.held++;
    return true;
  }

  // UpdatableTopNFunction.processElement
  private putByKey(arrival: Arrival, key: RankedKey): boolean {
    const { batch, row, out } = arrival;
    const before = key.byIdentity.get(this.state.identityOf(batch, row));
    if (before === undefined) return this.putNew(arrival, key);
    const { compare } = this.state;
    const after = this.state.rowOf(batch, row);
    const from = this.state.find(key, before.sortKey, before.identity);
    const place = placeBehind(key.rows, after.sortKey, compare);
    // Its own old place does not count.
    const to = compare(after.sortKey, before.sortKey) === 0 ? from : place > from ? place - 1 : place;
    this.changes.moving(key, { from, to }, after, { batch, row });
    this.left(this.state.remove(key, from), out);
    this.state.insert(key, to, after);
    out.fates.held++;
    return true;
  }

  private putNew({ batch, row, out }: Arrival, key: RankedKey): boolean {
    const { process, toColumn } = this.bound;
    const keepsAll = process === 'retract';
    const { rows, to } = key;
    const place = placeBehind(rows, sortKeyAt(this.bound.order, batch, row), this.state.compare);
    const room = toColumn === null ? to : KEPT_OF_VARIABLE;
    const isAdmitted = keepsAll || (place < to && (place < rows.length || rows.length < room));
    if (!isAdmitted) {
      out.fates.filtered++;
      return false;
    }
    const ranked = this.state.rowOf(batch, row);
    this.changes.inserting(key, place, ranked, { batch, row });
    this.state.insert(key, place, ranked);
    if (this.table === null) out.fates.held++;
    if (!keepsAll && rows.length > to) this.left(this.state.remove(key, to), out);
    return true;
  }

  // RetractableTopNFunction.processElement
  private takeBack(arrival: Arrival, key: RankedKey): boolean {
    const { batch, row, out } = arrival;
    const sortKey = sortKeyAt(this.bound.order, batch, row);
    const place = this.state.find(key, sortKey, this.state.identityOf(batch, row));
    if (place < 0) {
      if (this.table === null) this.reject(arrival, NOT_KEPT);
      return false;
    }
    this.changes.removing(key, place, { batch, row });
    const gone = this.state.remove(key, place);
    this.left(gone, out);
    if (this.table === null) {
      if (gone.shown) out.fates.used++;
      else out.fates.filtered++;
    }
    return true;
  }

  mostOutputs(rows: number): number {
    const { from, to, toColumn } = this.bound;
    const ranks = toColumn === null ? to - from + 1 : Infinity;
    const changesOfOne = this.table === null ? 1 : 2;
    return 2 * changesOfOne * Math.min(ranks, this.state.mostInKey + rows + 1);
  }

  look(most: number): StateLook {
    return lookAtKinds(this.state.look(most), this.table?.look('rows of the input', most) ?? null);
  }

  stateSize(): StateSize {
    const { state, table } = this;
    return { rows: state.rows.rows + (table?.size ?? 0), bytes: state.bytes + (table?.bytes ?? 0) };
  }

  snapshot(writer: StateWriter): void {
    this.state.snapshot(writer);
    this.table?.snapshot(writer);
  }

  restore(reader: StateReader): void {
    this.state.restore(reader);
    this.table?.restore(reader);
  }
}
