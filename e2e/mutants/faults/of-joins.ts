import type { Mutant } from '../mutant.ts';

const kernel = 'src/operators/join-interval/buffered-kernel.ts';
const buffer = 'src/operators/join-interval/join-buffer.ts';
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
    old: 'leftExpiresAt: (timeMs, upperMs) => (upperMs > 0 ? timeMs + upperMs : timeMs),',
    new: 'leftExpiresAt: (timeMs, upperMs) => (upperMs > 0 ? timeMs + upperMs - 1 : timeMs),',
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
    old: 'timeMs + lowerMs : timeMs - upperMs;',
    new: 'timeMs + lowerMs : timeMs + lowerMs;',
  },
  {
    id: 'join-end-excluded',
    file: buffer,
    fault: 'The end of the interval is not in it.',
    old: 'i < times.length && times[i]! <= toMs; i++)',
    new: 'i < times.length && times[i]! < toMs; i++)',
  },
  {
    id: 'join-equal-times-reversed',
    file: buffer,
    fault: 'Of rows with the same time the last to come is the first to match.',
    old: 'while (at > head && times[at - 1]! > timeMs) at--;',
    new: 'while (at > head && times[at - 1]! >= timeMs) at--;',
  },
  {
    id: 'join-expires-at-once',
    file: buffer,
    fault: 'A row goes with the watermark that stood when it came.',
    old: 'this.keptAt[handle]! >= watermark) break;',
    new: 'this.keptAt[handle]! > watermark) break;',
  },
  {
    id: 'join-forgets-matched',
    file: buffer,
    fault: 'A snapshot lacks that a row has found a partner.',
    old: 'this.matched[handle] = matched;',
    new: 'this.matched[handle] = false;',
  },
  {
    id: 'join-null-keys-meet',
    file: kernel,
    fault: 'Rows without a key are joined with each other.',
    old: 'columns.some((column) => isNull(column.nulls, row))',
    new: 'columns.length > 9',
  },
];
