import type { StreamType } from '../../stream/batch.ts';
import type { ColumnBuilder } from '../../stream/column-builder.ts';
import type { RowKind } from '../../stream/row-kind.ts';
import { DELETE, INSERT, UPDATE_AFTER, UPDATE_BEFORE } from '../../stream/row-kind.ts';
import { END_OF_TIME } from '../../stream/time.ts';
import type { WindowRules } from '../dialects/dialect.ts';
import type { KernelOutput } from '../operator.ts';
import type { WindowBound } from './bound.ts';
import { hasBounds } from './bound.ts';
import { evictRows, mergedRows } from './count-windows.ts';
import { FiringTeller } from './firing-teller.ts';
import { ResultComparison } from '../shared/aggregates/result-comparison.ts';
import type { Pane, TriggerWindowsState } from './trigger-windows-state.ts';
import { WindowResults } from './window-results.ts';

/** When a pane fires. */
export interface PaneFiring {
  readonly seq: number;
  readonly phase: 0 | 1;
  /** `PaneTiming`. */
  readonly timing: number;
}

/** A pane's row of output: the aggregates of a cell, as a change of some kind. */
interface PaneChange {
  readonly pane: Pane;
  readonly cell: number;
  readonly kind: RowKind;
}

interface Parts {
  readonly bound: WindowBound;
  readonly rules: WindowRules;
  readonly output: StreamType;
  readonly state: TriggerWindowsState;
}

/** What panes give when they fire: a row each time, or the change against what they gave before. */
export class TriggerResults {
  private readonly bound: WindowBound;
  private readonly rules: WindowRules;
  private readonly state: TriggerWindowsState;
  private readonly results: WindowResults;
  private readonly comparison: ResultComparison;
  private readonly groupingIds: readonly number[];
  private readonly hasBounds: boolean;
  /** What is written just now. */
  private change: PaneChange | null = null;
  private readonly teller = new FiringTeller();

  constructor({ bound, rules, output, state }: Parts) {
    this.bound = bound;
    this.rules = rules;
    this.state = state;
    this.results = new WindowResults(bound, output);
    this.comparison = new ResultComparison(bound.aggregates);
    this.groupingIds = bound.groupingSets.map((set) => groupingIdOf(set, bound.key.fields.length));
    this.hasBounds = hasBounds(bound.kind);
  }

  /** Gives the pane's result, unless it holds nothing or nothing but what was given. */
  fire(pane: Pane, firing: PaneFiring, out: KernelOutput): void {
    const { rowCells } = pane;
    if (rowCells === null) this.give(pane, pane.cell, firing, out);
    else {
      evictRows(pane, this.state, this.bound.countRows, out.fates);
      const cell = rowCells.length === 0 ? -1 : mergedRows(rowCells, this.state);
      this.give(pane, cell, firing, out);
      if (cell >= 0) this.state.cells.release(cell);
    }
  }

  private give(pane: Pane, cell: number, firing: PaneFiring, out: KernelOutput): void {
    // A window whose rows were all taken back is empty; one that lost more than it had is not (RecordCounter).
    const isEmpty = cell < 0 || (this.bound.takesChanges && pane.balance === 0);
    if (this.bound.changes === 'retract') {
      if (!this.giveChange(pane, isEmpty ? -1 : cell, firing, out)) return;
    } else {
      if (isEmpty) return;
      this.add({ pane, cell, kind: INSERT }, firing, out);
    }
    pane.shown += pane.fresh;
    pane.fresh = 0;
  }

  /** `AggregateWindowOperator.emitWindowResult`. True where a result of the pane's rows now stands, or stood. */
  private giveChange(pane: Pane, cell: number, firing: PaneFiring, out: KernelOutput): boolean {
    const { cells } = this.state;
    const { standing } = pane;
    if (cell < 0) {
      this.takeBack(pane, firing, out);
      return standing >= 0;
    }
    if (standing < 0) this.add({ pane, cell, kind: INSERT }, firing, out);
    else {
      if (this.comparison.areEqual(cells, standing, cell)) return true;
      this.add({ pane, cell: standing, kind: UPDATE_BEFORE }, firing, out);
      this.add({ pane, cell, kind: UPDATE_AFTER }, firing, out);
      cells.release(standing);
    }
    pane.standing = cells.take();
    cells.merge(pane.standing, cell);
    return true;
  }

  /** Takes the pane's result back, if one stands. */
  takeBack(pane: Pane, firing: PaneFiring, out: KernelOutput): void {
    if (pane.standing < 0) return;
    this.add({ pane, cell: pane.standing, kind: DELETE }, firing, out);
    this.state.cells.release(pane.standing);
    pane.standing = -1;
  }

  private add(change: PaneChange, { seq, phase, timing }: PaneFiring, out: KernelOutput): void {
    const { pane, kind } = change;
    const startMs = this.hasBounds ? pane.startMs : Number.NaN;
    const endMs = this.hasBounds ? pane.endMs : Number.NaN;
    const ts: number = this.hasBounds ? this.rules.resultTimeMs(startMs, endMs) : END_OF_TIME;
    const groupingId = this.groupingIds[pane.group.set]!;
    const paneIndex = pane.results;
    this.change = change;
    const result = { seq, phase, ts, startMs, endMs, timing, paneIndex, kind, groupingId };
    this.results.add(result, this.appendKey, this.appendValues, out);
    if (kind === UPDATE_BEFORE) return;
    pane.results++;
    if (out.trace !== null) this.teller.add({ seq, phase, startMs, endMs, timing, paneIndex, results: 1 }, out);
  }

  private readonly appendKey = (builders: readonly ColumnBuilder[]): void => {
    this.state.appendKey(this.change!.pane.group, builders);
  };

  private readonly appendValues = (builders: readonly ColumnBuilder[], at: number): void => {
    this.state.cells.appendTo(builders, at, this.change!.cell);
  };

  /** What one row or one moment in time set off is over. */
  endFirings(out: KernelOutput): void {
    this.teller.end(out);
  }

  flush(out: KernelOutput): void {
    this.results.flush(out);
  }
}

/** A bit for each key column that a set leaves out, the last column's the lowest. */
function groupingIdOf(set: readonly number[], fields: number): number {
  let id = 0;
  for (let place = 0; place < fields; place++) id = id * 2 + (set.includes(place) ? 0 : 1);
  return id;
}
