import type { Mutant } from '../mutant.ts';

const windows = 'src/operators/window/trigger-windows.ts';
const state = 'src/operators/window/trigger-windows-state.ts';
const results = 'src/operators/window/trigger-results.ts';
const leaves = 'src/operators/window/flink-leaf-triggers.ts';
const continuous = 'src/operators/window/flink-continuous-triggers.ts';
const sessions = 'src/operators/window/session-windows.ts';

/** Flink's windows by trigger and timer. */
export const faultsOfTriggers: readonly Mutant[] = [
  {
    id: 'trigger-late-strictly',
    file: windows,
    fault: 'A window takes rows with the very watermark that forgets it.',
    old: 'this.rules.cleanupAt(endMs, this.bound.latenessMs) <= this.time.watermark;',
    new: 'this.rules.cleanupAt(endMs, this.bound.latenessMs) < this.time.watermark;',
  },
  {
    id: 'trigger-gap-is-late',
    file: windows,
    fault: 'A row between two hopping windows is never late.',
    old: 'timeMs + this.bound.latenessMs <= watermark);',
    new: 'timeMs + this.bound.latenessMs < watermark - 1e6);',
  },
  {
    id: 'trigger-counts-no-late-window',
    file: windows,
    fault: 'Windows that were over for a row that others took are not counted.',
    old: 'if (this.missed > 0) this.outcomes.lateFor(this.missed, out);',
    new: '',
  },
  {
    id: 'trigger-adds-retraction',
    file: windows,
    fault: 'A row that is taken back is added.',
    old: 'state.put(pane, row, isRetraction);',
    new: 'state.put(pane, row, false);',
  },
  {
    id: 'trigger-held-with-first-window',
    file: windows,
    fault: 'A row of several windows is held by the one that ends first.',
    old: 'if (pane.endMs > home.endMs) home = pane;',
    new: 'if (pane.endMs < home.endMs) home = pane;',
  },
  {
    id: 'purge-keeps-rows',
    file: windows,
    fault: 'A purged window keeps its rows.',
    old: 'this.settle(pane, out);\n    this.state.empty(pane);',
    new: 'this.settle(pane, out);\n    pane.fresh = pane.shown = 0;',
  },
  {
    id: 'count-not-reset',
    file: leaves,
    fault: 'A count trigger fires with every row from its count on.',
    old: 'pane.marks[this.slot] = count >= this.rows ? Number.NaN : count;',
    new: 'pane.marks[this.slot] = count;',
  },
  {
    id: 'count-one-late',
    file: leaves,
    fault: 'A count trigger waits for one row more.',
    old: 'return count >= this.rows ? FIRE : CONTINUE;',
    new: 'return count > this.rows ? FIRE : CONTINUE;',
  },
  {
    id: 'count-lost-in-merge',
    file: leaves,
    fault: 'A session that grows forgets how many rows it has counted.',
    old: 'pane.marks[this.slot] = sum === 0 ? Number.NaN : sum;',
    new: '',
  },
  {
    id: 'event-time-late-waits',
    file: leaves,
    fault: 'A late row waits for the next watermark instead of firing at once.',
    old: 'if (pane.maxMs <= this.context.watermark) return FIRE;\n    this.context.eventTimers.add(pane.id, pane.maxMs);\n    return CONTINUE;\n  }\n\n  override onEventTime(pane: TriggeredPane, timeMs: EventTimeMs): number {\n    return',
    new: 'this.context.eventTimers.add(pane.id, pane.maxMs);\n    return CONTINUE;\n  }\n\n  override onEventTime(pane: TriggeredPane, timeMs: EventTimeMs): number {\n    return',
  },
  {
    id: 'event-time-fires-with-cleanup',
    file: leaves,
    fault: 'A window fires once more when it is forgotten.',
    old: 'return timeMs === pane.maxMs ? FIRE : CONTINUE;',
    new: 'return timeMs >= pane.maxMs ? FIRE : CONTINUE;',
  },
  {
    id: 'continuous-not-capped',
    file: continuous,
    fault: 'A continuous trigger goes on behind the end of its window.',
    old: 'Math.min(fromMs + this.intervalMs, pane.maxMs);',
    new: 'fromMs + this.intervalMs;',
  },
  {
    id: 'continuous-off-grid',
    file: continuous,
    fault: 'A continuous trigger counts from the first row instead of its grid.',
    old: 'this.setNext(pane, timeMs - (timeMs % this.intervalMs));',
    new: 'this.setNext(pane, timeMs);',
  },
  {
    id: 'session-over-taken',
    file: sessions,
    fault: 'A session that is over is opened again.',
    old: 'return isOver(own.endMs) ? null : state.open(group, own.startMs, own.endMs);',
    new: 'return state.open(group, own.startMs, own.endMs);',
  },
  {
    id: 'session-absorbs-nothing',
    file: state,
    fault: 'A merged session loses the rows of the sessions that went into it.',
    old: '} else if (from.cell >= 0) this.cells.merge(into.cell, from.cell);',
    new: '}',
  },
  {
    id: 'session-counts-lost',
    file: state,
    fault: 'A merged session forgets how many rows it holds.',
    old: 'into.fresh += from.fresh;',
    new: '',
  },
  {
    id: 'merged-session-counts-on',
    file: state,
    fault: 'The panes of a merged session are counted on from those of the session before.',
    old: 'pane.results = 0;',
    new: '',
  },
  {
    id: 'pane-snapshot-without-marks',
    file: state,
    fault: 'A snapshot lacks what a trigger has counted.',
    old: 'pane.marks[m] = reader.f64();',
    new: 'reader.f64();',
  },
  {
    id: 'pane-snapshot-without-results',
    file: state,
    fault: 'A snapshot lacks how many panes a window has given.',
    old: 'pane.results = reader.f64();',
    new: 'reader.f64();',
  },
  {
    id: 'pane-snapshot-without-standing',
    file: state,
    fault: 'A snapshot lacks the result that stands.',
    old: 'pane.standing = this.readCells(reader)[0] ?? -1;',
    new: 'this.readCells(reader);',
  },
  {
    id: 'panes-by-arrival',
    file: state,
    fault: 'Windows that fire at once come in order of arrival.',
    old: 'if (a.endMs !== b.endMs) return a.endMs - b.endMs;\n  if (a.startMs',
    new: 'if (a.startMs',
  },
  {
    id: 'change-without-retraction',
    file: results,
    fault: 'A result that replaces another does not take it back.',
    old: 'this.add({ pane, cell: standing, kind: UPDATE_BEFORE }, firing, out);',
    new: '',
  },
  {
    id: 'empty-window-emits',
    file: results,
    fault: 'A window whose rows were all taken back still gives a result.',
    old: 'this.bound.takesChanges && pane.balance === 0',
    new: 'this.bound.takesChanges && pane.balance < 0',
  },
  {
    id: 'grouping-id-reversed',
    file: results,
    fault: 'The bits of a grouping id stand in the wrong order.',
    old: 'id = id * 2 + (set.includes(place) ? 0 : 1);',
    new: 'id += set.includes(place) ? 0 : 2 ** place;',
  },
  {
    id: 'count-window-keeps-one-more',
    file: results,
    fault: 'A count window that slides holds one row too many.',
    old: 'evictRows(pane, this.state, this.bound.countRows, out.fates);',
    new: 'evictRows(pane, this.state, this.bound.countRows + 1, out.fates);',
  },
];
