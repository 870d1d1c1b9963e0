import type { Curve } from '../../stream/curve.ts';
import type { WatermarkMs } from '../../stream/time.ts';

/** First of the round's entries in [from, to) after which the watermark is at least `watermark`, or -1. */
export function firstStepAtLeast(curve: Curve, watermark: WatermarkMs, from: number, to: number): number {
  const { watermarks } = curve;
  if (from >= to || !(watermarks[to - 1]! >= watermark)) return -1;
  let low = from;
  let high = to - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (watermarks[middle]! >= watermark) high = middle;
    else low = middle + 1;
  }
  return low;
}
