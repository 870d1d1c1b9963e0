import type { Batch } from '../../stream/batch.ts';
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
import type { Pair } from '../shared/joins/joined-rows.ts';
import { JoinedRows } from '../shared/joins/joined-rows.ts';
import { LateRows } from '../shared/joins/late-rows.ts';
import { RefusedRows } from '../shared/joins/refused-rows.ts';
import { forEachRun } from '../shared/merge-by-position.ts';
import { ResultBuilder } from '../shared/result-builder.ts';
import { KeyTable } from '../shared/state/key-table.ts';
import type { IntervalJoinBound } from './definition.ts';
import { JoinBuffer } from './join-buffer.ts';

const LEFT = 0;

interface Side {
  readonly keyColumns: readonly number[];
  readonly buffer: JoinBuffer;
}

/** One row that arrives, with all that its handling needs. */
interface Arrival {
  readonly side: 0 | 1;
  readonly batch: Batch;
  readonly row: number;
  readonly timeMs: EventTimeMs;
  readonly watermark: WatermarkMs;
}

/**
 * The DataStream API's interval join, `IntervalJoinOperator`. Rows are joined on arrival with what the other side holds, then
 * kept until the watermark says that no partner can come. What a key has to forget it forgets when it is touched, and at
 * the latest at the end of the round.
 */
export class BufferedJoin implements Kernel {
  private readonly bound: IntervalJoinBound;
  private readonly rules: IntervalJoinRules;
  private readonly sides: readonly [Side, Side];
  private readonly keys: KeyTable;
  private readonly results: ResultBuilder;
  private readonly joined: JoinedRows;
  private readonly late: LateRows;
  private readonly refused: RefusedRows;
  private watermark: WatermarkMs = NO_WATERMARK;

  constructor({ bound, inputs, outputs, dialect, connected }: KernelRequest<IntervalJoinBound>) {
    this.bound = bound;
    this.rules = dialect.joins.interval;
    this.keys = new KeyTable(bound.leftKey.fields);
    const { rules } = this;
    const [left, right] = [inputs[0]!.schema, inputs[1]!.schema];
    const leftBuffer = new JoinBuffer(left, this.keys, (timeMs) => rules.leftExpiresAt(timeMs, bound.upperMs));
    const rightBuffer = new JoinBuffer(right, this.keys, (timeMs) => rules.rightExpiresAt(timeMs, bound.lowerMs));
    this.sides = [
      { keyColumns: bound.leftKey.columns, buffer: leftBuffer },
      { keyColumns: bound.rightKey.columns, buffer: rightBuffer },
    ];
    this.results = new ResultBuilder(outputs.out!.schema);
    this.joined = new JoinedRows(bound, { left, right }, [leftBuffer.store, rightBuffer.store]);
    this.late = new LateRows(inputs, outputs, connected);
    this.refused = new RefusedRows(inputs, outputs, connected);
  }

  run(_round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    forEachRun(inputs, ({ input, batch, from, to }) => {
      const side = inputs[input]!.port === 'left' ? 0 : 1;
      for (let i = from; i < to; i++) {
        const row = rowAt(batch, i);
        const watermark = watermarkBefore(clock, batch.seq[row]!);
        this.take({ side, batch, row, timeMs: batch.ts[row]!, watermark }, out);
      }
    });
    this.flush(out);
    this.late.flush(out);
    this.refused.flush(out);
    this.watermark = lastWatermark(clock);
    for (const { buffer } of this.sides) buffer.expireAll(this.watermark, out.fates);
    return clock;
  }

  private take(arrival: Arrival, out: KernelOutput): void {
    const { side, batch, row, timeMs, watermark } = arrival;
    const columns = this.sides[side].keyColumns.map((index) => batch.columns[index]!);
    if (timeMs !== timeMs) this.refused.drop(arrival, 'no-time', watermark, out);
    else if (this.rules.isLate(timeMs, watermark)) {
      // The interval of a row counts as a window of its own.
      out.fates.lateWindows++;
      this.late.late(arrival, watermark, [], out);
    } else if (columns.some((column) => isNull(column.nulls, row))) out.fates.unmatched++;
    else this.join(arrival, columns, out);
  }

  private join(arrival: Arrival, keyColumns: readonly Column[], out: KernelOutput): void {
    const { side, batch, row, timeMs, watermark } = arrival;
    const own = this.sides[side].buffer;
    const other = this.sides[side === LEFT ? 1 : 0].buffer;
    const key = this.keys.idOf(keyColumns, row);
    this.keys.hold(key);
    other.expireKey(key, watermark, out.fates);
    const { lowerMs, upperMs } = this.bound;
    const fromMs = side === LEFT ? timeMs + lowerMs : timeMs - upperMs;
    const toMs = side === LEFT ? timeMs + upperMs : timeMs - lowerMs;
    const handle = own.store.put(batch.columns, row);
    const matched = this.matchedBy(arrival, handle, () => other.between(key, fromMs, toMs));
    if (typeof matched === 'string') {
      own.store.release(handle);
      this.refused.reject(arrival, matched, out);
    } else {
      own.keep(key, { handle, timeMs, watermark });
      out.fates.held++;
      other.forEachBetween(key, fromMs, toMs, (match, matchTimeMs) => {
        if (matched !== null && !matched.has(match)) return;
        own.markMatched(handle);
        other.markMatched(match);
        this.emit([handle, match], arrival, matchTimeMs);
        if (this.results.length === CHUNK_ROWS) this.flush(out);
      });
      own.expireKey(key, watermark, out.fates);
    }
    this.keys.release(key);
  }

  /** Which of the candidates the further condition holds for, or what it fails with; null where there is none. */
  private matchedBy(
    { side }: Arrival,
    handle: number,
    candidates: () => readonly number[],
  ): ReadonlySet<number> | string | null {
    if (this.bound.residual === null) return null;
    const others = candidates();
    const pairs = others.map((other): Pair => (side === LEFT ? [handle, other] : [other, handle]));
    const matches = this.joined.matches(pairs);
    return matches.ok ? new Set(others.filter((_, i) => matches.matched[i]!)) : matches.message;
  }

  private emit([own, match]: readonly [own: number, match: number], arrival: Arrival, matchTimeMs: EventTimeMs): void {
    const { side, batch, row, timeMs } = arrival;
    const phase = phaseAt(batch, row) === 0 ? 0 : 1;
    if (side === LEFT) {
      this.joined.appendTo(this.results.columns, own, match);
      this.results.place(batch.seq[row]!, phase, this.rules.resultTimeMs(timeMs, matchTimeMs));
    } else {
      this.joined.appendTo(this.results.columns, match, own);
      this.results.place(batch.seq[row]!, phase, this.rules.resultTimeMs(matchTimeMs, timeMs));
    }
  }

  private flush(out: KernelOutput): void {
    const results = this.results.take(null);
    if (results !== null) out.emit('out', results);
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
