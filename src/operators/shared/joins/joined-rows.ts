import { rowErrors } from '../../../expression/frame.ts';
import type { ColumnBuilder } from '../../../stream/column-builder.ts';
import type { Schema } from '../../../stream/types.ts';
import { ResultBuilder } from '../result-builder.ts';
import type { RowStore } from '../state/row-store.ts';
import type { BoundMatch } from './bind-join.ts';
import { joinedFields } from './bind-join.ts';

/** In place of a row's handle: the side has no row, its columns are NULL. */
export const NO_ROW = -1;

interface Sides {
  readonly left: Schema;
  readonly right: Schema;
}

/** Which candidates match; or what the residual condition fails with for one of them. */
export type Matches =
  { readonly ok: true; readonly matched: readonly boolean[] } | { readonly ok: false; readonly message: string };

/** Puts joined rows together from the rows that the two sides keep, and asks the residual condition about them. */
export class JoinedRows {
  private readonly sides: Sides;
  private readonly stores: readonly [RowStore, RowStore];
  private readonly match: Pick<BoundMatch, 'residual'>;
  private readonly candidates: ResultBuilder;

  constructor(match: Pick<BoundMatch, 'residual'>, sides: Sides, stores: readonly [RowStore, RowStore]) {
    this.match = match;
    this.sides = sides;
    this.stores = stores;
    this.candidates = new ResultBuilder({ fields: joinedFields(sides.left, sides.right) });
  }

  /** Appends the joined row, one value a builder; NULL for a side without row (`NO_ROW`). */
  appendTo(builders: readonly ColumnBuilder[], left: number, right: number): void {
    const width = this.sides.left.fields.length;
    if (left === NO_ROW) for (let i = 0; i < width; i++) builders[i]!.appendNull();
    else this.stores[0].appendTo(builders, 0, left);
    if (right === NO_ROW) for (let i = 0; i < this.sides.right.fields.length; i++) builders[width + i]!.appendNull();
    else this.stores[1].appendTo(builders, width, right);
  }

  /** Which of the pairs of kept rows the residual condition holds for: TRUE, not NULL. All of them where there is none. */
  matches(pairs: readonly (readonly [left: number, right: number])[]): Matches {
    const { residual } = this.match;
    if (residual === null || pairs.length === 0) return { ok: true, matched: pairs.map(() => true) };
    pairs.forEach(([left, right], i) => {
      this.appendTo(this.candidates.columns, left, right);
      this.candidates.place(i, 0, 0);
    });
    const batch = this.candidates.take(null)!;
    const errors = rowErrors();
    const selected = residual.select(batch, errors);
    for (let i = 0; i < pairs.length; i++) if (errors.has(i)) return { ok: false, message: errors.message(i) };
    const matched = pairs.map(() => false);
    for (const row of selected) matched[row] = true;
    return { ok: true, matched };
  }
}
