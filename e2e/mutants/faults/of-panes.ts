import type { Mutant } from '../mutant.ts';

const windows = 'src/operators/window/pane-windows.ts';
const firings = 'src/operators/window/pane-firings.ts';
const state = 'src/operators/window/pane-state.ts';
const tree = 'src/operators/window/pane-trigger-tree.ts';

/** Beam's windows by trigger and pane. */
export const faultsOfPanes: readonly Mutant[] = [
  {
    id: 'pane-touching-merge',
    file: 'src/operators/dialects/beam.ts',
    fault: 'Sessions of Beam merge when only their ends touch.',
    old: 'touchingSessionsMerge: false,',
    new: 'touchingSessionsMerge: true,',
  },
  {
    id: 'pane-counts-rows',
    file: windows,
    fault: 'A row that came too late for some of its windows is not counted with them.',
    old: 'if (taken.length > 0) this.outcomes.lateFor(missed.length, out);',
    new: 'if (taken.length > 0) this.outcomes.lateFor(0, out);',
  },
  {
    id: 'pane-expired-taken',
    file: windows,
    fault: 'A window takes rows with the very watermark that ends it.',
    old: 'const isExpired = this.state.expiresAt(window) <= watermark;',
    new: 'const isExpired = this.state.expiresAt(window) < watermark;',
  },
  {
    id: 'pane-twice-on-time',
    file: firings,
    fault: 'A window has several panes that are on time.',
    old: 'window.isPastEarly ||= timing !== PANE_EARLY;',
    new: '',
  },
  {
    id: 'pane-always-wanted',
    file: firings,
    fault: 'Empty panes come out at the end of every window.',
    old: 'if (isEmpty && !isWanted) return;',
    new: '',
  },
  {
    id: 'pane-accumulates-always',
    file: firings,
    fault: 'A pane that is given is not forgotten where panes are discarding.',
    old: "const forgets = isFinished || this.bound.accumulation === 'discarding';",
    new: 'const forgets = isFinished;',
  },
  {
    id: 'pane-index-lost',
    file: state,
    fault: 'A snapshot lacks the number of panes.',
    old: 'window.panes = reader.f64();',
    new: 'reader.f64();',
  },
  {
    id: 'pane-snapshot-without-wake',
    file: state,
    fault: 'A restored window is not asked at its end.',
    old: 'if (reader.u8() === 1) this.wakeAtEnd(window);',
    new: 'reader.u8();',
  },
  {
    id: 'pane-holds-nothing',
    file: firings,
    fault: 'Rows that no pane has shown yet do not hold back the watermark behind the results.',
    old: 'reached = Math.min(reached, holdMs - 1);',
    new: 'reached = Math.min(reached, holdMs);',
  },
  {
    id: 'pane-repeats-once',
    file: tree,
    fault: 'A trigger that should repeat fires once.',
    old: 'if (child.isFinished(state)) child.reset(state);',
    new: '',
  },
];
