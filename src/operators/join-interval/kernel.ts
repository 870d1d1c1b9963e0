import type { Batch, StreamType } from '../../stream/batch.ts';
import { phaseAt, rowAt } from '../../stream/batch.ts';
import { isNull } from '../../stream/column.ts';
import type { Column } from '../../stream/column.ts';
import type { Curve } from '../../stream/curve.ts';
import { lastWatermark, watermarkBefore } from '../../stream/curve.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { EventTimeMs, WatermarkMs } from '../../stream/time.ts';
import { NO_WATERMARK } from '../../stream/time.ts';
import type { IntervalJoinRules } from '../dialects/dialect.ts';
import { CHUNK_ROWS } from '../operator.ts';
import type { Kernel, KernelInput, KernelOutput, KernelRequest, Round, StateSize } from '../operator.ts';
import { forEachRun } from '../shared/merge-by-position.ts';
import { ResultBuilder } from '../shared/result-builder.ts';
import { KeyTable } from '../shared/state/key-table.ts';
import type { IntervalJoinBound } from './definition.ts';
import { JoinBuffer } from './join-buffer.ts';

export function intervalJoinKernel(request: KernelRequest<IntervalJoinBound>): Kernel {
  return new IntervalJoinKernel(request);
}

const LEFT = 0;

interface Side {
  readonly type: StreamType;
  readonly keyColumns: readonly number[];
  readonly buffer: JoinBuffer;
}

/** One row that arrives, with all that its handling needs. */
interface Arrival {
  readonly side: number;
  readonly batch: Batch;
  readonly row: number;
  readonly timeMs: EventTimeMs;
  readonly watermark: WatermarkMs;
}

/**
 * Rows are joined on arrival with what the other side holds, then kept until the watermark says that no partner can
 * come. What a key has to forget it forgets when it is touched, and at the latest at the end of the round.
 */
class IntervalJoinKernel implements Kernel {
  private readonly bound: IntervalJoinBound;
  private readonly rules: IntervalJoinRules;
  private readonly sides: readonly [Side, Side];
  private readonly keys: KeyTable;
  private readonly results: ResultBuilder;
  private readonly late: ResultBuilder;
  private readonly emitsLate: boolean;
  private watermark: WatermarkMs = NO_WATERMARK;

  constructor({ bound, inputs, outputs, dialect, connected }: KernelRequest<IntervalJoinBound>) {
    this.bound = bound;
    this.rules = dialect.joins.interval;
    this.keys = new KeyTable(bound.leftKey.fields);
    const { rules } = this;
    const left = inputs[0]!;
    const right = inputs[1]!;
    const leftBuffer = new JoinBuffer(left.schema, this.keys, (timeMs) => rules.leftExpiresAt(timeMs, bound.upperMs));
    const rightBuffer = new JoinBuffer(right.schema, this.keys, (timeMs) =>
      rules.rightExpiresAt(timeMs, bound.lowerMs),
    );
    this.sides = [
      { type: left, keyColumns: bound.leftKey.columns, buffer: leftBuffer },
      { type: right, keyColumns: bound.rightKey.columns, buffer: rightBuffer },
    ];
    this.results = new ResultBuilder(outputs.out!.schema);
    this.late = new ResultBuilder(outputs.late!.schema);
    this.emitsLate = connected.has('late');
  }

  run(_round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    forEachRun(inputs, ({ input, batch, from, to }) => {
      const side = inputs[input]!.port === 'left' ? LEFT : 1;
      for (let i = from; i < to; i++) {
        const row = rowAt(batch, i);
        const watermark = watermarkBefore(clock, batch.seq[row]!);
        this.take({ side, batch, row, timeMs: batch.ts[row]!, watermark }, out);
      }
    });
    this.flush(out);
    this.watermark = lastWatermark(clock);
    for (const { buffer } of this.sides) buffer.expireAll(this.watermark, out.fates);
    return clock;
  }

  private take(arrival: Arrival, out: KernelOutput): void {
    const { side, batch, row, timeMs, watermark } = arrival;
    const { keyColumns, type } = this.sides[side]!;
    const columns = keyColumns.map((index) => batch.columns[index]!);
    if (timeMs !== timeMs) {
      out.fates.rejected++;
      out.dropped({ batch, row, type, reason: 'no-time', watermark, windows: [] });
    } else if (this.rules.isLate(timeMs, watermark)) {
      out.fates.late++;
      out.fates.lateWindows++;
      out.dropped({ batch, row, type, reason: 'late', watermark, windows: [] });
      if (this.emitsLate) this.emitLate(arrival, out);
    } else if (columns.some((column) => isNull(column.nulls, row))) out.fates.unmatched++;
    else this.join(arrival, columns, out);
  }

  private join(arrival: Arrival, keyColumns: readonly Column[], out: KernelOutput): void {
    const { side, batch, row, timeMs, watermark } = arrival;
    const own = this.sides[side]!.buffer;
    const other = this.sides[1 - side]!.buffer;
    const key = this.keys.idOf(keyColumns, row);
    this.keys.hold(key);
    other.expireKey(key, watermark, out.fates);
    const handle = own.put(key, { columns: batch.columns, index: row, timeMs, watermark });
    out.fates.held++;
    const { lowerMs, upperMs } = this.bound;
    const fromMs = side === LEFT ? timeMs + lowerMs : timeMs - upperMs;
    const toMs = side === LEFT ? timeMs + upperMs : timeMs - lowerMs;
    other.forEachBetween(key, fromMs, toMs, (match, matchTimeMs) => {
      own.markMatched(handle);
      other.markMatched(match);
      const [left, right] = side === LEFT ? [handle, match] : [match, handle];
      this.sides[0].buffer.appendTo(this.results.columns, 0, left);
      this.sides[1].buffer.appendTo(this.results.columns, this.sides[0].type.schema.fields.length, right);
      this.results.place(
        batch.seq[row]!,
        phaseAt(batch, row) === 0 ? 0 : 1,
        this.rules.resultTimeMs(side === LEFT ? timeMs : matchTimeMs, side === LEFT ? matchTimeMs : timeMs),
      );
      if (this.results.length === CHUNK_ROWS) this.flush(out);
    });
    own.expireKey(key, watermark, out.fates);
    this.keys.release(key);
  }

  private emitLate({ side, batch, row, timeMs }: Arrival, out: KernelOutput): void {
    const width = this.sides[0].type.schema.fields.length;
    this.late.columns.forEach((builder, i) => {
      const column = side === LEFT ? batch.columns[i] : batch.columns[i - width];
      if (i < width === (side === LEFT) && column !== undefined) builder.appendFrom(column, row);
      else builder.appendNull();
    });
    this.late.place(batch.seq[row]!, phaseAt(batch, row) === 0 ? 0 : 1, timeMs);
    if (this.late.length === CHUNK_ROWS) this.flush(out);
  }

  private flush(out: KernelOutput): void {
    const results = this.results.take(null);
    if (results !== null) out.emit('out', results);
    const late = this.late.take(null);
    if (late !== null) out.emit('late', late);
  }

  mostOutputs(rows: number): number {
    const [left, right] = this.sides;
    return Math.max(left.buffer.mostRowsInKey, right.buffer.mostRowsInKey) + rows;
  }

  stateSize(): StateSize {
    const [left, right] = this.sides;
    return {
      rows: left.buffer.rows + right.buffer.rows,
      bytes: left.buffer.bytes + right.buffer.bytes + this.keys.textBytes,
    };
  }

  snapshot(writer: StateWriter): void {
    writer.f64(this.watermark);
    for (const { buffer } of this.sides) buffer.snapshot(writer);
  }

  restore(reader: StateReader): void {
    this.watermark = reader.f64();
    for (const { buffer } of this.sides) buffer.restore(reader);
  }
}
