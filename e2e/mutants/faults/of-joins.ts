import type { Mutant } from '../mutant.ts';

const kernel = 'src/operators/join-interval/buffered-kernel.ts';
const queues = 'src/operators/join-interval/key-queues-state.ts';
const rows = 'src/operators/join-interval/join-rows-state.ts';
const pairs = 'src/operators/join-interval/found-pairs-buffer.ts';
const arrivals = 'src/operators/join-interval/arrivals-buffer.ts';
const flink = 'src/operators/dialects/flink-datastream.ts';

/** Joins of rows that are near in time. */
export const faultsOfJoins: readonly Mutant[] = [
  {
    id: 'join-late-like-windows',
    file: flink,
    fault: 'A row at the watermark itself is late for a join, as it is for a window.',
    old: 'isLate: (timeMs, watermark) => timeMs < watermark,',
    new: 'isLate: (timeMs, watermark) => timeMs <= watermark,',
  },
  {
    id: 'join-forgets-early',
    file: flink,
    fault: 'Left rows are forgotten 1 ms before the last partner can come.',
    old: 'leftReachMs: (upperMs) => Math.max(upperMs, 0),',
    new: 'leftReachMs: (upperMs) => Math.max(upperMs - 1, 0),',
  },
  {
    id: 'join-time-of-left',
    file: flink,
    fault: 'A match carries the time of its left row.',
    old: 'resultTimeMs: (leftMs, rightMs) => Math.max(leftMs, rightMs),',
    new: 'resultTimeMs: (leftMs) => leftMs,',
  },
  {
    id: 'join-bounds-not-mirrored',
    file: kernel,
    fault: 'A right row looks for left rows on the wrong side of it.',
    old: 'this.fromMs = Float64Array.of(lowerMs, -upperMs);',
    new: 'this.fromMs = Float64Array.of(lowerMs, lowerMs);',
  },
  {
    id: 'join-end-excluded',
    file: queues,
    fault: 'The end of the interval is not in it.',
    old: 'count += +(otherMs >= lowMs) & +(otherMs <= highMs);',
    new: 'count += +(otherMs >= lowMs) & +(otherMs < highMs);',
  },
  {
    id: 'join-equal-times-reversed',
    file: queues,
    fault: 'Of rows with the same time the last to come is the first to match.',
    old: 'while (at > from && times[at - 1]! > timeMs) {',
    new: 'while (at > from && times[at - 1]! >= timeMs) {',
  },
  {
    id: 'join-matches-by-arrival',
    file: queues,
    fault: 'Matches of a short queue stand in order of arrival.',
    old: 'if (count - before > 1) sortByTime(partners, partnerMs, before, count);',
    new: '',
  },
  {
    id: 'join-large-queue-half-sorted',
    file: queues,
    fault: 'A queue that becomes large is not put by time.',
    old: 'end - start === SMALL + 1 ? start + 1 : end - 1',
    new: 'end - 1',
  },
  {
    id: 'join-expires-at-once',
    file: rows,
    fault: 'A row goes with the watermark that stood when it came.',
    old: 'return (this.marks[handle * 2 + side]! & AT_WATERMARK) !== 0;',
    new: 'return handle * 2 + side < 0;',
  },
  {
    id: 'join-forgets-matched',
    file: rows,
    fault: 'A snapshot lacks that a row has found a partner.',
    old: 'this.marks[at] = matched[i]! | (',
    new: 'this.marks[at] = (',
  },
  {
    id: 'join-null-keys-meet',
    file: arrivals,
    fault: 'Rows without a key are joined with each other.',
    old: 'if (nulls === null) continue;',
    new: 'if (nulls !== null) continue;',
  },
  {
    id: 'join-queue-not-sought',
    file: queues,
    fault: 'In a queue of many rows the first that matches is passed over.',
    old: 'if (rows[middle << 1]! < fromMs) low = middle + 1;',
    new: 'if (rows[middle << 1]! <= fromMs) low = middle + 1;',
  },
  {
    id: 'join-meets-the-forgotten',
    file: pairs,
    fault: 'A row meets one that the watermark has overtaken in the same round.',
    old: 'if (all.hasYoung) this.dropForgotten(all);',
    new: '',
  },
  {
    id: 'join-refused-still-there',
    file: pairs,
    fault: 'A row that the condition failed for is a partner for those that come behind it in its block.',
    old: 'if (holds[i] === 0 || this.isRefused(1 - own, handles[i]!)) continue;',
    new: 'if (holds[i] === 0) continue;',
  },
  {
    id: 'join-order-by-input',
    file: 'src/operators/shared/merged-order.ts',
    fault: 'Rows that only a watermark has caused stand before those of the entry itself.',
    old: 'if (phases !== 0) return false;',
    new: '',
  },
];
