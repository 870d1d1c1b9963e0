import type { Batch, StreamType } from '../../stream/batch.ts';
import { kindAt, phaseAt, rowAt, rowCount } from '../../stream/batch.ts';
import type { Curve } from '../../stream/curve.ts';
import { watermarkBefore } from '../../stream/curve.ts';
import type { RowKind } from '../../stream/row-kind.ts';
import { DELETE, INSERT, UPDATE_AFTER, UPDATE_BEFORE } from '../../stream/row-kind.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { StateLook } from '../../stream/state-look.ts';
import type { EventTimeMs, ProcessingTimeMs } from '../../stream/time.ts';
import type { Kernel, KernelInput, KernelOutput, KernelRequest, Round, StateSize } from '../operator.ts';
import { CHUNK_ROWS } from '../operator.ts';
import { lastClockMs } from '../shared/curve-steps.ts';
import { KeptKeys } from '../shared/ranking/kept-keys-state.ts';
import { ResultBuilder } from '../shared/result-builder.ts';
import { RowOutcomes } from '../shared/row-outcomes.ts';
import { lookAtKinds, storedRows } from '../shared/state-contents.ts';
import type { StoredRow } from '../shared/state-contents.ts';
import { KeyTable } from '../shared/state/key-table.ts';
import { rowIdentity } from '../shared/state/row-identity.ts';
import { RowStore } from '../shared/state/row-store.ts';
import { NOTHING_TO_DELETE, UpsertTable } from '../shared/upsert-table.ts';
import type { DedupBound } from './bind-dedup.ts';
import { timeOf } from './time-of.ts';

interface Kept {
  writtenAtMs: ProcessingTimeMs;
  readonly handle: number;
  /** The time that it is ordered by, and its event time. */
  readonly orderMs: EventTimeMs;
  readonly timeMs: EventTimeMs;
  /** What tells it from others; empty where no row is compared with it. */
  readonly identity: string;
}

/** A row with its surroundings. */
interface Arrival {
  readonly batch: Batch;
  readonly row: number;
  readonly nowMs: ProcessingTimeMs;
  readonly clock: Curve;
  readonly out: KernelOutput;
}

/** Bytes of a kept row beside its columns and its key. */
const KEPT_BYTES = 64;

/**
 * One row a key, given out as it changes. Flink: `DeduplicateFunctionHelper`, `RowTimeDeduplicateFunction`,
 * `ProcTimeDeduplicateKeepFirstRowFunction`, `ProcTimeDeduplicateKeepLastRowFunction`.
 */
export class RunningDedup implements Kernel {
  private readonly bound: DedupBound;
  private readonly type: StreamType;
  private readonly keys: KeyTable;
  private readonly rows: RowStore;
  private readonly kept: KeptKeys<Kept>;
  private readonly table: UpsertTable | null;
  private readonly results: ResultBuilder;
  private readonly outcomes: RowOutcomes;
  private readonly keepsNothing: boolean;
  private readonly skipsEqual: boolean;
  private identityBytes = 0;

  constructor({ bound, inputs, outputs, connected }: KernelRequest<DedupBound>) {
    this.bound = bound;
    this.type = inputs[0]!;
    this.keys = new KeyTable(bound.key.fields);
    this.rows = new RowStore(this.type.schema);
    this.kept = new KeptKeys(bound.ttlMs);
    this.table = bound.tableKey === null ? null : new UpsertTable(this.type.schema, bound.tableKey, 'own');
    this.results = new ResultBuilder(outputs.out!.schema);
    this.outcomes = new RowOutcomes(this.type, connected);
    const isLatest = bound.keep === 'last' && bound.orderBy === 'arrival';
    const tellsOfBefore = bound.generateUpdateBefore || bound.generateInsert;
    this.keepsNothing = isLatest && !tellsOfBefore && this.type.changes === 'append';
    this.skipsEqual = isLatest && !this.keepsNothing && bound.ttlMs === 0;
  }

  run(round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    for (const batch of inputs[0]!.batches) {
      this.outcomes.begin(batch);
      const changes = this.spelledOut(batch, out);
      const count = changes === null ? 0 : rowCount(changes);
      for (let i = 0; i < count; i++) {
        const row = rowAt(changes!, i);
        const nowMs = round.at[changes!.seq[row]! - round.firstSeq]!;
        this.expire(nowMs, out);
        this.take({ batch: changes!, row, nowMs, clock, out });
        if (this.results.length >= CHUNK_ROWS - 1) this.flush(out);
      }
      this.outcomes.finish(out);
    }
    this.flush(out);
    this.expire(lastClockMs(round), out);
    return clock;
  }

  private spelledOut(batch: Batch, out: KernelOutput): Batch | null {
    if (this.table === null) return batch;
    const before = out.fates.rejected;
    const changes = this.table.spelledOut(batch, (row) => this.reject(batch, row, out));
    out.fates.used += rowCount(batch) - (out.fates.rejected - before);
    return changes;
  }

  private reject(batch: Batch, row: number, out: KernelOutput): void {
    out.fates.rejected++;
    out.rejected({ batch, row, type: this.type, message: NOTHING_TO_DELETE });
    this.outcomes.failed(row);
  }

  private expire(nowMs: ProcessingTimeMs, out: KernelOutput): void {
    this.kept.expire(nowMs, (key, kept) => {
      this.release(kept);
      this.keys.release(key);
      this.count(-1, 1, out);
    });
  }

  private release({ handle, identity }: Kept): void {
    this.rows.release(handle);
    this.identityBytes -= identity.length * 2;
  }

  /** Rows of a keyed input were counted when they came. */
  private count(held: number, used: number, out: KernelOutput): void {
    if (this.table !== null) return;
    out.fates.held += held;
    out.fates.used += used;
  }

  private take(arrival: Arrival): void {
    const { batch, row, clock, out } = arrival;
    const orderMs = timeOf(batch, row, this.bound.timeColumn);
    if (this.bound.orderBy === 'event-time' && Number.isNaN(orderMs)) {
      this.outcomes.reject(row, 'no-time', watermarkBefore(clock, batch.seq[row]!), out);
      return;
    }
    if (this.keepsNothing) {
      this.addFrom(arrival);
      out.fates.used++;
      return;
    }
    const key = this.keys.idOf(
      this.bound.key.columns.map((index) => batch.columns[index]!),
      row,
    );
    this.keys.hold(key);
    const before = this.kept.get(key);
    const kind = kindAt(batch, row);
    if (kind === UPDATE_BEFORE || kind === DELETE) this.takeBack(arrival, key, before);
    else this.put(arrival, key, before);
    this.keys.release(key);
  }

  // DeduplicateFunctionHelper.processLastRowOnChangelog
  private takeBack({ batch, row, out }: Arrival, key: number, before: Kept | undefined): void {
    if (before === undefined) {
      if (this.table === null) this.reject(batch, row, out);
      return;
    }
    this.add(batch, row, before, DELETE);
    this.release(before);
    this.kept.delete(key);
    this.keys.release(key);
    this.count(-1, 2, out);
  }

  private put(arrival: Arrival, key: number, before: Kept | undefined): void {
    const { batch, row, nowMs, out } = arrival;
    const orderMs = timeOf(batch, row, this.bound.timeColumn);
    const identity = this.skipsEqual ? rowIdentity(batch, row) : '';
    if (before !== undefined && (!this.replaces(orderMs, before.orderMs) || this.isSame(before, identity))) {
      if (this.table === null) out.fates.filtered++;
      return;
    }
    const timeMs = batch.ts[row]!;
    const after = { writtenAtMs: nowMs, handle: this.rows.put(batch.columns, row), orderMs, timeMs, identity };
    this.identityBytes += identity.length * 2;
    const { generateUpdateBefore, generateInsert } = this.bound;
    if (before === undefined) {
      this.keys.hold(key);
      this.count(1, 0, out);
      const isNew = generateUpdateBefore || generateInsert || this.type.changes !== 'append';
      this.add(batch, row, after, isNew ? INSERT : UPDATE_AFTER);
    } else {
      this.count(0, 1, out);
      if (generateUpdateBefore) this.add(batch, row, before, UPDATE_BEFORE);
      this.add(batch, row, after, UPDATE_AFTER);
      this.release(before);
    }
    this.kept.write(key, after, nowMs);
  }

  // DeduplicateFunctionHelper.isDuplicate: first by a strictly smaller time, last by one that is not smaller
  private replaces(orderMs: EventTimeMs, keptMs: EventTimeMs): boolean {
    const { keep, orderBy } = this.bound;
    if (orderBy === 'arrival') return keep === 'last';
    return keep === 'first' ? orderMs < keptMs : orderMs >= keptMs;
  }

  private isSame(before: Kept, identity: string): boolean {
    return this.skipsEqual && before.identity === identity;
  }

  private add(batch: Batch, row: number, { handle, timeMs }: Kept, kind: RowKind): void {
    this.rows.appendTo(this.results.columns, 0, handle);
    this.results.place(batch.seq[row]!, phaseAt(batch, row) === 0 ? 0 : 1, timeMs, kind);
  }

  private addFrom({ batch, row }: Arrival): void {
    batch.columns.forEach((column, i) => this.results.columns[i]!.appendFrom(column, row));
    this.results.place(batch.seq[row]!, phaseAt(batch, row) === 0 ? 0 : 1, batch.ts[row]!, UPDATE_AFTER);
  }

  private flush(out: KernelOutput): void {
    const batch = this.results.take(null);
    if (batch !== null) out.emit('out', batch);
  }

  mostOutputs(_rows: number): number {
    return 2;
  }

  look(most: number): StateLook {
    const head = {
      what: 'rows, one of each key',
      order: this.kept.order,
      count: this.kept.size,
    };
    const rows = storedRows(head, this.rows, this.told(), most);
    return lookAtKinds(rows, this.table?.look('rows of the input', most) ?? null);
  }

  private *told(): Generator<StoredRow> {
    for (const [, state] of this.kept) yield { handle: state.handle, until: this.kept.untilOf(state) };
  }

  stateSize(): StateSize {
    const { kept, rows, keys, table } = this;
    const bytes = kept.size * KEPT_BYTES + rows.bytes + this.identityBytes + keys.textBytes;
    return { rows: kept.size + (table?.size ?? 0), bytes: bytes + (table?.bytes ?? 0) };
  }

  snapshot(writer: StateWriter): void {
    writer.u32(this.kept.size);
    for (const [key, { writtenAtMs, handle, orderMs, timeMs, identity }] of this.kept) {
      this.keys.write(writer, key);
      this.rows.write(writer, handle);
      for (const time of [writtenAtMs, orderMs, timeMs]) writer.f64(time);
      writer.text(identity);
    }
    this.table?.snapshot(writer);
  }

  restore(reader: StateReader): void {
    const count = reader.u32();
    for (let i = 0; i < count; i++) {
      const key = this.keys.read(reader);
      this.keys.hold(key);
      const handle = this.rows.read(reader);
      const [writtenAtMs, orderMs, timeMs] = [reader.f64(), reader.f64(), reader.f64()];
      const identity = reader.text();
      this.identityBytes += identity.length * 2;
      this.kept.restored(key, { writtenAtMs, handle, orderMs, timeMs, identity });
    }
    this.table?.restore(reader);
  }
}
