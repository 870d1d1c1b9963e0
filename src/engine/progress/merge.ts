import type { Buffers } from '../../stream/buffers.ts';
import { FRESH_BUFFERS } from '../../stream/buffers.ts';
import type { Curve } from '../../stream/curve.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { WatermarkMs } from '../../stream/time.ts';
import { NO_WATERMARK } from '../../stream/time.ts';
import type { Channel } from './channel.ts';
import { CurveBuilder } from './curve-builder.ts';

/**
 * Merges the curves of several inputs into the one that an operator goes by. Keeps state from round to round, because
 * what an idle input missed counts when it is active again.
 */
export interface CurveMerge {
  merge(curves: readonly Curve[], buffers?: Buffers): Curve;
  snapshot(writer: StateWriter): void;
  restore(reader: StateReader): void;
}

/** What a merge says to those downstream. */
export type Progress = { readonly watermark: WatermarkMs } | { readonly idle: boolean };

/** The part that all merges share: walking the entries, and a shortcut while nothing is or was idle. */
export abstract class StepwiseMerge<C extends Channel> implements CurveMerge {
  protected readonly channels: readonly C[];
  protected watermark: WatermarkMs = NO_WATERMARK;
  protected idle = false;

  constructor(count: number, channel: () => C) {
    this.channels = Array.from({ length: count }, channel);
  }

  /** One input's watermark, where it moved, and status, where it changed, in the order in which they were sent. */
  protected abstract onWatermark(channel: C, watermark: WatermarkMs): void;
  protected abstract onStatus(channel: C, idle: boolean): void;
  /** Whether the output is simply the least watermark, as long as no input is idle. */
  protected abstract isPlain(): boolean;

  /** Input `index` states a watermark; one that is no higher than its last is nothing new. What the merge then says. */
  inputWatermark(index: number, watermark: WatermarkMs): readonly Progress[] {
    const channel = this.channels[index]!;
    return this.said(() => {
      if (watermark > channel.watermark) this.onWatermark(channel, watermark);
    });
  }

  /** Input `index` is idle or active. What the merge then says: active before the watermark that it leads to, idle after. */
  inputStatus(index: number, idle: boolean): readonly Progress[] {
    const channel = this.channels[index]!;
    return this.said(() => {
      if (idle !== channel.idle) this.onStatus(channel, idle);
    });
  }

  private said(step: () => void): readonly Progress[] {
    const { watermark, idle } = this;
    step();
    const moved = this.watermark > watermark ? [{ watermark: this.watermark }] : [];
    if (this.idle === idle) return moved;
    return this.idle ? [...moved, { idle: true }] : [{ idle: false }, ...moved];
  }

  merge(curves: readonly Curve[], buffers: Buffers = FRESH_BUFFERS): Curve {
    const first = curves[0]!;
    if (curves.length === 1 && this.isTransparent()) return this.pass(first);
    if (this.isPlain() && curves.every((curve) => curve.idle === null && !curve.idleBefore)) {
      return this.mergePlain(curves, buffers);
    }
    const { firstSeq, watermarks } = first;
    const start = { firstSeq, length: watermarks.length, before: this.watermark, idleBefore: this.idle };
    const builder = new CurveBuilder(start, buffers);
    for (let i = 0; i < watermarks.length; i++) {
      for (let c = 0; c < curves.length; c++) this.step(this.channels[c]!, curves[c]!, i);
      builder.set(i, this.watermark, this.idle);
    }
    return builder.finish();
  }

  private isTransparent(): boolean {
    return this.channels.length === 1;
  }

  private pass(curve: Curve): Curve {
    const last = curve.watermarks.length - 1;
    this.watermark = this.channels[0]!.watermark = curve.watermarks[last]!;
    this.idle = this.channels[0]!.idle = curve.idle !== null && curve.idle[last] === 1;
    return curve;
  }

  private mergePlain(curves: readonly Curve[], buffers: Buffers): Curve {
    const { firstSeq, watermarks: first } = curves[0]!;
    const { length } = first;
    const before = this.watermark;
    const idleBefore = this.idle;
    const watermarks = buffers.floats(length);
    watermarks.set(first);
    for (let c = 1; c < curves.length; c++) {
      const others = curves[c]!.watermarks;
      for (let i = 0; i < length; i++) if (others[i]! < watermarks[i]!) watermarks[i] = others[i]!;
    }
    for (let i = 0; i < length && !(watermarks[i]! >= before); i++) watermarks[i] = before;
    this.watermark = watermarks[length - 1]!;
    curves.forEach((curve, c) => (this.channels[c]!.watermark = curve.watermarks[length - 1]!));
    return { firstSeq, before, idleBefore, watermarks, idle: null };
  }

  private step(channel: C, curve: Curve, i: number): void {
    const watermark = curve.watermarks[i]!;
    const idle = curve.idle !== null && curve.idle[i] === 1;
    // An input says that it is active before the watermark that made it so, and that it is idle after its last one.
    if (channel.idle && !idle) this.onStatus(channel, false);
    if (watermark > channel.watermark) this.onWatermark(channel, watermark);
    if (!channel.idle && idle) this.onStatus(channel, true);
  }

  snapshot(writer: StateWriter): void {
    writer.f64(this.watermark);
    writer.u8(this.idle ? 1 : 0);
    for (const channel of this.channels) {
      writer.f64(channel.watermark);
      writer.u8(channel.idle ? 1 : 0);
    }
  }

  restore(reader: StateReader): void {
    this.watermark = reader.f64();
    this.idle = reader.u8() === 1;
    for (const channel of this.channels) {
      channel.watermark = reader.f64();
      channel.idle = reader.u8() === 1;
    }
  }
}
