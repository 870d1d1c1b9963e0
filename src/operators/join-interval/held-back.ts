import type { Curve } from '../../stream/curve.ts';

/** The curve with every watermark earlier by `byMs`. Flink: `KeyedCoProcessOperatorWithWatermarkDelay`. */
export function heldBack(curve: Curve, byMs: number): Curve {
  if (byMs === 0) return curve;
  return { ...curve, before: curve.before - byMs, watermarks: curve.watermarks.map((watermark) => watermark - byMs) };
}
