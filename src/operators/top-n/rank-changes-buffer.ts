import type { Batch } from '../../stream/batch.ts';
import { phaseAt } from '../../stream/batch.ts';
import type { RowKind } from '../../stream/row-kind.ts';
import { DELETE, INSERT, UPDATE_AFTER, UPDATE_BEFORE } from '../../stream/row-kind.ts';
import type { Schema } from '../../stream/types.ts';
import { ResultBuilder } from '../shared/result-builder.ts';
import type { RowStore } from '../shared/state/row-store.ts';
import type { TopNBound } from './bind-top-n.ts';
import type { RankedKey, RankedRow } from './ranked-keys-state.ts';

/** The row that causes changes. */
export interface Cause {
  readonly batch: Batch;
  readonly row: number;
}

/** Places in a key's list. */
export interface Move {
  readonly from: number;
  readonly to: number;
}

/**
 * What a change of a key's list means to whoever sees only its ranks. All methods are called before the list changes.
 * Flink: `AppendOnlyTopNFunction`, `RetractableTopNFunction` and `UpdatableTopNFunction`, with and without row number.
 */
export class RankChanges {
  private readonly bound: TopNBound;
  private readonly rows: RowStore;
  private readonly results: ResultBuilder;
  private readonly width: number;
  /** Whether each rank is told of by itself; else only which rows are among the ranked. */
  private readonly byRank: boolean;

  constructor(bound: TopNBound, rows: RowStore, output: Schema) {
    this.bound = bound;
    this.rows = rows;
    this.results = new ResultBuilder(output);
    this.width = output.fields.length - (bound.hasRank ? 1 : 0);
    this.byRank = bound.hasRank || bound.from > 1;
  }

  get length(): number {
    return this.results.length;
  }

  take(): Batch | null {
    return this.results.take(null);
  }

  /** `row` comes to place `place`; those from there on move back. */
  inserting({ rows, to }: RankedKey, place: number, row: RankedRow, cause: Cause): void {
    const count = rows.length;
    if (!this.byRank) {
      if (place >= to) return;
      if (count >= to) this.tell(rows[to - 1]!, to, DELETE, cause);
      this.tell(row, place + 1, INSERT, cause);
      return;
    }
    let moved = row;
    for (let i = place; i < Math.min(count, to); i++) {
      this.replace(rows[i]!, moved, i + 1, cause);
      moved = rows[i]!;
    }
    if (count < to) this.tell(moved, count + 1, INSERT, cause);
  }

  /** The row at `place` goes; those behind it move up. */
  removing({ rows, to }: RankedKey, place: number, cause: Cause): void {
    const count = rows.length;
    if (!this.byRank) {
      if (place >= to) return;
      this.tell(rows[place]!, place + 1, DELETE, cause);
      if (count > to) this.tell(rows[to]!, to, INSERT, cause);
      return;
    }
    for (let i = place; i < Math.min(count - 1, to); i++) this.replace(rows[i]!, rows[i + 1]!, i + 1, cause);
    if (count <= to) this.tell(rows[count - 1]!, count, DELETE, cause);
  }

  /** `row` takes the place of the one at `from` and then moves to `to`. */
  moving({ rows }: RankedKey, { from, to }: Move, row: RankedRow, cause: Cause): void {
    if (!this.byRank) {
      this.replace(rows[from]!, row, from + 1, cause);
      return;
    }
    for (let i = Math.min(from, to); i <= Math.max(from, to); i++) {
      const next = i === to ? row : rows[to < from ? i - 1 : i + 1]!;
      this.replace(rows[i]!, next, i + 1, cause);
    }
  }

  /** At a rank, another row. */
  replace(before: RankedRow, after: RankedRow, rank: number, cause: Cause): void {
    if (this.bound.generateUpdateBefore) this.tell(before, rank, UPDATE_BEFORE, cause);
    this.tell(after, rank, UPDATE_AFTER, cause);
  }

  tell(row: RankedRow, rank: number, kind: RowKind, { batch, row: cause }: Cause): void {
    if (rank < this.bound.from) return;
    const { columns } = this.results;
    this.rows.appendTo(columns, 0, row.handle);
    if (this.bound.hasRank) columns[this.width]!.append(rank);
    this.results.place(batch.seq[cause]!, phaseAt(batch, cause) === 0 ? 0 : 1, batch.ts[cause]!, kind);
    if (kind === INSERT || kind === UPDATE_AFTER) row.shown = true;
  }
}
