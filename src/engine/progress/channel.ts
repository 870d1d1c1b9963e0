import type { WatermarkMs } from '../../stream/time.ts';

/** What one input or partition last said. */
export interface Channel {
  watermark: WatermarkMs;
  idle: boolean;
}

/** The least watermark of those that are not idle; null where all are. Flink: `CombinedWatermarkStatus`. */
export function leastOfActive(channels: readonly Channel[]): WatermarkMs | null {
  let least = Infinity;
  let allIdle = true;
  for (const channel of channels) {
    if (channel.idle) continue;
    allIdle = false;
    if (channel.watermark < least) least = channel.watermark;
  }
  return allIdle ? null : least;
}
