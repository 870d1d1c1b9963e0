import type { Mutant } from '../mutant.ts';

const valve = 'src/engine/progress/valve.ts';
const combined = 'src/engine/progress/combined-status.ts';
const merge = 'src/engine/progress/merge.ts';
const source = 'src/engine/progress/source-progress.ts';
const channel = 'src/engine/progress/channel.ts';
const multiplexer = 'src/engine/progress/watermark-multiplexer.ts';
const idleness = 'src/operators/shared/idleness.ts';
const generator = 'src/operators/shared/watermark-generator.ts';

/** Watermarks: generated, merged, and how they stand to rows. */
export const faultsOfTime: readonly Mutant[] = [
  {
    id: 'valve-counts-unaligned',
    file: valve,
    fault: 'A union counts inputs that are idle or have not caught up.',
    old: 'if (!channel.aligned) continue;',
    new: '',
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
    old: 'if (others[i]! < watermarks[i]!) watermarks[i] = others[i]!;',
    new: 'if (others[i]! > watermarks[i]!) watermarks[i] = others[i]!;',
  },
  {
    id: 'merge-goes-back',
    file: merge,
    fault: 'While nothing is idle, the least watermark counts even where an input came back behind the output.',
    old: 'i < length && !(watermarks[i]! >= before); i++) watermarks[i] = before;',
    new: 'i < 0; i++) watermarks[i] = before;',
  },
  {
    id: 'curve-steps-late',
    file: 'src/engine/progress/curve-builder.ts',
    fault: 'A row that moves the watermark of its source moves it one entry too late.',
    old: 'this.holdTo(seq - this.start.firstSeq);',
    new: 'this.holdTo(Math.min(seq - this.start.firstSeq + 1, this.start.length));',
  },
  {
    id: 'rows-leave-idle',
    file: source,
    fault: 'Rows of an idle source move its watermark without ending its idleness.',
    old: 'if (early !== null || stated !== null || this.output.idle) return null;',
    new: 'if (early !== null || stated !== null) return null;',
  },
  {
    id: 'greatest-time-without-the-first',
    file: generator,
    fault: 'The greatest time of some events leaves out the first of them.',
    old: 'for (; row >= from; row--) if (times[row]! > greatestMs)',
    new: 'for (; row > from; row--) if (times[row]! > greatestMs)',
  },
  {
    id: 'steps-from-where-the-source-is-now',
    file: generator,
    fault: 'Steps that are told later begin at the greatest time of all events.',
    old: 'tell: (steps) => void eachStep(run, stated, stepRules, steps)',
    new: 'tell: (steps) => void eachStep(run, { ...stated, maxTimeMs: this.maxTimeMs }, stepRules, steps)',
  },
  {
    id: 'merge-status-after-watermark',
    file: merge,
    fault: 'An input says that it is active after the watermark that made it so.',
    old: 'if (channel.idle && !idle) this.onStatus(channel, false);\n    if (watermark > channel.watermark) this.onWatermark(channel, watermark);',
    new: 'if (watermark > channel.watermark) this.onWatermark(channel, watermark);\n    if (channel.idle && !idle) this.onStatus(channel, false);',
  },
  {
    id: 'partitions-end-one',
    file: source,
    fault: 'The end of a source ends only the partition that it is told of.',
    old: 'for (const partition of this.partitions.values()) partition.advanceTo(END_OF_TIME);',
    new: 'generator.advanceTo(END_OF_TIME);',
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
  {
    id: 'idle-holds-back',
    file: channel,
    fault: 'An idle input or partition holds back the others.',
    old: 'if (channel.idle) continue;',
    new: '',
  },
  {
    id: 'idle-flag-inverted',
    file: channel,
    fault: 'Only idle inputs and partitions count.',
    old: 'if (channel.idle) continue;',
    new: 'if (!channel.idle) continue;',
  },
  {
    id: 'partitions-greatest',
    file: channel,
    fault: 'The watermark of several is that of the foremost.',
    old: 'let least = Infinity;',
    new: 'let least = -Infinity;',
  },
  {
    id: 'combined-goes-back',
    file: combined,
    fault: 'The watermark of two inputs follows the lesser one back.',
    old: 'if (least !== null && least > this.watermark)',
    new: 'if (least !== null)',
  },
  {
    id: 'multiplexer-idle-unheard',
    file: multiplexer,
    fault: 'A partition that is said to be idle frees the others only when they move again.',
    old: 'partial.idle = true;\n        this.update();',
    new: 'partial.idle = true;',
  },
  {
    id: 'multiplexer-defers-nothing',
    file: multiplexer,
    fault: 'A snapshot lacks what a partition last said.',
    old: 'channel.watermark = reader.f64();',
    new: 'reader.f64();',
  },
  {
    id: 'output-goes-back',
    file: 'src/operators/shared/watermark-output.ts',
    fault: 'The watermark of an assigner follows each event instead of the greatest so far.',
    old: 'if (watermark <= this.watermark) return;',
    new: '',
  },
  {
    id: 'idleness-one-early',
    file: idleness,
    fault: 'A source is idle with the timeout, not after it.',
    old: 'return nowMs - this.quietSinceMs > this.idleMs;',
    new: 'return nowMs - this.quietSinceMs >= this.idleMs;',
  },
  {
    id: 'idleness-forgets-wait',
    file: idleness,
    fault: 'A snapshot lacks since when a source has been quiet.',
    old: 'this.quietSinceMs = reader.f64();',
    new: 'reader.f64();',
  },
  {
    id: 'generator-forgets-maximum',
    file: generator,
    fault: 'A snapshot lacks the greatest time so far.',
    old: 'this.maxTimeMs = reader.f64();',
    new: 'reader.f64();',
  },
  {
    id: 'periodic-every-tick',
    file: 'src/operators/shared/emit-timer.ts',
    fault: 'A periodic watermark comes with every tick of the clock.',
    old: "if (nowMs < this.nextEmitMs) return 'look';",
    new: '',
  },
  {
    id: 'sql-watermark-one-behind',
    file: 'src/operators/dialects/flink-sql.ts',
    fault: 'The watermark of Flink SQL is 1 ms behind, as that of the DataStream API.',
    old: 'boundedWatermark: (maxTimeMs, delayMs) => maxTimeMs - delayMs,',
    new: 'boundedWatermark: (maxTimeMs, delayMs) => maxTimeMs - delayMs - 1,',
  },
];
