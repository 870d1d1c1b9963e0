import type { Curve } from '../../stream/curve.ts';
import type { WatermarkMs } from '../../stream/time.ts';

/** Writes a curve entry by entry, in order. */
export class CurveBuilder {
  private watermarks: Float64Array;
  private idle: Uint8Array | null = null;
  private readonly firstSeq: number;
  private readonly before: WatermarkMs;
  private readonly idleBefore: boolean;

  /** `before` and `idleBefore` hold until the first entry was taken. */
  constructor(firstSeq: number, length: number, before: WatermarkMs, idleBefore: boolean) {
    this.firstSeq = firstSeq;
    this.watermarks = new Float64Array(length);
    this.before = before;
    this.idleBefore = idleBefore;
  }

  set(index: number, watermark: WatermarkMs, idle: boolean): void {
    this.watermarks[index] = watermark;
    if (!idle) return;
    this.idle ??= new Uint8Array(this.watermarks.length);
    this.idle[index] = 1;
  }

  /** The watermarks after all entries, none of them idle. Takes the array over. */
  setAll(watermarks: Float64Array): void {
    this.watermarks = watermarks;
  }

  finish(): Curve {
    const { firstSeq, before, idleBefore, watermarks, idle } = this;
    return { firstSeq, before, idleBefore, watermarks, idle };
  }
}
