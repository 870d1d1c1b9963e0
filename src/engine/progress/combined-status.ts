import type { WatermarkMs } from '../../stream/time.ts';
import { NO_WATERMARK } from '../../stream/time.ts';
import type { Channel } from './merge.ts';
import { StepwiseMerge } from './merge.ts';

/**
 * The watermark of an operator with two inputs: the least over the inputs that are not idle, never going back. While all
 * are idle it stays and the output is idle. Flink: `CombinedWatermarkStatus`, `AbstractStreamOperator.processWatermark1/2`.
 */
export class CombinedStatus extends StepwiseMerge<Channel> {
  constructor(count: number) {
    super(count, () => ({ watermark: NO_WATERMARK, idle: false }));
  }

  protected onWatermark(channel: Channel, watermark: WatermarkMs): void {
    channel.watermark = watermark;
    this.update();
  }

  protected onStatus(channel: Channel, idle: boolean): void {
    channel.idle = idle;
    this.update();
  }

  protected isPlain(): boolean {
    return !this.channels.some((channel) => channel.idle);
  }

  private update(): void {
    let least = Infinity;
    let allIdle = true;
    for (const channel of this.channels) {
      if (channel.idle) continue;
      allIdle = false;
      if (channel.watermark < least) least = channel.watermark;
    }
    this.idle = allIdle;
    if (!allIdle && least > this.watermark) this.watermark = least;
  }
}
