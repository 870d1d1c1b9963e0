import type { CompiledPredicate } from '../../../expression/compile.ts';
import { rowErrors } from '../../../expression/frame.ts';
import type { StreamType } from '../../../stream/batch.ts';
import type { ColumnBuilder } from '../../../stream/column-builder.ts';
import type { EventTimeMs } from '../../../stream/time.ts';
import type { Schema } from '../../../stream/types.ts';
import type { KernelOutput } from '../../operator.ts';
import { ResultBuilder } from '../result-builder.ts';
import type { RowStore } from '../state/row-store.ts';
import { NO_ROW } from '../state/row-store.ts';
import type { BoundMatch } from './bind-join.ts';
import { joinedFields } from './bind-join.ts';

interface Sides {
  readonly left: Schema;
  readonly right: Schema;
}

/** Handles of rows that the two sides keep. */
export type Pair = readonly [left: number, right: number];

/** Where results stand. */
export interface Placement {
  readonly seq: number;
  readonly phase: 0 | 1;
  readonly timeMs: EventTimeMs;
}

/** Which candidates match; or what the residual condition fails with for one of them. */
export type Matches =
  { readonly ok: true; readonly matched: readonly boolean[] } | { readonly ok: false; readonly message: string };

/** Puts joined rows together from the rows that the two sides keep, and asks the residual condition about them. */
export class JoinedRows {
  private readonly sides: Sides;
  private readonly stores: readonly [RowStore, RowStore];
  private readonly match: Pick<BoundMatch, 'residual'>;
  private readonly type: StreamType;
  private readonly candidates: ResultBuilder;

  constructor(match: Pick<BoundMatch, 'residual'>, sides: Sides, stores: readonly [RowStore, RowStore]) {
    this.match = match;
    this.sides = sides;
    this.stores = stores;
    const schema = { fields: joinedFields(sides.left, sides.right) };
    this.type = { schema, changes: 'append', key: null, eventTime: true };
    this.candidates = new ResultBuilder(schema);
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
  matches(pairs: readonly Pair[]): Matches {
    const { residual } = this.match;
    if (residual === null || pairs.length === 0) return { ok: true, matched: pairs.map(() => true) };
    const { errors, matched } = this.judge(residual, pairs, { seq: 0, phase: 0, timeMs: 0 });
    for (let i = 0; i < pairs.length; i++) if (errors.has(i)) return { ok: false, message: errors.message(i) };
    return { ok: true, matched };
  }

  /** The same when none of the rows can be rejected any more: a pair that the condition fails for is told, and no match. */
  matchesOf(pairs: readonly Pair[], place: Placement, out: KernelOutput): readonly boolean[] {
    const { residual } = this.match;
    if (residual === null || pairs.length === 0) return pairs.map(() => true);
    const { batch, errors, matched } = this.judge(residual, pairs, place);
    if (errors.count === 0) return matched;
    return matched.map((isMatch, row) => {
      if (!errors.has(row)) return isMatch;
      out.rejected({ batch, row, type: this.type, message: errors.message(row) });
      return false;
    });
  }

  private judge(residual: CompiledPredicate, pairs: readonly Pair[], { seq, phase, timeMs }: Placement) {
    for (const [left, right] of pairs) {
      this.appendTo(this.candidates.columns, left, right);
      this.candidates.place(seq, phase, timeMs);
    }
    const batch = this.candidates.take(null)!;
    const errors = rowErrors();
    const matched = pairs.map(() => false);
    for (const row of residual.select(batch, errors)) matched[row] = true;
    return { batch, errors, matched };
  }
}
