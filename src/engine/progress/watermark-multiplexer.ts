import type { WatermarkOutput } from '../../operators/shared/watermark-output.ts';
import { assert, defined } from '../../stream/assert.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { WatermarkMs } from '../../stream/time.ts';
import { NO_WATERMARK } from '../../stream/time.ts';
import type { Channel } from './channel.ts';
import { leastOfActive } from './channel.ts';

/**
 * Merges the watermarks of the partitions of a source into the one of its output: the least over those that are not idle,
 * never going back. Flink: `WatermarkOutputMultiplexer`.
 *
 * What an immediate output says counts at once, what a deferred one says with the next `onPeriodicEmit`, or as soon as an
 * immediate one moves anything. A partition is active again with any watermark; the output only when its own moves.
 */
export class WatermarkOutputMultiplexer {
  private readonly partials = new Map<number, PartialWatermark>();
  private channels: readonly PartialWatermark[] = [];
  private combined: WatermarkMs = NO_WATERMARK;
  private readonly underlying: WatermarkOutput;

  constructor(underlying: WatermarkOutput) {
    this.underlying = underlying;
  }

  register(id: number): void {
    assert(!this.partials.has(id), () => `output ${id} is registered once`);
    this.partials.set(id, new PartialWatermark());
    this.channels = [...this.partials.values()];
  }

  /** What the output held back stays held back until another one speaks. False where there is no such output. */
  unregister(id: number): boolean {
    const isThere = this.partials.delete(id);
    this.channels = [...this.partials.values()];
    return isThere;
  }

  immediate(id: number): WatermarkOutput {
    const partial = this.partial(id);
    return {
      emitWatermark: (watermark) => {
        if (partial.setWatermark(watermark) && watermark > this.combined) this.update();
      },
      markIdle: () => {
        partial.idle = true;
        this.update();
      },
      markActive: () => {
        partial.idle = false;
        this.update();
      },
    };
  }

  deferred(id: number): WatermarkOutput {
    const partial = this.partial(id);
    return {
      emitWatermark: (watermark) => {
        partial.setWatermark(watermark);
      },
      markIdle: () => {
        partial.idle = true;
      },
      markActive: () => {
        partial.idle = false;
      },
    };
  }

  /** Lets what deferred outputs said count. */
  onPeriodicEmit(): void {
    this.update();
  }

  /** What each output said last, in order of registration. */
  marks(): readonly (readonly [number, Readonly<Channel>])[] {
    return [...this.partials].map(([id, { watermark, idle }]) => [id, { watermark, idle }]);
  }

  /** Where an output stands. */
  channel(id: number): Channel {
    return this.partial(id);
  }

  private partial(id: number): PartialWatermark {
    return defined(this.partials.get(id), 'a registered output');
  }

  private update(): void {
    if (this.channels.length === 0) return;
    const least = leastOfActive(this.channels);
    if (least === null) this.underlying.markIdle();
    else if (least > this.combined) {
      this.combined = least;
      this.underlying.emitWatermark(least);
    }
  }

  /** Of outputs that `restore` finds registered in the same order. */
  snapshot(writer: StateWriter): void {
    writer.f64(this.combined);
    for (const { watermark, idle } of this.channels) {
      writer.f64(watermark);
      writer.u8(idle ? 1 : 0);
    }
  }

  restore(reader: StateReader): void {
    this.combined = reader.f64();
    for (const channel of this.channels) {
      channel.watermark = reader.f64();
      channel.idle = reader.u8() === 1;
    }
  }
}

/** Flink: `CombinedWatermarkStatus.PartialWatermark`. */
class PartialWatermark implements Channel {
  watermark: WatermarkMs = NO_WATERMARK;
  idle = false;

  /** Whether the watermark moved. */
  setWatermark(watermark: WatermarkMs): boolean {
    this.idle = false;
    if (watermark <= this.watermark) return false;
    this.watermark = watermark;
    return true;
  }
}
