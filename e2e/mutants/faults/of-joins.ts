import type { Mutant } from '../mutant.ts';

const kernel = 'src/operators/join-interval/buffered-kernel.ts';
const queues = 'src/operators/join-interval/key-queues-state.ts';
const long = 'src/operators/join-interval/long-queue-state.ts';
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
    old: 'fromMs: -upperMs, toMs: -lowerMs',
    new: 'fromMs: lowerMs, toMs: upperMs',
  },
  {
    id: 'join-end-excluded',
    file: queues,
    fault: 'The end of the interval is not in it.',
    old: '(+(a >= fromMs) & +(a <= toMs)) |',
    new: '(+(a >= fromMs) & +(a < toMs)) |',
  },
  {
    id: 'join-equal-times-reversed',
    file: queues,
    fault: 'Of rows with the same time the last to come is the first to match.',
    old: '((other - ring) & LAST_SLOT) < age',
    new: '((other - ring) & LAST_SLOT) > age',
  },
  {
    id: 'join-matches-by-arrival',
    file: queues,
    fault: 'Matches of a short queue stand in order of arrival.',
    old: 'this.sort(partners, before, count, this.next[queue]!);',
    new: '',
  },
  {
    id: 'join-long-queue-by-arrival',
    file: long,
    fault: 'A long queue is in order of arrival.',
    old: 'while (at > start && times[at - 1]! > timeMs) {',
    new: 'while (at < start) {',
  },
  {
    id: 'join-slot-given-away',
    file: queues,
    fault: 'A row takes the next slot of its queue although another waits there.',
    old: 'if (next[own]! >= 0 && !(times[at]! >= goneBeforeMs[side]!)) {',
    new: 'if (next[own]! >= 0) {',
  },
  {
    id: 'join-expires-at-once',
    file: rows,
    fault: 'A row goes with the watermark that stood when it came.',
    old: 'return (this.marks[item]! & AT_WATERMARK) !== 0;',
    new: 'return item < 0;',
  },
  {
    id: 'join-forgets-matched',
    file: rows,
    fault: 'A snapshot lacks that a row has found a partner.',
    old: 'marks[items[i]!] = matched[i]! | (',
    new: 'marks[items[i]!] = (',
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
    file: long,
    fault: 'In a queue of many rows the first that matches is passed over.',
    old: 'if (times[middle]! < fromMs) low = middle + 1;',
    new: 'if (times[middle]! <= fromMs) low = middle + 1;',
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
    old: 'if (holds[i] === 1 && !this.isRefused(partnerOf(item, partners[i]!)))',
    new: 'if (holds[i] === 1)',
  },
  {
    id: 'join-order-by-input',
    file: 'src/operators/shared/merged-order.ts',
    fault: 'Rows that only a watermark has caused stand before those of the entry itself.',
    old: 'if (phases !== 0) return false;',
    new: '',
  },
];
