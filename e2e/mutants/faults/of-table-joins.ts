import type { Mutant } from '../mutant.ts';

const regular = 'src/operators/join-regular/kernel.ts';
const growingSide = 'src/operators/join-regular/growing-side-state.ts';
const sideState = 'src/operators/join-regular/side-state.ts';
const watermarkKernel = 'src/operators/join-temporal/watermark-kernel.ts';
const watermarkState = 'src/operators/join-temporal/watermark-state.ts';
const versionStore = 'src/operators/join-temporal/version-store-state.ts';
const storeKernel = 'src/operators/join-temporal/store-kernel.ts';
const retention = 'src/operators/join-temporal/retention-state.ts';
const lookup = 'src/operators/join-lookup/kernel.ts';

/** Regular, temporal and lookup joins. */
export const faultsOfTableJoins: readonly Mutant[] = [
  {
    id: 'growing-join-parts-equal-rows',
    file: growingSide,
    fault: 'Rows of streams that are kept for ever are met as they came, equal ones apart.',
    old: 'kinds.get(kind) ?? placed',
    new: 'placed',
  },
  {
    id: 'growing-join-forgets-places',
    file: growingSide,
    fault: 'A restored join takes rows that had been looked for as new ones.',
    old: 'if (i < placed[k]!) this.place',
    new: 'if (i < 0) this.place',
  },
  {
    id: 'regular-join-keeps-padding',
    file: regular,
    fault: 'A padded row is not taken back when its first partner comes.',
    old: 'if (partner.partners === 0) this.addAlone(',
    new: 'if (partner.partners < 0) this.addAlone(',
  },
  {
    id: 'regular-join-pads-each-time',
    file: regular,
    fault: 'A row is padded again when any of its partners goes, not the last.',
    old: 'if (partner.partners === 1) this.addAlone(',
    new: 'if (partner.partners >= 1) this.addAlone(',
  },
  {
    id: 'regular-join-takes-any-back',
    file: regular,
    fault: 'A row that is not there can be taken back, though nothing was ever forgotten.',
    old: 'if (kept === undefined && !own.state.mayForget) {',
    new: 'if (kept === undefined && own.state.mayForget) {',
  },
  {
    id: 'regular-join-forgets-late',
    file: sideState,
    fault: 'A row is forgotten one millisecond after its time to live.',
    old: 'if (kept.writtenMs + this.ttlMs > nowMs) return;',
    new: 'if (kept.writtenMs + this.ttlMs >= nowMs) return;',
  },
  {
    id: 'temporal-join-late-at-once',
    file: watermarkKernel,
    fault: 'A late left row is joined with the next entry, not with the next step of the watermark.',
    old: '!(watermarks[step]! > present)) step++;',
    new: '!(watermarks[step]! >= present)) step++;',
  },
  {
    id: 'temporal-join-by-time',
    file: watermarkState,
    fault: 'Left rows of a key come in order of time, not of arrival.',
    old: 'return due.sort((a, b) => a.number - b.number);',
    new: 'return due.sort((a, b) => a.timeMs - b.timeMs);',
  },
  {
    id: 'temporal-join-forgets-present',
    file: watermarkState,
    fault: 'The version that is valid at the watermark is forgotten with the older ones.',
    old: 'cell.versions.splice(0, Math.max(0, newest))',
    new: 'cell.versions.splice(0, newest + 1)',
  },
  {
    id: 'temporal-join-retention-from-first',
    file: retention,
    fault: 'A touch does not put off when a key is forgotten.',
    old: 'nowMs + this.figures.minMs <= cell.dueMs) return;',
    new: '!Number.isNaN(cell.dueMs)) return;',
  },
  {
    id: 'version-store-latest-only',
    file: versionStore,
    fault: 'Beyond the history any version that is still there can be seen.',
    old: '(at < versions.length - 1 && this.isExpired(timeMs))',
    new: '(at < versions.length - 1 && this.isExpired(Infinity))',
  },
  {
    id: 'version-store-takes-old',
    file: versionStore,
    fault: 'A change as old as the history is late.',
    old: 'return timeMs < this.streamTimeMs - this.historyMs;',
    new: 'return timeMs <= this.streamTimeMs - this.historyMs;',
  },
  {
    id: 'stream-table-join-waits-longer',
    file: storeKernel,
    fault: 'A row at the end of its grace waits for one more millisecond.',
    old: 'this.waiting.firstTimeMs <= this.streamTimeMs - graceMs)',
    new: 'this.waiting.firstTimeMs < this.streamTimeMs - graceMs)',
  },
  {
    id: 'temporal-join-waits-for-table',
    file: 'src/operators/join-temporal/arrival-kernel.ts',
    fault: 'What comes out of a join as of arrival shows the watermark of the table too.',
    old: 'return this.rules.arrivalShowsLeft && left !== undefined ? left.curve : clock;',
    new: 'return clock;',
  },
  {
    id: 'lookup-join-pads-inner',
    file: lookup,
    fault: 'An inner lookup join gives rows that find nothing.',
    old: "this.bound.kind === 'left' ? PADDED : found",
    new: "this.bound.kind !== 'left' ? PADDED : found",
  },
];
