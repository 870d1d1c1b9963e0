import type { Mutant } from '../mutant.ts';

const stores = 'src/operators/window/store-windows.ts';
const time = 'src/operators/window/time-store-windows.ts';
const session = 'src/operators/window/session-store-windows.ts';
const sliding = 'src/operators/window/sliding-store-windows.ts';
const store = 'src/operators/window/window-store.ts';
const suppress = 'src/operators/suppress/kernel.ts';

/** Kafka's windows by stream time, and what holds their updates back. */
export const faultsOfStores: readonly Mutant[] = [
  {
    id: 'stream-time-after-judging',
    file: stores,
    fault: 'A row that moves stream time is judged by the time before it.',
    old: 'closeTimeMs: this.streamTimeMs - this.bound.graceMs,',
    new: 'closeTimeMs: (this.streamTimeMs === timeMs ? this.storeTimeMs : this.streamTimeMs) - this.bound.graceMs,',
  },
  {
    id: 'stream-time-goes-back',
    file: stores,
    fault: 'Stream time follows the last row back.',
    old: 'this.streamTimeMs = Math.max(this.streamTimeMs, timeMs);',
    new: 'this.streamTimeMs = timeMs;',
  },
  {
    id: 'store-forgets-stream-time',
    file: stores,
    fault: 'A snapshot lacks the stream time.',
    old: 'this.streamTimeMs = reader.f64();',
    new: 'reader.f64();',
  },
  {
    id: 'store-takes-null-keys',
    file: stores,
    fault: 'Rows without a key form a group.',
    old: 'else if (this.dropsNullKeys && keyColumns',
    new: 'else if (this.dropsNullKeys && [] === keyColumns && keyColumns',
  },
  {
    id: 'store-tombstone-missing',
    file: stores,
    fault: 'A session that went into another is not taken back.',
    old: 'if (!this.emitsOnClose) this.emit(window, row, DELETE);',
    new: '',
  },
  {
    id: 'store-result-at-start',
    file: stores,
    fault: 'An update carries the time of its row instead of the largest so far.',
    old: 'window.maxTimeMs = Math.max(window.maxTimeMs, row.timeMs);',
    new: 'window.maxTimeMs = row.timeMs;',
  },
  {
    id: 'store-lost-rows-used',
    file: stores,
    fault: 'Rows of windows that the store lost count as used.',
    old: "window.isClosed ? 'used' : 'late'",
    new: "'used'",
  },
  {
    id: 'grace-one-short',
    file: time,
    fault: 'A time window closes 1 ms late.',
    old: 'if (bounds.endMs <= row.closeTimeMs) {',
    new: 'if (bounds.endMs < row.closeTimeMs) {',
  },
  {
    id: 'time-retention-off-by-one',
    file: time,
    fault: 'The store that emits on close loses windows 1 ms early.',
    old: "const spareMs = emission === 'on-close' ? 1 : 0;",
    new: "const spareMs = emission === 'on-close' ? 0 : 1;",
  },
  {
    id: 'time-windows-before-epoch',
    file: 'src/operators/dialects/kafka-streams.ts',
    fault: 'Hopping windows of Kafka begin before 1970.',
    old: 'startsBeforeEpoch: false,',
    new: 'startsBeforeEpoch: true,',
  },
  {
    id: 'session-close-one-early',
    file: session,
    fault: 'A session on the edge of its grace is dropped.',
    old: 'if (bounds.endMs < row.closeTimeMs - gapMs)',
    new: 'if (bounds.endMs <= row.closeTimeMs - gapMs)',
  },
  {
    id: 'session-gap-excluded',
    file: session,
    fault: 'Sessions that are exactly a gap away are not merged.',
    old: '.filter(({ startMs }) => startMs <= timeMs + gapMs);',
    new: '.filter(({ startMs }) => startMs < timeMs + gapMs);',
  },
  {
    id: 'session-sees-expired',
    file: session,
    fault: 'Sessions that the retention has passed are merged.',
    old: 'storeTimeMs - retentionMs + 1), Infinity)',
    new: 'storeTimeMs - retentionMs), Infinity)',
  },
  {
    id: 'sliding-end-excluded',
    file: sliding,
    fault: 'The last instant of a sliding window is not in it.',
    old: 'const around = near.filter(({ endMs }) => endMs >= timeMs);',
    new: 'const around = near.filter(({ endMs }) => endMs > timeMs);',
  },
  {
    id: 'sliding-right-missing',
    file: sliding,
    fault: 'The right window of the row before is not opened.',
    old: 'if (previousMs !== null && previousMs + 1 + sizeMs >= timeMs) this.openRightOf(previousMs);',
    new: '',
  },
  {
    id: 'sliding-late-window-taken',
    file: sliding,
    fault: 'A sliding window takes rows behind its grace.',
    old: 'if (window.endMs < row.closeTimeMs) {',
    new: 'if (window.endMs < row.closeTimeMs - 1) {',
  },
  {
    id: 'store-keys-by-arrival',
    file: store,
    fault: 'Windows that close at once are not in order of the bytes of their keys.',
    old: '(a.keyBytes < b.keyBytes ? -1 : a.keyBytes > b.keyBytes ? 1 : 0)',
    new: '0',
  },
  {
    id: 'store-snapshot-without-closed',
    file: store,
    fault: 'A snapshot lacks that a window has given its last result.',
    old: 'isClosed: reader.u8() === 1,',
    new: 'isClosed: reader.u8() > 1,',
  },
  {
    id: 'key-bytes-as-text',
    file: 'src/operators/shared/state/key-bytes.ts',
    fault: 'Keys that are numbers are ordered as their digits.',
    old: 'scratch.setInt32(0, Number(value));\n      return scratchBytes(4);',
    new: 'return String(value);',
  },
  {
    id: 'suppress-keeps-first',
    file: suppress,
    fault: 'The first update that was held back comes out instead of the latest.',
    old: 'this.rows.release(held.row);\n      Object.assign(held, latest);',
    new: 'this.rows.release(latest.row);',
  },
  {
    id: 'suppress-one-early',
    file: suppress,
    fault: 'An update comes out 1 ms before its wait is over.',
    old: 'this.waiting.firstTimeMs <= this.observedMs - this.bound.waitMs)',
    new: 'this.waiting.firstTimeMs <= this.observedMs - this.bound.waitMs + 1)',
  },
  {
    id: 'suppress-emits-deletions',
    file: suppress,
    fault: 'A deletion comes out where only final results should.',
    old: 'if (closes && update.kind === DELETE) out.fates.filtered++;',
    new: 'if (closes && update.kind === DELETE && update.isNew) out.fates.filtered++;',
  },
];
