import type { Mutant } from '../mutant.ts';

const valve = 'src/engine/progress/valve.ts';
const combined = 'src/engine/progress/combined-status.ts';
const merge = 'src/engine/progress/merge.ts';
const source = 'src/engine/progress/source-progress.ts';
const generator = 'src/operators/shared/watermark-generator.ts';

/** Watermarks: generated, merged, and how they stand to rows. */
export const faultsOfTime: readonly Mutant[] = [
  {
    id: 'valve-takes-idle-watermark',
    file: valve,
    fault: 'A union takes the watermark of an input that is idle.',
    old: 'if (this.idle || channel.idle) return;',
    new: 'if (this.idle) return;',
  },
  {
    id: 'valve-always-aligned',
    file: valve,
    fault: 'An input that comes back behind the union counts at once.',
    old: 'if (channel.watermark >= this.watermark) channel.aligned = true;',
    new: 'channel.aligned = true;',
  },
  {
    id: 'valve-no-flush',
    file: valve,
    fault: 'When the last input of a union goes idle, the greatest watermark is not sent.',
    old: 'if (heldOutput) this.raiseTo(Math.max(...this.channels.map((other) => other.watermark)));',
    new: '',
  },
  {
    id: 'valve-forgets-alignment',
    file: valve,
    fault: 'A snapshot of a union lacks which inputs are aligned.',
    old: 'channel.aligned = reader.u8() === 1',
    new: 'channel.aligned = reader.u8() < 2',
  },
  {
    id: 'combined-holds-for-idle',
    file: combined,
    fault: 'An idle input holds back an operator with two inputs.',
    old: 'if (channel.idle) continue;',
    new: '',
  },
  {
    id: 'combined-goes-back',
    file: combined,
    fault: 'The watermark of two inputs follows the lesser one back.',
    old: 'if (!allIdle && least > this.watermark)',
    new: 'if (!allIdle)',
  },
  {
    id: 'merge-forgets-idle',
    file: merge,
    fault: 'A snapshot lacks that an input was idle.',
    old: 'channel.idle = reader.u8() === 1;',
    new: 'channel.idle = reader.u8() > 1;',
  },
  {
    id: 'merge-greatest',
    file: merge,
    fault: 'While nothing is idle, the greatest watermark counts instead of the least.',
    old: 'let least = Infinity;\n      for (const curve of curves) if (curve.watermarks[i]! < least) least = curve.watermarks[i]!;',
    new: 'let least = -Infinity;\n      for (const curve of curves) if (curve.watermarks[i]! > least) least = curve.watermarks[i]!;',
  },
  {
    id: 'merge-status-after-watermark',
    file: merge,
    fault: 'An input says that it is active after the watermark that made it so.',
    old: 'if (channel.idle && !idle) this.onStatus(channel, false);\n    if (watermark > channel.watermark) this.onWatermark(channel, watermark);',
    new: 'if (watermark > channel.watermark) this.onWatermark(channel, watermark);\n    if (channel.idle && !idle) this.onStatus(channel, false);',
  },
  {
    id: 'partitions-greatest',
    file: source,
    fault: 'The watermark of a source is that of its foremost partition.',
    old: 'if (generator.watermark < least) least = generator.watermark;',
    new: 'if (least === Infinity || generator.watermark > least) least = generator.watermark;',
  },
  {
    id: 'partitions-idle-hold',
    file: source,
    fault: 'A partition that is idle holds back its source.',
    old: 'if (generator.idle) continue;',
    new: '',
  },
  {
    id: 'partitions-end-one',
    file: source,
    fault: 'The end of a source ends only the partition that it is told of.',
    old: 'for (const partition of this.partitions.values()) partition.advanceTo(END_OF_TIME);',
    new: 'generator.advanceTo(END_OF_TIME);',
  },
  {
    id: 'generator-follows-event',
    file: generator,
    fault: 'The watermark follows each event instead of the greatest so far.',
    old: 'if (watermark <= this.watermark) return;',
    new: '',
  },
  {
    id: 'generator-idle-one-early',
    file: generator,
    fault: 'A source is idle with the timeout, not after it.',
    old: 'nowMs - this.quietSinceMs > this.config.idleMs',
    new: 'nowMs - this.quietSinceMs >= this.config.idleMs',
  },
  {
    id: 'generator-forgets-quiet',
    file: generator,
    fault: 'A snapshot lacks since when a source has been quiet.',
    old: 'this.quietSinceMs = reader.f64();',
    new: 'reader.f64();',
  },
  {
    id: 'delay-without-one',
    file: 'src/operators/dialects/flink-datastream.ts',
    fault: 'The watermark lacks the 1 ms by which an equal time may still follow.',
    old: 'boundedWatermark: (maxTimeMs, delayMs) => maxTimeMs - delayMs - 1,',
    new: 'boundedWatermark: (maxTimeMs, delayMs) => maxTimeMs - delayMs,',
  },
  {
    id: 'row-after-watermark',
    file: 'src/stream/curve.ts',
    fault: 'A row is judged by the watermark that it moves itself.',
    old: 'return i === 0 ? curve.before : curve.watermarks[i - 1]!;',
    new: 'return curve.watermarks[i]!;',
  },
  {
    id: 'assigner-swallows-end',
    file: 'src/operators/assign-timestamps/kernel.ts',
    fault: 'An assigner of timestamps swallows the end of its input.',
    old: 'if (clock.watermarks[entry] === END_OF_TIME) generator.advanceTo(END_OF_TIME);',
    new: '',
  },
  {
    id: 'start-truncated',
    file: 'src/stream/time.ts',
    fault: 'Starts of windows before 1970 are rounded towards zero.',
    old: 'Math.floor((timeMs - offsetMs) / sizeMs)',
    new: 'Math.trunc((timeMs - offsetMs) / sizeMs)',
  },
];
