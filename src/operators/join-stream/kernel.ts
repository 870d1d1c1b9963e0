import type { Batch } from '../../stream/batch.ts';
import { phaseAt, rowAt } from '../../stream/batch.ts';
import { isNull } from '../../stream/column.ts';
import type { Column } from '../../stream/column.ts';
import type { Curve } from '../../stream/curve.ts';
import { defined } from '../../stream/assert.ts';
import type { StateLook } from '../../stream/state-look.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { EventTimeMs, ProcessingTimeMs } from '../../stream/time.ts';
import type { StreamJoinRules } from '../dialects/dialect.ts';
import { CHUNK_ROWS } from '../operator.ts';
import type { Kernel, KernelInput, KernelOutput, KernelRequest, Round, StateSize } from '../operator.ts';
import { padsSide } from '../shared/joins/join-config.ts';
import { JoinedRows } from '../shared/joins/joined-rows.ts';
import { NO_ROW } from '../shared/state/row-store.ts';
import type { SideRow } from '../shared/joins/side-row.ts';
import { RefusedRows } from '../shared/joins/refused-rows.ts';
import { forEachRun } from '../shared/merge-by-position.ts';
import { ResultBuilder } from '../shared/result-builder.ts';
import { lookAtKinds } from '../shared/state-contents.ts';
import { KeyTable } from '../shared/state/key-table.ts';
import type { StreamJoinBound } from './definition.ts';
import { OuterStore } from './outer-store.ts';
import type { JoinRow } from './side-buffer.ts';
import { SideBuffer } from './side-buffer.ts';

export function streamJoinKernel(request: KernelRequest<StreamJoinBound>): Kernel {
  return new StreamJoinKernel(request);
}

/** One row that arrives, with all that its handling needs. */
interface Arrival extends SideRow {
  readonly keyColumns: readonly Column[];
  readonly timeMs: EventTimeMs;
  readonly nowMs: ProcessingTimeMs;
}

/**
 * Kafka's `KStreamKStreamJoin`. A row moves the stream time of both sides, makes come out what is over by then, is joined
 * with what the other side's store shows, and is put into the store of its own side. Everything has the position of the row
 * that caused it.
 */
class StreamJoinKernel implements Kernel {
  private readonly bound: StreamJoinBound;
  private readonly rules: StreamJoinRules;
  private readonly keys: KeyTable;
  private readonly sides: readonly [SideBuffer, SideBuffer];
  /** Which sides come out without partner. */
  private readonly pads: readonly [boolean, boolean];
  private readonly outerStore: OuterStore;
  private readonly joined: JoinedRows;
  private readonly results: ResultBuilder;
  private readonly refused: RefusedRows;
  /** ConsumerRecord.NO_TIMESTAMP before the first row. */
  private streamTimeMs = -1;

  constructor({ bound, inputs, outputs, dialect, connected }: KernelRequest<StreamJoinBound>) {
    this.bound = bound;
    this.rules = defined(dialect.joins.stream, 'a dialect with stream joins');
    this.keys = new KeyTable(bound.leftKey.fields);
    const left = inputs[0]!;
    const right = inputs[1]!;
    const { retentionMs, beforeMs, afterMs, graceMs, emitIntervalMs } = bound;
    this.sides = [
      new SideBuffer(left.schema, this.keys, { fields: bound.leftKey.fields, retentionMs }),
      new SideBuffer(right.schema, this.keys, { fields: bound.rightKey.fields, retentionMs }),
    ];
    const pads = padsSide(bound.kind);
    this.pads = [pads.left, pads.right];
    this.outerStore = new OuterStore({ aheadMs: [afterMs, beforeMs], graceMs, emitIntervalMs });
    const stores = [this.sides[0].rows, this.sides[1].rows] as const;
    this.joined = new JoinedRows(bound, { left: left.schema, right: right.schema }, stores);
    this.results = new ResultBuilder(outputs.out!.schema);
    this.refused = new RefusedRows(inputs, outputs, connected);
  }

  run(round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    forEachRun(inputs, ({ input, batch, from, to }) => {
      const side = inputs[input]!.port === 'left' ? 0 : 1;
      const { columns } = side === 0 ? this.bound.leftKey : this.bound.rightKey;
      const keyColumns = columns.map((index) => batch.columns[index]!);
      for (let i = from; i < to; i++) {
        const row = rowAt(batch, i);
        const nowMs = round.at[batch.seq[row]! - round.firstSeq]!;
        this.take({ side, batch, row, keyColumns, timeMs: batch.ts[row]!, nowMs }, out);
      }
    });
    this.flush(out);
    this.refused.flush(out);
    return clock;
  }

  private take(arrival: Arrival, out: KernelOutput): void {
    const { row, keyColumns, timeMs } = arrival;
    // RecordQueue: a record with a negative time is skipped
    if (!(timeMs >= 0)) this.refused.drop(arrival, 'no-time', this.streamTimeMs, out);
    else if (this.lacksValue(arrival)) this.refuseValue(arrival, out);
    else if (keyColumns.some((column) => isNull(column.nulls, row))) this.takeWithoutKey(arrival, out);
    else this.join(arrival, out);
  }

  private lacksValue({ side, batch, row }: Arrival): boolean {
    const column = this.bound.valueColumns[side];
    return column !== null && isNull(batch.columns[column]!.nulls, row);
  }

  private refuseValue(arrival: Arrival, out: KernelOutput): void {
    this.advanceWithout(arrival);
    this.refused.reject(arrival, 'The value of the record is NULL.', out);
  }

  /** A record that joins nothing moves stream time all the same, where the dialect looks at it at all. */
  private advanceWithout({ timeMs }: Arrival): void {
    if (this.rules.nullKeys === 'pad') this.streamTimeMs = Math.max(this.streamTimeMs, timeMs);
  }

  private takeWithoutKey(arrival: Arrival, out: KernelOutput): void {
    const { side, batch, row, timeMs } = arrival;
    if (this.rules.nullKeys === 'drop' || !this.pads[side]) {
      this.advanceWithout(arrival);
      this.refused.drop(arrival, 'null-key', this.streamTimeMs, out);
      return;
    }
    this.streamTimeMs = Math.max(this.streamTimeMs, timeMs);
    const { rows } = this.sides[side];
    const handle = rows.put(batch.columns, row);
    this.emit(arrival, pairOf(side, handle, NO_ROW), timeMs, out);
    rows.release(handle);
    out.fates.used++;
  }

  private join(arrival: Arrival, out: KernelOutput): void {
    const { side, batch, row, keyColumns, timeMs } = arrival;
    const { beforeMs, afterMs } = this.bound;
    const own = this.sides[side];
    const other = this.sides[side === 0 ? 1 : 0];
    const key = this.keys.idOf(keyColumns, row);
    const arrived = own.take({ columns: batch.columns, index: row, timeMs }, key, keyColumns);
    const [backMs, aheadMs] = side === 0 ? [beforeMs, afterMs] : [afterMs, beforeMs];
    const fromMs = Math.max(0, timeMs - backMs);
    const toMs = Math.max(0, timeMs + aheadMs);
    const near = other.between(key, fromMs, toMs);
    const matches = this.joined.matches(near.map(({ handle }) => pairOf(side, arrived.handle, handle)));
    if (!matches.ok) {
      own.drop(arrived);
      this.refused.reject(arrival, matches.message, out);
      return;
    }
    out.fates.held++;
    this.streamTimeMs = Math.max(this.streamTimeMs, timeMs);
    if (timeMs === this.streamTimeMs) this.emitDue(arrival, out);
    const partners = near.filter((_, i) => matches.matched[i] === true);
    for (const partner of partners) this.emitMatch(arrival, arrived, partner, out);
    if (partners.length === 0 && this.pads[side]) this.padOrWait(arrival, arrived, toMs, out);
    own.put(arrived, out.fates);
    own.settle(arrived, out.fates);
  }

  private emitMatch(arrival: Arrival, arrived: JoinRow, partner: JoinRow, out: KernelOutput): void {
    const { side, timeMs } = arrival;
    this.outerStore.remove(side === 0 ? 1 : 0, partner);
    arrived.isUsed = true;
    partner.isUsed = true;
    this.emit(arrival, pairOf(side, arrived.handle, partner.handle), Math.max(timeMs, partner.timeMs), out);
  }

  /** A row without partner comes out at once when its time is over, whatever the grace; else it waits. */
  private padOrWait(arrival: Arrival, arrived: JoinRow, toMs: EventTimeMs, out: KernelOutput): void {
    const { side, timeMs } = arrival;
    if (this.bound.padding === 'on-close' && toMs >= this.streamTimeMs) {
      this.outerStore.add(side, arrived);
      return;
    }
    arrived.isUsed = true;
    this.emit(arrival, pairOf(side, arrived.handle, NO_ROW), timeMs, out);
  }

  private emitDue(arrival: Arrival, out: KernelOutput): void {
    const { side: lookingSide, nowMs } = arrival;
    const look = { side: lookingSide, streamTimeMs: this.streamTimeMs, nowMs };
    for (const { side, row } of this.outerStore.due(look)) {
      row.isUsed = true;
      this.emit(arrival, pairOf(side, row.handle, NO_ROW), row.timeMs, out);
      this.sides[side].settle(row, out.fates);
    }
  }

  private emit(cause: SideRow, [left, right]: readonly [number, number], timeMs: EventTimeMs, out: KernelOutput): void {
    const { batch, row }: { batch: Batch; row: number } = cause;
    this.joined.appendTo(this.results.columns, left, right);
    this.results.place(batch.seq[row]!, phaseAt(batch, row) === 0 ? 0 : 1, timeMs);
    if (this.results.length === CHUNK_ROWS) this.flush(out);
  }

  private flush(out: KernelOutput): void {
    const results = this.results.take(null);
    if (results !== null) out.emit('out', results);
  }

  mostOutputs(rows: number): number {
    const [left, right] = this.sides;
    return Math.max(left.mostRowsInKey, right.mostRowsInKey) + rows + 1;
  }

  look(most: number): StateLook {
    const [left, right] = this.sides;
    const { beforeMs, afterMs } = this.bound;
    return lookAtKinds(
      left.look('left rows', most, { fromMs: -beforeMs, toMs: afterMs }),
      right.look('right rows', most, { fromMs: -afterMs, toMs: beforeMs }),
    );
  }

  stateSize(): StateSize {
    const [left, right] = this.sides;
    return { rows: left.size + right.size, bytes: left.bytes + right.bytes + this.keys.textBytes };
  }

  snapshot(writer: StateWriter): void {
    writer.f64(this.streamTimeMs);
    this.outerStore.snapshot(writer);
    for (const side of this.sides) side.snapshot(writer);
  }

  restore(reader: StateReader): void {
    this.streamTimeMs = reader.f64();
    this.outerStore.restore(reader);
    this.sides.forEach((buffer, side) => {
      buffer.restore(reader, (row) => this.outerStore.readd(side === 0 ? 0 : 1, row));
    });
  }
}

/** Left and right in their order, whichever side it is that is looked at. */
function pairOf(side: 0 | 1, own: number, other: number): readonly [left: number, right: number] {
  return side === 0 ? [own, other] : [other, own];
}
