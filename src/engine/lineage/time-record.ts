import type { Curve } from '../../stream/curve.ts';
import { NO_WATERMARK } from '../../stream/time.ts';

/** The curves of all nodes over a stretch of the log from its first entry on, so that a replay of fewer rows has the same. */
export class TimeRecord {
  private readonly watermarks: readonly Float64Array[];
  private readonly idle: readonly Uint8Array[];

  constructor(nodes: number, entries: number) {
    this.watermarks = Array.from({ length: nodes }, () => new Float64Array(entries));
    this.idle = Array.from({ length: nodes }, () => new Uint8Array(entries));
  }

  add(node: number, curve: Curve): void {
    this.watermarks[node]?.set(curve.watermarks, curve.firstSeq);
    if (curve.idle !== null) this.idle[node]?.set(curve.idle, curve.firstSeq);
  }

  /** The curve of a node over entries `firstSeq` .. `firstSeq + length - 1`. */
  curve(node: number, firstSeq: number, length: number): Curve {
    const watermarks = this.watermarks[node]?.subarray(firstSeq, firstSeq + length) ?? new Float64Array(length);
    const idle = this.idle[node]?.subarray(firstSeq, firstSeq + length) ?? null;
    return {
      firstSeq,
      before: firstSeq === 0 ? NO_WATERMARK : (this.watermarks[node]?.[firstSeq - 1] ?? NO_WATERMARK),
      idleBefore: firstSeq > 0 && this.idle[node]?.[firstSeq - 1] === 1,
      watermarks,
      idle: idle?.includes(1) === true ? idle : null,
    };
  }
}
