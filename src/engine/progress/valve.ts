import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { WatermarkMs } from '../../stream/time.ts';
import { NO_WATERMARK } from '../../stream/time.ts';
import type { Channel } from './channel.ts';
import { StepwiseMerge } from './merge.ts';

interface ValveChannel extends Channel {
  /** An input that comes back from idleness behind the output does not count until it has caught up. */
  aligned: boolean;
}

/**
 * The watermark of several edges into one input: the least over aligned, active edges. Flink: `StatusWatermarkValve`.
 *
 * A watermark from an idle edge is ignored. When the edge that held the output goes idle, the least of the others counts;
 * when it was the last active one, the greatest over all edges is sent before the output goes idle.
 */
export class Valve extends StepwiseMerge<ValveChannel> {
  constructor(count: number) {
    super(count, () => ({ watermark: NO_WATERMARK, idle: false, aligned: true }));
  }

  protected onWatermark(channel: ValveChannel, watermark: WatermarkMs): void {
    if (this.idle || channel.idle) return;
    channel.watermark = watermark;
    if (!channel.aligned && watermark >= this.watermark) channel.aligned = true;
    this.raiseToLeastAligned();
  }

  protected onStatus(channel: ValveChannel, idle: boolean): void {
    channel.idle = idle;
    if (idle) this.onIdle(channel);
    else {
      if (channel.watermark >= this.watermark) channel.aligned = true;
      this.idle = false;
    }
  }

  private onIdle(channel: ValveChannel): void {
    channel.aligned = false;
    const heldOutput = channel.watermark === this.watermark;
    if (this.channels.every((other) => other.idle)) {
      if (heldOutput) this.raiseTo(Math.max(...this.channels.map((other) => other.watermark)));
      this.idle = true;
    } else if (heldOutput) this.raiseToLeastAligned();
  }

  protected isPlain(): boolean {
    return !this.channels.some((channel) => channel.idle || !channel.aligned);
  }

  private raiseToLeastAligned(): void {
    let least = Infinity;
    let any = false;
    for (const channel of this.channels) {
      if (!channel.aligned) continue;
      any = true;
      if (channel.watermark < least) least = channel.watermark;
    }
    if (any) this.raiseTo(least);
  }

  private raiseTo(watermark: WatermarkMs): void {
    if (watermark > this.watermark) this.watermark = watermark;
  }

  override snapshot(writer: StateWriter): void {
    super.snapshot(writer);
    for (const channel of this.channels) writer.u8(channel.aligned ? 1 : 0);
  }

  override restore(reader: StateReader): void {
    super.restore(reader);
    for (const channel of this.channels) channel.aligned = reader.u8() === 1;
  }
}
