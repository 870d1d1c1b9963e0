import type { WatermarkMs } from '../../stream/time.ts';
import { NO_WATERMARK } from '../../stream/time.ts';
import type { Channel } from './channel.ts';
import { leastOfActive } from './channel.ts';
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
    const least = leastOfActive(this.channels);
    this.idle = least === null;
    if (least !== null && least > this.watermark) this.watermark = least;
  }
}
