import type { WatermarkSteps } from '../../operators/shared/watermark-generator.ts';
import type { Buffers } from '../../stream/buffers.ts';
import type { Curve } from '../../stream/curve.ts';
import type { WatermarkMs } from '../../stream/time.ts';

/** Steps closer than this are filled by a loop: calling the platform costs more. */
const SHORT = 24;

/** Where a curve begins. */
export interface CurveStart {
  readonly firstSeq: number;
  readonly length: number;
  /** What holds until the first entry was taken. */
  readonly before: WatermarkMs;
  readonly idleBefore: boolean;
}

/** Writes a curve step by step, in order: what was said last holds up to the next step. */
export class CurveBuilder implements WatermarkSteps {
  private readonly start: CurveStart;
  private readonly watermarks: Float64Array;
  private readonly buffers: Buffers;
  private idle: Uint8Array | null = null;
  /** The first entry that was not written yet. */
  private next = 0;
  private watermark: WatermarkMs;
  private isIdle: boolean;

  constructor(start: CurveStart, buffers: Buffers) {
    this.start = start;
    this.buffers = buffers;
    this.watermarks = buffers.floats(start.length);
    this.watermark = start.before;
    this.isIdle = start.idleBefore;
  }

  /** From entry `seq` on the watermark is another one. */
  raise(seq: number, watermark: WatermarkMs): void {
    this.holdTo(seq - this.start.firstSeq);
    this.watermark = watermark;
  }

  /** From the entry with this index on. */
  set(index: number, watermark: WatermarkMs, isIdle: boolean): void {
    if (watermark === this.watermark && isIdle === this.isIdle) return;
    this.holdTo(index);
    this.watermark = watermark;
    this.isIdle = isIdle;
  }

  private holdTo(end: number): void {
    const { watermarks, watermark, next } = this;
    if (end - next > SHORT) watermarks.fill(watermark, next, end);
    else for (let i = next; i < end; i++) watermarks[i] = watermark;
    if (this.isIdle && end > next) this.idleArray().fill(1, next, end);
    this.next = end;
  }

  private idleArray(): Uint8Array {
    return (this.idle ??= this.buffers.bytes(this.start.length).fill(0));
  }

  finish(): Curve {
    const { firstSeq, length, before, idleBefore } = this.start;
    this.holdTo(length);
    return { firstSeq, before, idleBefore, watermarks: this.watermarks, idle: this.idle };
  }
}
