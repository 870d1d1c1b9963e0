import type { TimeRules } from '../../operators/dialects/dialect.ts';
import { WatermarkGenerator } from '../../operators/shared/watermark-generator.ts';
import type { Curve } from '../../stream/curve.ts';
import { ENTRY_CLOCK, ENTRY_END, ENTRY_ROW, ENTRY_STATUS, ENTRY_WATERMARK } from '../../stream/log-slice.ts';
import type { LogSlice } from '../../stream/log-slice.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { WatermarkMs } from '../../stream/time.ts';
import { END_OF_TIME, NO_WATERMARK } from '../../stream/time.ts';
import type { WatermarkConfig } from '../../stream/watermark-config.ts';
import { CurveBuilder } from './curve-builder.ts';

/** What a walk over a slice needs. `times` are null where the slice holds no row of the source. */
interface Stretch {
  readonly slice: LogSlice;
  readonly source: number;
  readonly times: Float64Array | null;
  readonly builder: CurveBuilder;
}

/**
 * The watermark of a source as its events, the clock and its end move it. With partitions each has a generator of its
 * own and the source's watermark is the least over those that are not idle, never going back (Flink:
 * `WatermarkOutputMultiplexer`). A partition counts from its first entry on.
 */
export class SourceProgress {
  private readonly partitions = new Map<number, WatermarkGenerator>();
  private watermark: WatermarkMs = NO_WATERMARK;
  private idle = false;
  private readonly config: WatermarkConfig;
  private readonly rules: TimeRules;
  private readonly flushAtEnd: boolean;

  constructor(config: WatermarkConfig, rules: TimeRules, flushAtEnd: boolean) {
    this.config = config;
    this.rules = rules;
    this.flushAtEnd = flushAtEnd;
  }

  /** The source's curve over a slice; `source` is its index in the log. */
  run(slice: LogSlice, source: number): Curve {
    const builder = new CurveBuilder(slice.firstSeq, slice.length, this.watermark, this.idle);
    const times = slice.rows[source]?.ts ?? null;
    const only = slice.partition === null && this.partitions.size < 2 ? (this.partitions.get(0) ?? null) : null;
    if (only !== null) this.runOnly(only, { slice, source, times, builder });
    else this.runPartitions({ slice, source, times, builder });
    return builder.finish();
  }

  /** A source with one partition: its generator's watermark is the source's. */
  private runOnly(generator: WatermarkGenerator, { slice, source, times, builder }: Stretch): void {
    if (times !== null && times.length === slice.length && !generator.idle) {
      builder.setAll(generator.onEvents(times));
      this.watermark = generator.watermark;
      return;
    }
    let row = 0;
    for (let i = 0; i < slice.length; i++) {
      const kind = slice.kinds[i]!;
      if (slice.source[i] !== source) {
        if (kind === ENTRY_CLOCK) generator.onClock(slice.at[i]!);
      } else if (kind === ENTRY_ROW) generator.onEvent(times![row++]!);
      else this.onEntry(generator, kind, slice.payload[i]!);
      builder.set(i, generator.watermark, generator.idle);
    }
    this.watermark = generator.watermark;
    this.idle = generator.idle;
  }

  private runPartitions({ slice, source, times, builder }: Stretch): void {
    let row = 0;
    for (let i = 0; i < slice.length; i++) {
      const kind = slice.kinds[i]!;
      if (slice.source[i] === source) {
        const generator = this.partition(slice.partition === null ? 0 : slice.partition[i]!);
        if (kind === ENTRY_ROW) generator.onEvent(times![row++]!);
        else this.onEntry(generator, kind, slice.payload[i]!);
        this.update();
      } else if (kind === ENTRY_CLOCK) {
        for (const generator of this.partitions.values()) generator.onClock(slice.at[i]!);
        this.update();
      }
      builder.set(i, this.watermark, this.idle);
    }
  }

  private onEntry(generator: WatermarkGenerator, kind: number, payload: number): void {
    if (kind === ENTRY_WATERMARK) generator.advanceTo(payload);
    else if (kind === ENTRY_STATUS) generator.setIdle(payload === 1);
    else if (kind === ENTRY_END && this.flushAtEnd) {
      for (const partition of this.partitions.values()) partition.advanceTo(END_OF_TIME);
    }
  }

  private partition(number: number): WatermarkGenerator {
    let generator = this.partitions.get(number);
    if (generator === undefined) {
      generator = new WatermarkGenerator(this.config, this.rules);
      this.partitions.set(number, generator);
    }
    return generator;
  }

  private update(): void {
    let least = Infinity;
    let allIdle = this.partitions.size > 0;
    for (const generator of this.partitions.values()) {
      if (generator.idle) continue;
      allIdle = false;
      if (generator.watermark < least) least = generator.watermark;
    }
    this.idle = allIdle;
    if (this.partitions.size > 0 && !allIdle && least > this.watermark) this.watermark = least;
  }

  snapshot(writer: StateWriter): void {
    writer.f64(this.watermark);
    writer.u8(this.idle ? 1 : 0);
    writer.u32(this.partitions.size);
    for (const [number, generator] of [...this.partitions].sort(([a], [b]) => a - b)) {
      writer.u32(number);
      generator.snapshot(writer);
    }
  }

  restore(reader: StateReader): void {
    this.watermark = reader.f64();
    this.idle = reader.u8() === 1;
    this.partitions.clear();
    const count = reader.u32();
    for (let i = 0; i < count; i++) this.partition(reader.u32()).restore(reader);
  }
}
