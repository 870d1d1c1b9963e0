import type { Batch } from '../../stream/batch.ts';
import { rowAt } from '../../stream/batch.ts';
import type { Curve } from '../../stream/curve.ts';
import { watermarkBefore } from '../../stream/curve.ts';
import type { StateLook } from '../../stream/state-look.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { EventTimeMs } from '../../stream/time.ts';
import type { DropReason } from '../operator.ts';
import type { Kernel, KernelInput, KernelOutput, KernelRequest, Round, StateSize } from '../operator.ts';
import type { SideRow } from '../shared/joins/side-row.ts';
import { forEachRun } from '../shared/merge-by-position.ts';
import { firstInOrder, lookAtKinds, storedRows } from '../shared/state-contents.ts';
import { keyBytesAt } from '../shared/state/key-bytes.ts';
import { TimeBuckets } from '../shared/state/time-buckets.ts';
import type { TemporalJoinBound } from './definition.ts';
import type { LeftRow } from './temporal-rows-state.ts';
import { TemporalRows } from './temporal-rows-state.ts';
import { VersionStore } from './version-store-state.ts';

interface WaitingRow extends LeftRow {
  readonly key: number;
  /** The key as the store orders it. */
  readonly keyBytes: string;
  /** Which of all rows it was to arrive. */
  readonly number: number;
}

const WAITING_BYTES = 96;

/**
 * The version that was valid at the row's time, after a grace by the left rows' stream time. Kafka:
 * `KStreamKTableJoinProcessor`, `RocksDBTimeOrderedKeyValueBuffer`.
 */
export class StoreJoin implements Kernel {
  private readonly rows: TemporalRows;
  private readonly store: VersionStore;
  private readonly waiting = new TimeBuckets<WaitingRow>();
  /** Of the rows that were let wait. */
  private streamTimeMs: EventTimeMs = -1;
  private arrivals = 0;

  constructor(request: KernelRequest<TemporalJoinBound>) {
    this.rows = new TemporalRows(request);
    this.store = new VersionStore(this.rows);
  }

  run(_round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    forEachRun(inputs, ({ input, batch, from, to }) => {
      const side = inputs[input]!.port === 'left' ? 0 : 1;
      for (let i = from; i < to; i++) {
        const row = { side, batch, row: rowAt(batch, i) } as const;
        const reason = this.whyDropped(row);
        if (reason !== null) {
          this.rows.refused.drop(row, reason, watermarkBefore(clock, batch.seq[row.row]!), out);
        } else if (side === 0) this.takeLeft(batch, row.row, out);
        else this.takeRight(row, clock, out);
      }
    });
    this.rows.flush(out);
    return clock;
  }

  // RecordQueue.updateHead: a record with a negative time is skipped and counted
  private whyDropped({ side, batch, row }: SideRow): DropReason | null {
    if (!(batch.ts[row]! >= 0)) return 'no-time';
    const isNeeded = side === 1 || this.rows.bound.kind === 'inner';
    return isNeeded && this.rows.lacksKey(side, batch, row) ? 'null-key' : null;
  }

  private takeLeft(batch: Batch, row: number, out: KernelOutput): void {
    const { rows } = this;
    const { graceMs } = rows.bound;
    const left = rows.keep(batch, row, true);
    if (rows.lacksKey(0, batch, row)) {
      rows.end(rows.give(left, null, left, out), out);
      rows.left.release(left.handle);
      return;
    }
    const columns = rows.keyColumns(0, batch);
    const key = rows.keys.idOf(columns, row);
    rows.keys.hold(key);
    if (graceMs === 0 || left.timeMs < this.streamTimeMs - graceMs) {
      this.joinNow({ side: 0, batch, row }, left, key, out);
      return;
    }
    this.streamTimeMs = Math.max(this.streamTimeMs, left.timeMs);
    const keyBytes = keyBytesAt(columns, rows.bound.match.leftKey.fields, row);
    this.waiting.add(left.timeMs, { ...left, key, keyBytes, number: this.arrivals++ });
    out.fates.held++;
    while (this.waiting.size > 0 && this.waiting.firstTimeMs <= this.streamTimeMs - graceMs) {
      for (const due of [...this.waiting.takeFirst()].sort(byKeyThenArrival)) this.joinLater(due, left, out);
    }
  }

  private joinNow(origin: SideRow, left: LeftRow, key: number, out: KernelOutput): void {
    const { rows } = this;
    const version = this.store.find(key, left.timeMs);
    const holds = version === null ? false : rows.condition(left, version);
    if (typeof holds === 'string') rows.refused.reject(origin, holds, out);
    else rows.end(rows.give(left, holds ? version : null, left, out), out);
    this.release(left, key);
  }

  /** `cause` is the row that moved the time. */
  private joinLater(left: WaitingRow, cause: LeftRow, out: KernelOutput): void {
    const { rows } = this;
    const version = this.store.find(left.key, left.timeMs);
    const matches = version !== null && rows.conditionLater(left, version, cause, out);
    rows.leave(rows.give(left, matches ? version : null, cause, out), out);
    this.release(left, left.key);
  }

  private release(left: LeftRow, key: number): void {
    this.rows.left.release(left.handle);
    this.rows.keys.release(key);
  }

  private takeRight(row: SideRow, clock: Curve, out: KernelOutput): void {
    const { rows, store } = this;
    const { batch } = row;
    if (store.isExpired(batch.ts[row.row]!)) {
      rows.late.late(row, watermarkBefore(clock, batch.seq[row.row]!), [], out);
      return;
    }
    const key = rows.keys.idOf(rows.keyColumns(1, batch), row.row);
    out.fates.held++;
    store.put(key, rows.version(batch, row.row), out);
  }

  mostOutputs(rows: number): number {
    return this.rows.bound.graceMs === 0 ? 1 : this.waiting.size + rows + 1;
  }

  look(most: number): StateLook {
    const { graceMs } = this.rows.bound;
    const waiting = firstInOrder(this.waiting, most, (a, b) => a.timeMs - b.timeMs || a.number - b.number);
    const untils = waiting.map(({ handle, timeMs }) => ({
      handle,
      until: { timeMs: timeMs + graceMs, does: 'joins' },
    }));
    const head = { what: 'left rows that wait', order: 'with the oldest times', count: this.waiting.size };
    return lookAtKinds(storedRows(head, this.rows.left, untils, most), this.store.look(most));
  }

  stateSize(): StateSize {
    const { left, keys } = this.rows;
    const bytes = left.bytes + this.waiting.size * WAITING_BYTES + this.store.bytes + keys.textBytes;
    return { rows: this.waiting.size + this.store.size, bytes };
  }

  snapshot(writer: StateWriter): void {
    writer.f64(this.streamTimeMs);
    writer.f64(this.arrivals);
    const waiting = [...this.waiting].sort((a, b) => a.number - b.number);
    writer.u32(waiting.length);
    for (const row of waiting) {
      this.rows.keys.write(writer, row.key);
      writer.text(row.keyBytes);
      writer.f64(row.number);
      this.rows.writeLeft(writer, row);
    }
    this.store.snapshot(writer);
  }

  restore(reader: StateReader): void {
    this.streamTimeMs = reader.f64();
    this.arrivals = reader.f64();
    for (let left = reader.u32(); left > 0; left--) {
      const key = this.rows.keys.read(reader);
      this.rows.keys.hold(key);
      const keyBytes = reader.text();
      const number = reader.f64();
      const row = this.rows.readLeft(reader);
      this.waiting.add(row.timeMs, { ...row, key, keyBytes, number });
    }
    this.store.restore(reader);
  }
}

/** Order of the buffer within a time: its keys begin with the time and go on with the record's key. */
function byKeyThenArrival(a: WaitingRow, b: WaitingRow): number {
  if (a.keyBytes !== b.keyBytes) return a.keyBytes < b.keyBytes ? -1 : 1;
  return a.number - b.number;
}
