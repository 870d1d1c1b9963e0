import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { WatermarkMs } from '../../stream/time.ts';
import { NO_WATERMARK } from '../../stream/time.ts';

/** Where a generator of watermarks says what it has to say. Flink: `WatermarkOutput`. */
export interface WatermarkOutput {
  emitWatermark(watermark: WatermarkMs): void;
  markIdle(): void;
  markActive(): void;
}

/**
 * What was said last. A watermark that does not move is not heard, one that does ends idleness. Flink:
 * `TimestampsAndWatermarksOperator.WatermarkEmitter`, `WatermarkToDataOutput`.
 */
export class LastWatermark implements WatermarkOutput {
  watermark: WatermarkMs = NO_WATERMARK;
  idle = false;

  emitWatermark(watermark: WatermarkMs): void {
    if (watermark <= this.watermark) return;
    this.watermark = watermark;
    this.idle = false;
  }

  markIdle(): void {
    this.idle = true;
  }

  markActive(): void {
    this.idle = false;
  }

  snapshot(writer: StateWriter): void {
    writer.f64(this.watermark);
    writer.u8(this.idle ? 1 : 0);
  }

  restore(reader: StateReader): void {
    this.watermark = reader.f64();
    this.idle = reader.u8() === 1;
  }
}
