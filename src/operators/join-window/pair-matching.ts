import { defined } from '../../stream/assert.ts';
import { columnBuilder } from '../../stream/column-builder.ts';
import type { Schema } from '../../stream/types.ts';
import type { KernelOutput } from '../operator.ts';
import type { JoinedRows, Pair, Placement } from '../shared/joins/joined-rows.ts';
import type { RowStore } from '../shared/state/row-store.ts';
import type { Scalar } from '../shared/state/scalar-table.ts';
import { scalarAt } from '../shared/state/scalar-table.ts';
import type { WindowJoinBound } from './bound.ts';
import type { JoinWindow } from './windows-state.ts';

/** What pairs are judged with. */
export interface MatchingParts {
  readonly bound: WindowJoinBound;
  readonly schemas: readonly [Schema, Schema];
  readonly stores: readonly [RowStore, RowStore];
  readonly joined: JoinedRows;
}

/** Finds the partners of the rows of one window, once it is complete. */
export class PairMatching {
  private readonly parts: MatchingParts;

  constructor(parts: MatchingParts) {
    this.parts = parts;
  }

  /** For each row of the side its partners on the other, in order of arrival. */
  *partners(
    window: JoinWindow,
    side: 0 | 1,
    place: Placement,
    out: KernelOutput,
  ): Iterable<readonly [handle: number, partners: readonly number[]]> {
    const { bound, joined } = this.parts;
    const others = window.lacksKey ? [] : window.rows[side === 0 ? 1 : 0];
    const mayEqual = bound.nullAware ? this.nullAware(window) : null;
    for (const [i, handle] of window.rows[side].entries()) {
      const candidates = mayEqual === null ? others : others.filter((_, k) => mayEqual(i, k));
      if (bound.residual === null) yield [handle, candidates];
      else {
        const pairs = candidates.map((other): Pair => (side === 0 ? [handle, other] : [other, handle]));
        const matched = joined.matchesOf(pairs, place, out);
        yield [handle, candidates.filter((_, k) => matched[k])];
      }
    }
  }

  /**
   * Whether the i-th left and the k-th right row may have the same key: NULL, in a column where it is not a value like
   * others, may be any value.
   */
  private nullAware({ rows }: JoinWindow): (i: number, k: number) => boolean {
    const { leftKey, rightKey, nullSafe } = this.parts.bound;
    const left = this.scalarsOf(0, rows[0], leftKey.columns);
    const right = this.scalarsOf(1, rows[1], rightKey.columns);
    return (i, k) =>
      nullSafe.every((isSafe, column) => {
        const [a, b] = [left[i]?.[column] ?? null, right[k]?.[column] ?? null];
        return (!isSafe && (a === null || b === null)) || Object.is(a, b);
      });
  }

  private scalarsOf(
    side: 0 | 1,
    handles: readonly number[],
    columns: readonly number[],
  ): readonly (readonly Scalar[])[] {
    const builders = this.parts.schemas[side].fields.map(({ type }) => columnBuilder(type));
    for (const handle of handles) this.parts.stores[side].appendTo(builders, 0, handle);
    const built = builders.map((builder) => builder.finish());
    const keyColumns = columns.map((column) => defined(built[column], 'a key column'));
    return handles.map((_, row) => keyColumns.map((column) => scalarAt(column, row)));
  }
}
