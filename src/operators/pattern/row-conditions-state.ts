import type { RowErrors } from '../../expression/frame.ts';
import { rowErrors } from '../../expression/frame.ts';
import type { Batch } from '../../stream/batch.ts';
import type { Column } from '../../stream/column.ts';
import { nullBitmap, setNull } from '../../stream/column.ts';
import type { ColumnBuilder } from '../../stream/column-builder.ts';
import { columnBuilder } from '../../stream/column-builder.ts';
import type { Schema } from '../../stream/types.ts';
import type { RowStore } from '../shared/state/row-store.ts';
import type { PatternBound } from './bound.ts';
import { conditionSchema } from './condition-schema.ts';
import type { KeptRow, TakenRow } from './runs-state.ts';

/** Answers the conditions of steps: at once where they ask about a row alone, else about it and what was taken before it. */
export class RowConditions {
  private readonly bound: PatternBound;
  private readonly input: Schema;
  private readonly store: RowStore;
  /** By step: the places of the steps whose rows its condition may read. */
  private readonly known: readonly (readonly number[])[];

  constructor(bound: PatternBound, input: Schema, store: RowStore) {
    this.bound = bound;
    this.input = input;
    this.store = store;
    this.known = bound.steps.map((_, i) => conditionSchema(bound.steps, i, input).steps);
  }

  /** By physical row: bit i tells whether the condition of step i holds. Notes the rows for which one fails. */
  aboutRows(batch: Batch, errors: RowErrors): Int32Array {
    const holds = new Int32Array(batch.length);
    this.bound.steps.forEach(({ condition, asks }, step) => {
      if (asks.length > 0) return;
      for (const row of condition.select(batch, errors)) holds[row]! |= 1 << step;
    });
    return holds;
  }

  /** The answer for one row; `failed` hears of a condition that fails, which counts as one that does not hold. */
  aboutPath(
    step: number,
    row: KeptRow,
    path: TakenRow | null,
    failed: (batch: Batch, message: string) => void,
  ): boolean {
    const { asks, condition } = this.bound.steps[step]!;
    const columns = this.cells(row.handle);
    const taken = this.known[step]!.map((other) => this.lastOf(asks.includes(other) ? lastOf(path, other) : null));
    const batch: Batch = {
      length: 1,
      selection: null,
      columns: [...columns, ...taken],
      seq: Float64Array.of(0),
      phase: null,
      ts: Float64Array.of(row.timeMs),
      kinds: null,
      origin: null,
    };
    const errors = rowErrors();
    const answer = condition.select(batch, errors).length > 0;
    if (errors.count > 0) failed({ ...batch, columns }, errors.message(0));
    return answer;
  }

  private lastOf(row: KeptRow | null): Column {
    if (row !== null) return { kind: 'row', children: this.cells(row.handle), nulls: null };
    const nulls = nullBitmap(1);
    setNull(nulls, 0);
    const children = this.builders().map((builder) => {
      builder.appendNull();
      return builder.finish();
    });
    return { kind: 'row', children, nulls };
  }

  private cells(handle: number): readonly Column[] {
    const builders = this.builders();
    this.store.appendTo(builders, 0, handle);
    return builders.map((builder) => builder.finish());
  }

  private builders(): readonly ColumnBuilder[] {
    return this.input.fields.map(({ type }) => columnBuilder(type));
  }
}

function lastOf(path: TakenRow | null, step: number): KeptRow | null {
  for (let taken = path; taken !== null; taken = taken.previous) if (taken.step === step) return taken.row;
  return null;
}
