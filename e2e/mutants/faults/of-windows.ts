import type { Mutant } from '../mutant.ts';

const aligned = 'src/operators/window/aligned-windows.ts';
const state = 'src/operators/window/window-state.ts';
const assign = 'src/operators/shared/windows/assign-windows.ts';
const sessions = 'src/operators/shared/windows/merge-sessions.ts';
const flink = 'src/operators/dialects/flink-datastream.ts';

/** Windows under the watermark. */
export const faultsOfWindows: readonly Mutant[] = [
  {
    id: 'fires-one-late',
    file: flink,
    fault: 'A window fires 1 ms after it is complete.',
    old: 'fireAt: (endMs) => endMs - 1,',
    new: 'fireAt: (endMs) => endMs,',
  },
  {
    id: 'late-one-late',
    file: flink,
    fault: 'A window takes rows for 1 ms longer than its lateness.',
    old: 'cleanupAt: (endMs, latenessMs) => endMs - 1 + latenessMs,',
    new: 'cleanupAt: (endMs, latenessMs) => endMs + latenessMs,',
  },
  {
    id: 'result-at-end',
    file: flink,
    fault: 'Results carry the end of their window, which is no longer in it.',
    old: 'resultTimeMs: (_startMs, endMs) => endMs - 1,',
    new: 'resultTimeMs: (_startMs, endMs) => endMs,',
  },
  {
    id: 'aligned-open-quietly',
    file: aligned,
    fault: 'Rows of a window that is complete are taken as if it were not.',
    old: 'if (!(this.rules.fireAt(endMs) > watermark)) return null;',
    new: 'if (!(this.rules.fireAt(endMs) >= watermark)) return null;',
  },
  {
    id: 'aligned-late-strictly',
    file: aligned,
    fault: 'A row that comes with the watermark that forgets its window is still taken.',
    old: 'if (watermark >= this.rules.cleanupAt(endMs, latenessMs)) {',
    new: 'if (watermark > this.rules.cleanupAt(endMs, latenessMs)) {',
  },
  {
    id: 'aligned-fires-in-phase-0',
    file: aligned,
    fault: 'What the watermark fires stands where rows stand.',
    old: '{ seq, phase: 1, timing: PANE_ON_TIME }, out);',
    new: '{ seq, phase: 0, timing: PANE_ON_TIME }, out);',
  },
  {
    id: 'aligned-no-late-firing',
    file: aligned,
    fault: 'A late row does not fire its window again.',
    old: 'if (slot.hasFired) this.fireAgain(slot, cell, view, row);',
    new: '',
  },
  {
    id: 'aligned-fires-before-adding',
    file: aligned,
    fault: 'A window fires without the rows that wait to be added.',
    old: 'private fireAgain(slot: Slot, cell: number, { batch, out }: BatchView, row: number): void {\n    this.flushPending();',
    new: 'private fireAgain(slot: Slot, cell: number, { batch, out }: BatchView, row: number): void {',
  },
  {
    id: 'aligned-quiet-too-long',
    file: aligned,
    fault: 'Rows behind a step that fires are taken before it.',
    old: 'if (batch.seq[rowAt(batch, middle)]! <= lastSeq) low = middle + 1;',
    new: 'if (batch.seq[rowAt(batch, middle)]! <= lastSeq + 1) low = middle + 1;',
  },
  {
    id: 'aligned-keeps-closed-slot',
    file: aligned,
    fault: 'A window that is gone takes further rows.',
    old: 'if (slot === this.lastSlot) this.lastSlot = null;',
    new: '',
  },
  {
    id: 'state-forgets-fired',
    file: state,
    fault: 'A snapshot lacks that a window has fired.',
    old: 'this.openSlot(reader.f64(), reader.f64(), reader.u8() === 1)',
    new: 'this.openSlot(reader.f64(), reader.f64(), reader.u8() > 1)',
  },
  {
    id: 'state-forgets-pane',
    file: state,
    fault: 'A snapshot lacks how many panes a key has emitted.',
    old: 'this.cellPanes[cell] = reader.u32();',
    new: 'reader.u32();',
  },
  {
    id: 'state-cell-not-emptied',
    file: state,
    fault: 'A key begins with what the last owner of its cell left behind.',
    old: 'for (const accumulator of this.accumulators) accumulator.reset(cell);\n    return cell;',
    new: 'return cell;',
  },
  {
    id: 'state-by-start',
    file: state,
    fault: 'Windows wait in order of arrival instead of end.',
    old: 'return a.endMs > b.endMs || (a.endMs === b.endMs && a.startMs > b.startMs);',
    new: 'return a.endMs > b.endMs + 1e6;',
  },
  {
    id: 'late-counted-twice',
    file: 'src/operators/shared/row-outcomes.ts',
    fault: 'A late row is counted twice.',
    old: 'out.fates.late++;',
    new: 'out.fates.late += 2;',
  },
  {
    id: 'hop-misses-last',
    file: assign,
    fault: 'A hopping window that begins with the row does not take it.',
    old: 'for (let startMs = first; startMs <= last; startMs += advanceMs) {',
    new: 'for (let startMs = first; startMs < last; startMs += advanceMs) {',
  },
  {
    id: 'hop-one-too-many',
    file: assign,
    fault: 'A hopping window takes the row at its end.',
    old: 'Math.floor((sizeMs - 1 - (timeMs - last)) / advanceMs)',
    new: 'Math.floor((sizeMs - (timeMs - last)) / advanceMs)',
  },
  {
    id: 'cumulate-step-short',
    file: assign,
    fault: 'A cumulating window takes the row at its end.',
    old: 'const steps = Math.floor((timeMs - startMs) / stepMs) + 1;',
    new: 'const steps = Math.ceil((timeMs - startMs) / stepMs);',
  },
  {
    id: 'sessions-strict',
    file: sessions,
    fault: 'Sessions that only touch are not merged where the engine does.',
    old: 'touchingMerge ? a.startMs <= b.endMs && b.startMs <= a.endMs :',
    new: 'touchingMerge ? a.startMs < b.endMs && b.startMs < a.endMs :',
  },
  {
    id: 'sessions-loose',
    file: sessions,
    fault: 'Sessions that only touch are merged where the engine does not.',
    old: ': a.startMs < b.endMs && b.startMs < a.endMs;',
    new: ': a.startMs <= b.endMs && b.startMs <= a.endMs;',
  },
  {
    id: 'cover-of-later-end',
    file: sessions,
    fault: 'A merged session ends with the session that came last.',
    old: 'endMs: Math.max(a.endMs, b.endMs)',
    new: 'endMs: b.endMs',
  },
];
