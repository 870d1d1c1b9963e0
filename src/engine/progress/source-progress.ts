import type { TimeRules } from '../../operators/dialects/dialect.ts';
import { EmitTimer } from '../../operators/shared/emit-timer.ts';
import type { TimedRows } from '../../operators/shared/watermark-generator.ts';
import { WatermarkGenerator } from '../../operators/shared/watermark-generator.ts';
import { LastWatermark } from '../../operators/shared/watermark-output.ts';
import type { SourceTimes } from '../../sources/source-times.ts';
import type { Buffers } from '../../stream/buffers.ts';
import { FRESH_BUFFERS } from '../../stream/buffers.ts';
import type { Curve } from '../../stream/curve.ts';
import { ENTRY_CLOCK, ENTRY_END, ENTRY_ROW, ENTRY_STATUS, ENTRY_WATERMARK } from '../../stream/log-slice.ts';
import type { LogSlice } from '../../stream/log-slice.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { WatermarkMs } from '../../stream/time.ts';
import { END_OF_TIME } from '../../stream/time.ts';
import { CurveBuilder } from './curve-builder.ts';
import { EventCurve } from './event-curve.ts';
import type { PartitionMove } from '../probe.ts';
import { PartitionWatch } from './partition-watch.ts';
import { WatermarkOutputMultiplexer } from './watermark-multiplexer.ts';

/** The rows of one source in a slice, as far as they move its watermark. */
export interface SourceRows {
  /** All rows, in order: event times and the numbers of the entries that they are. */
  readonly batch: TimedRows;
  /** The watermark that each row states, NaN for none; null where no row can. */
  readonly stated: Float64Array | null;
  /** 1 for a row that the early guard keeps out; null where it keeps out none. */
  readonly early: Uint8Array | null;
}

/** How far a partition has come, as its source has taken it into account. */
export interface PartitionMark {
  readonly partition: number;
  readonly watermark: WatermarkMs;
  readonly idle: boolean;
}

interface Stretch {
  readonly slice: LogSlice;
  readonly rows: SourceRows | null;
  readonly builder: CurveBuilder;
}

/**
 * The watermark of a source as its events, the clock and its end move it. Each partition has a generator of its own; the
 * source's watermark is that of `WatermarkOutputMultiplexer`. Partitions that the source declares count from the start,
 * others from their first entry on.
 */
export class SourceProgress {
  private readonly output = new LastWatermark();
  private readonly multiplexer = new WatermarkOutputMultiplexer(this.output);
  /** In order of registration, as the multiplexer has them. */
  private readonly partitions = new Map<number, WatermarkGenerator>();
  private readonly timer: EmitTimer;
  private readonly times: SourceTimes;
  private readonly rules: TimeRules;
  private readonly flushAtEnd: boolean;
  private readonly watch: PartitionWatch | null;

  /** `tell` hears of each partition that moves, where there are several. */
  constructor(
    times: SourceTimes,
    rules: TimeRules,
    flushAtEnd: boolean,
    tell: ((move: PartitionMove) => void) | null = null,
  ) {
    this.watch = tell === null ? null : new PartitionWatch(this.multiplexer, tell);
    this.times = times;
    this.rules = rules;
    this.flushAtEnd = flushAtEnd;
    this.timer = new EmitTimer(times.watermark, rules);
    const declared = rules.partitionWatermarks ? times.partitions : 1;
    if (declared > 1) for (let number = 0; number < declared; number++) this.partition(number);
  }

  /** The source's curve over a slice; `source` is its index in the log, `rows` null where the slice has none of it. */
  run(slice: LogSlice, source: number, rows: SourceRows | null, buffers: Buffers = FRESH_BUFFERS): Curve {
    this.timer.begin(slice.at[0]!);
    const { output } = this;
    const { firstSeq, length, kinds } = slice;
    const start = { firstSeq, length, before: output.watermark, idleBefore: output.idle };
    const atOnce = this.allAtOnce(slice, rows);
    if (atOnce !== null) {
      const { batch } = rows!;
      const events = { batch, from: 0, to: batch.length };
      return new EventCurve(start, atOnce.onEventsAtOnce(events, start.before), buffers);
    }
    const builder = new CurveBuilder(start, buffers);
    const stretch = { slice, rows, builder };
    let row = 0;
    for (let i = 0; i < length; i++) {
      const next = slice.onlyRows === true ? length : nextOther(kinds, i);
      if (next > i && rows !== null) row = this.onRows(stretch, row, firstSeq + next);
      if (next === length) break;
      i = next;
      if (slice.source[i] === source) {
        const generator = this.partition(slice.partition === null ? 0 : slice.partition[i]!);
        this.onEntry(generator, kinds[i]!, slice.payload[i]!);
      } else if (kinds[i] === ENTRY_CLOCK) this.onClock(slice.at[i]!);
      builder.set(i, output.watermark, output.idle);
      if (this.partitions.size > 1) this.watch?.lookAtAll(firstSeq + i, this.partitions.keys());
    }
    return builder.finish();
  }

  /** The source's rows from `from` on that are entries before `endSeq`: nothing but rows comes there. The row after them. */
  private onRows({ slice, rows, builder }: Stretch, from: number, endSeq: number): number {
    const { batch, stated, early } = rows!;
    const { ts: times, seq } = batch;
    const to = endSeq === slice.firstSeq + slice.length ? seq.length : firstAtLeast(seq, endSeq, from);
    if (from === to) return to;
    const only = this.onlyGenerator(slice, rows!);
    if (only?.takesEventsAtOnce === true) {
      only.onEvents({ batch, from, to }, this.output.watermark, builder);
      return to;
    }
    for (let row = from; row < to; row++) {
      const i = seq[row]! - slice.firstSeq;
      const number = slice.partition === null ? 0 : slice.partition[i]!;
      const generator = this.partition(number);
      if (early !== null && early[row] !== 0) continue;
      generator.onEvent(times[row]!, stated === null ? Number.NaN : stated[row]!);
      this.wakeWithRow();
      if (this.partitions.size > 1) this.watch?.lookAt(seq[row]!, number);
      builder.set(i, this.output.watermark, this.output.idle);
    }
    return to;
  }

  /** The generator that alone hears of a slice, where it says at once how far its watermark comes; null for others. */
  private allAtOnce(slice: LogSlice, rows: SourceRows | null): WatermarkGenerator | null {
    if (rows === null || rows.batch.length === 0) return null;
    if (slice.onlyRows !== true && nextOther(slice.kinds, 0) < slice.length) return null;
    const only = this.onlyGenerator(slice, rows);
    return only?.goesByGreatestTime === true ? only : null;
  }

  /** The generator of rows that are all of the one partition 0 and move its watermark by their times alone; null for others. */
  private onlyGenerator(slice: LogSlice, { early, stated }: SourceRows): WatermarkGenerator | null {
    if (early !== null || stated !== null || this.output.idle) return null;
    if (slice.partition !== null && this.rules.partitionWatermarks) return null;
    const only = this.partition(0);
    return this.partitions.size === 1 ? only : null;
  }

  /** The multiplexer itself is active again only when its watermark moves. */
  private wakeWithRow(): void {
    if (this.output.idle && this.rules.activeWith === 'row') this.output.markActive();
  }

  private onClock(nowMs: number): void {
    const call = this.timer.tick(nowMs);
    for (const generator of this.partitions.values()) generator.onClock(nowMs, call);
    this.multiplexer.onPeriodicEmit();
  }

  private onEntry(generator: WatermarkGenerator, kind: number, payload: number): void {
    if (kind === ENTRY_WATERMARK) {
      generator.advanceTo(payload);
      this.wakeWithRow();
    } else if (kind === ENTRY_STATUS) {
      generator.setIdle(payload === 1);
      if (payload === 0) this.output.markActive();
    } else if (kind === ENTRY_END && this.flushAtEnd) {
      for (const partition of this.partitions.values()) partition.advanceTo(END_OF_TIME);
    }
  }

  /** In the order in which partitions came to be known. */
  marks(): readonly PartitionMark[] {
    return this.multiplexer.marks().map(([partition, mark]) => ({ partition, ...mark }));
  }

  private partition(stated: number): WatermarkGenerator {
    const number = this.rules.partitionWatermarks ? stated : 0;
    let generator = this.partitions.get(number);
    if (generator === undefined) {
      const { multiplexer, rules } = this;
      multiplexer.register(number);
      const { watermark } = this.times;
      generator = new WatermarkGenerator(watermark, rules, multiplexer.immediate(number), multiplexer.deferred(number));
      this.partitions.set(number, generator);
    }
    return generator;
  }

  snapshot(writer: StateWriter): void {
    this.output.snapshot(writer);
    this.timer.snapshot(writer);
    writer.u32(this.partitions.size);
    for (const [number, generator] of this.partitions) {
      writer.u32(number);
      generator.snapshot(writer);
    }
    this.multiplexer.snapshot(writer);
  }

  restore(reader: StateReader): void {
    this.output.restore(reader);
    this.timer.restore(reader);
    const count = reader.u32();
    for (let i = 0; i < count; i++) this.partition(reader.u32()).restore(reader);
    this.multiplexer.restore(reader);
  }
}

/** First entry from `from` on that is not a row, of whichever source. */
function nextOther(kinds: Uint8Array, from: number): number {
  let i = from;
  while (i < kinds.length && kinds[i] === ENTRY_ROW) i++;
  return i;
}

/** First row from `from` on whose number is at least `value`. */
function firstAtLeast(seq: Float64Array, value: number, from: number): number {
  let low = from;
  let high = seq.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (seq[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
