import type { Batch } from '../../stream/batch.ts';
import { kindAt, rowAt, withSelection } from '../../stream/batch.ts';
import type { Curve } from '../../stream/curve.ts';
import { watermarkBefore } from '../../stream/curve.ts';
import { DELETE, UPDATE_BEFORE } from '../../stream/row-kind.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { StateLook } from '../../stream/state-look.ts';
import type { ProcessingTimeMs, WatermarkMs } from '../../stream/time.ts';
import type { TemporalJoinRules } from '../dialects/dialect.ts';
import type { Kernel, KernelInput, KernelOutput, KernelRequest, Round, StateSize } from '../operator.ts';
import { forEachRun } from '../shared/merge-by-position.ts';
import { lookAtKinds, storedRows } from '../shared/state-contents.ts';
import { TimerSteps } from '../shared/timer-steps.ts';
import { NOTHING_TO_DELETE, UpsertTable } from '../shared/upsert-table.ts';
import type { TemporalJoinBound } from './definition.ts';
import { RetentionTimers } from './retention-state.ts';
import type { LeftRow } from './temporal-rows-state.ts';
import { TemporalRows } from './temporal-rows-state.ts';
import type { TableRow } from './versions.ts';

interface Cell extends TableRow {
  readonly key: number;
  dueMs: ProcessingTimeMs;
}

/** A row that arrives. */
interface Arrival {
  readonly batch: Batch;
  readonly row: number;
  readonly nowMs: ProcessingTimeMs;
  readonly watermark: WatermarkMs;
  readonly out: KernelOutput;
}

const CELL_BYTES = 64;

/** The row of the table that is there. Flink: `TemporalProcessTimeJoinOperator`; Kafka: `KStreamKTableJoinProcessor`. */
export class ArrivalJoin implements Kernel {
  private readonly rows: TemporalRows;
  private readonly rules: TemporalJoinRules;
  private readonly leftTable: UpsertTable | null;
  /** By key, in order of the keys' first arrival. */
  private readonly cells = new Map<number, Cell>();
  private readonly retention: RetentionTimers<Cell>;
  private readonly steps: TimerSteps;
  private out: KernelOutput | null = null;

  constructor(request: KernelRequest<TemporalJoinBound>) {
    const { leftTableKey, retention } = request.bound;
    this.rows = new TemporalRows(request);
    this.rules = request.dialect.joins.temporal;
    this.leftTable = leftTableKey === null ? null : new UpsertTable(request.inputs[0]!.schema, leftTableKey, 'own');
    this.retention = new RetentionTimers(retention);
    this.steps = new TimerSteps(this, true);
  }

  run(round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    this.out = out;
    this.steps.begin(round, clock);
    forEachRun(inputs, ({ input, batch, from, to }) => {
      const isLeft = inputs[input]!.port === 'left';
      for (let i = from; i < to; i++) {
        const row = rowAt(batch, i);
        const nowMs = this.steps.arrive(batch.seq[row]!);
        const arrival = { batch, row, nowMs, watermark: watermarkBefore(clock, batch.seq[row]!), out };
        if (isLeft) this.takeLeft(arrival);
        else this.takeRight(arrival);
      }
    });
    this.steps.finish();
    this.rows.flush(out);
    this.out = null;
    const left = inputs.find(({ port }) => port === 'left');
    return this.rules.arrivalShowsLeft && left !== undefined ? left.curve : clock;
  }

  get firstTimerMs(): ProcessingTimeMs {
    return this.retention.firstMs;
  }

  fire(nowMs: ProcessingTimeMs): void {
    for (const cell of this.retention.takeDue(nowMs)) this.forget(cell, this.out!);
  }

  private forget(cell: Cell, out: KernelOutput): void {
    this.retention.end(cell);
    this.cells.delete(cell.key);
    this.rows.drop(cell, out);
    this.rows.keys.release(cell.key);
  }

  private takeLeft(arrival: Arrival): void {
    const { batch, row, watermark, out } = arrival;
    const { rows, leftTable } = this;
    const { nullKeys } = this.rules;
    const isSkipped = nullKeys === 'drop' || (nullKeys === 'pad' && rows.bound.kind === 'inner');
    if (isSkipped && rows.lacksKey(0, batch, row)) {
      rows.refused.drop({ side: 0, batch, row }, 'null-key', watermark, out);
      return;
    }
    if (leftTable === null) {
      this.joinLeft(arrival, true, arrival);
      return;
    }
    // Refused before it takes the place of another.
    if (kindAt(batch, row) !== DELETE && !this.isUsable(arrival)) return;
    let isKnown = true;
    const changes = leftTable.spelledOut(withSelection(batch, Int32Array.of(row)), () => (isKnown = false));
    if (!isKnown) rows.refused.reject({ side: 0, batch, row }, NOTHING_TO_DELETE, out);
    if (changes === null) return;
    for (let i = 0; i < changes.length; i++) {
      this.joinLeft({ ...arrival, batch: changes, row: i }, kindAt(changes, i) !== UPDATE_BEFORE, arrival);
    }
  }

  private isUsable({ batch, row, out }: Arrival): boolean {
    const left = this.rows.keep(batch, row, true);
    const cell = this.find(0, batch, row);
    const holds = cell === undefined || this.rows.condition(left, cell);
    this.rows.left.release(left.handle);
    if (typeof holds === 'boolean') return true;
    this.rows.refused.reject({ side: 0, batch, row }, holds, out);
    return false;
  }

  /** `cause` is the row as it came, whose failure is told. */
  private joinLeft({ batch, row, nowMs, out }: Arrival, isOwn: boolean, cause: Arrival): void {
    const left = this.rows.keep(batch, row, isOwn);
    const cell = this.find(0, batch, row);
    const holds = cell === undefined ? false : this.rows.condition(left, cell);
    if (typeof holds === 'boolean') {
      this.give(left, holds ? cell! : null, out);
      if (cell !== undefined) this.retention.touch(cell, nowMs);
    } else if (isOwn) this.rows.refused.reject({ side: 0, batch: cause.batch, row: cause.row }, holds, out);
    this.rows.left.release(left.handle);
  }

  private give(left: LeftRow, cell: Cell | null, out: KernelOutput): void {
    const isUsed = this.rows.give(left, cell, left, out);
    if (left.isOwn) this.rows.end(isUsed, out);
  }

  private takeRight({ batch, row, nowMs, watermark, out }: Arrival): void {
    const { rows } = this;
    if (rows.lacksKey(1, batch, row)) {
      if (this.rules.dropsNullTableKeys) rows.refused.drop({ side: 1, batch, row }, 'null-key', watermark, out);
      else out.fates.unmatched++;
      return;
    }
    const kind = kindAt(batch, row);
    const before = this.find(1, batch, row);
    if (kind === DELETE || kind === UPDATE_BEFORE) {
      if (before === undefined) rows.refused.reject({ side: 1, batch, row }, NOTHING_TO_DELETE, out);
      else {
        rows.end(before.isUsed, out);
        this.forget(before, out);
      }
      return;
    }
    const key = before?.key ?? rows.keys.idOf(rows.keyColumns(1, batch), row);
    const cell: Cell = { key, handle: rows.right.put(batch.columns, row), isUsed: false, dueMs: Number.NaN };
    if (before === undefined) rows.keys.hold(key);
    else {
      this.retention.set(cell, before.dueMs);
      this.retention.end(before);
      rows.drop(before, out);
    }
    this.cells.set(key, cell);
    out.fates.held++;
    this.retention.touch(cell, nowMs);
  }

  private find(side: 0 | 1, batch: Batch, row: number): Cell | undefined {
    if (this.rows.lacksKey(side, batch, row)) return undefined;
    const { keys } = this.rows;
    const key = keys.idOf(this.rows.keyColumns(side, batch), row);
    keys.hold(key);
    const cell = this.cells.get(key);
    keys.release(key);
    return cell;
  }

  mostOutputs(_rows: number): number {
    return this.leftTable === null ? 1 : 2;
  }

  look(most: number): StateLook {
    const head = { what: 'right rows', order: 'of the keys that came first', count: this.cells.size };
    const right = storedRows(head, this.rows.right, this.cells.values(), most);
    return lookAtKinds(right, this.leftTable?.look('rows of the left input', most) ?? null);
  }

  stateSize(): StateSize {
    const { keys, right } = this.rows;
    return {
      rows: this.cells.size + (this.leftTable?.size ?? 0),
      bytes: right.bytes + this.cells.size * CELL_BYTES + keys.textBytes + (this.leftTable?.bytes ?? 0),
    };
  }

  pendingClockMs(): ProcessingTimeMs {
    return this.retention.lastMs;
  }

  snapshot(writer: StateWriter): void {
    this.leftTable?.snapshot(writer);
    writer.u32(this.cells.size);
    for (const { key, handle, isUsed, dueMs } of this.cells.values()) {
      this.rows.keys.write(writer, key);
      this.rows.right.write(writer, handle);
      writer.u8(isUsed ? 1 : 0);
      writer.f64(dueMs);
    }
  }

  restore(reader: StateReader): void {
    this.leftTable?.restore(reader);
    const count = reader.u32();
    for (let i = 0; i < count; i++) {
      const key = this.rows.keys.read(reader);
      this.rows.keys.hold(key);
      const handle = this.rows.right.read(reader);
      const cell: Cell = { key, handle, isUsed: reader.u8() === 1, dueMs: Number.NaN };
      this.cells.set(key, cell);
      this.retention.set(cell, reader.f64());
    }
  }
}
