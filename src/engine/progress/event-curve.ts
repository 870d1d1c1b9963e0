import type { WatermarkTrack } from '../../operators/shared/watermark-generator.ts';
import type { Buffers } from '../../stream/buffers.ts';
import type { Curve } from '../../stream/curve.ts';
import type { WatermarkMs } from '../../stream/time.ts';
import type { CurveStart } from './curve-builder.ts';
import { CurveBuilder } from './curve-builder.ts';

/**
 * The curve of a source whose rows alone moved its watermark. Its values are written when somebody reads them: filters, maps
 * and sinks go by no watermark, and of its last one alone the engine keeps account.
 */
export class EventCurve implements Curve {
  readonly firstSeq: number;
  readonly before: WatermarkMs;
  readonly idleBefore = false;
  readonly idle = null;
  private readonly start: CurveStart;
  private readonly track: WatermarkTrack;
  private readonly buffers: Buffers;
  private written: Float64Array | null = null;

  /** `start` is of a source that is not idle. */
  constructor(start: CurveStart, track: WatermarkTrack, buffers: Buffers) {
    this.firstSeq = start.firstSeq;
    this.before = start.before;
    this.start = start;
    this.track = track;
    this.buffers = buffers;
  }

  get last(): WatermarkMs {
    return this.track.last;
  }

  get watermarks(): Float64Array {
    return (this.written ??= this.write());
  }

  private write(): Float64Array {
    const builder = new CurveBuilder(this.start, this.buffers);
    this.track.tell(builder);
    return builder.finish().watermarks;
  }
}
