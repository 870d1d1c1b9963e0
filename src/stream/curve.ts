import type { WatermarkMs } from './time.ts';

/**
 * The watermark of an edge as a step function over one round of the log.
 *
 * `watermarks[i]` holds after entry `firstSeq + i`; `before` holds until the first entry was taken. Values never go
 * back. A row of entry s arrives before the watermark that s moves, so it is judged by `watermarkBefore(curve, s)`.
 * `idle` is null while the edge is active throughout. Curves are frozen and passed on by reference.
 */
export interface Curve {
  readonly firstSeq: number;
  readonly before: WatermarkMs;
  readonly idleBefore: boolean;
  readonly watermarks: Float64Array;
  /** The watermark at the end of the round, where that is known without `watermarks`. */
  readonly last?: WatermarkMs;
  readonly idle: Uint8Array | null;
}

/** The watermark that stands when a row of entry `seq` arrives. */
export function watermarkBefore(curve: Curve, seq: number): WatermarkMs {
  const i = seq - curve.firstSeq;
  return i === 0 ? curve.before : curve.watermarks[i - 1]!;
}

/** The watermark at the end of the round. */
export function lastWatermark(curve: Curve): WatermarkMs {
  const known = curve.last;
  if (known !== undefined) return known;
  const length = curve.watermarks.length;
  return length === 0 ? curve.before : curve.watermarks[length - 1]!;
}

/** Whether the edge is idle at the end of the round. */
export function lastIdle(curve: Curve): boolean {
  return curve.idle !== null && curve.idle[curve.idle.length - 1] === 1;
}
