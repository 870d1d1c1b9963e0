import type { TimeRules } from '../../operators/dialects/dialect.ts';
import { EmitTimer } from '../../operators/shared/emit-timer.ts';
import { WatermarkGenerator } from '../../operators/shared/watermark-generator.ts';
import { LastWatermark } from '../../operators/shared/watermark-output.ts';
import type { SourceTimes } from '../../sources/source-times.ts';
import type { Curve } from '../../stream/curve.ts';
import { ENTRY_CLOCK, ENTRY_END, ENTRY_ROW, ENTRY_STATUS, ENTRY_WATERMARK } from '../../stream/log-slice.ts';
import type { LogSlice } from '../../stream/log-slice.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import { END_OF_TIME } from '../../stream/time.ts';
import { CurveBuilder } from './curve-builder.ts';
import { WatermarkOutputMultiplexer } from './watermark-multiplexer.ts';

/** The rows of one source in a slice, as far as they move its watermark. */
export interface SourceRows {
  /** Event time of each row, in order. */
  readonly times: Float64Array;
  /** The watermark that each row states, NaN for none; null where no row can. */
  readonly stated: Float64Array | null;
  /** 1 for a row that the early guard keeps out; null where it keeps out none. */
  readonly early: Uint8Array | null;
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

  constructor(times: SourceTimes, rules: TimeRules, flushAtEnd: boolean) {
    this.times = times;
    this.rules = rules;
    this.flushAtEnd = flushAtEnd;
    this.timer = new EmitTimer(times.watermark, rules);
    const declared = rules.partitionWatermarks ? times.partitions : 1;
    if (declared > 1) for (let number = 0; number < declared; number++) this.partition(number);
  }

  /** The source's curve over a slice; `source` is its index in the log, `rows` null where the slice has none of it. */
  run(slice: LogSlice, source: number, rows: SourceRows | null): Curve {
    this.timer.begin(slice.at[0]!);
    const { output } = this;
    const builder = new CurveBuilder(slice.firstSeq, slice.length, output.watermark, output.idle);
    const only = this.onlyGenerator(slice);
    if (only !== null && rows?.times.length === slice.length && rows.early === null && only.takesEventsAtOnce) {
      builder.setAll(only.onEvents(rows.times, output.watermark));
    } else this.walk(slice, source, { rows, builder });
    return builder.finish();
  }

  /** The generator of a source with one partition that is not idle; null for others. */
  private onlyGenerator(slice: LogSlice): WatermarkGenerator | null {
    if (this.output.idle || this.partitions.size > 1) return null;
    return slice.partition === null || !this.rules.partitionWatermarks ? (this.partitions.get(0) ?? null) : null;
  }

  private walk(
    slice: LogSlice,
    source: number,
    { rows, builder }: { readonly rows: SourceRows | null; readonly builder: CurveBuilder },
  ): void {
    const { output } = this;
    let row = 0;
    for (let i = 0; i < slice.length; i++) {
      const kind = slice.kinds[i]!;
      if (slice.source[i] === source) {
        const generator = this.partition(slice.partition === null ? 0 : slice.partition[i]!);
        if (kind === ENTRY_ROW) {
          const { times, stated, early } = rows!;
          if (early === null || early[row] === 0) {
            generator.onEvent(times[row]!, stated === null ? Number.NaN : stated[row]!);
            this.wakeWithRow();
          }
          row++;
        } else this.onEntry(generator, kind, slice.payload[i]!);
      } else if (kind === ENTRY_CLOCK) this.onClock(slice.at[i]!);
      builder.set(i, output.watermark, output.idle);
    }
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
