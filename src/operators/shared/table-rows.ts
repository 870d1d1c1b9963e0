import type { CompiledPredicate } from '../../expression/compile.ts';
import type { RowErrors } from '../../expression/frame.ts';
import { rowErrors } from '../../expression/frame.ts';
import type { Batch } from '../../stream/batch.ts';
import { kindAt, rowAt, rowCount, withSelection } from '../../stream/batch.ts';
import type { Changes } from '../../stream/row-kind.ts';
import { DELETE, INSERT, UPDATE_AFTER, UPDATE_BEFORE } from '../../stream/row-kind.ts';

/**
 * What a keyed changelog needs beside the rules for single rows. A deletion says nothing but its key, so that no expression
 * is asked about it; and whether a row was there before decides what its change is to whoever sees only some rows.
 */

/** The batch without the rows that only delete. */
export function withoutDeletions(batch: Batch): Batch {
  return batch.kinds === null ? batch : rowsOf(batch, (row) => kindAt(batch, row) !== DELETE);
}

/** The batch without the rows that failed. */
export function withoutFailed(batch: Batch, errors: RowErrors): Batch {
  return errors.count === 0 ? batch : rowsOf(batch, (row) => !errors.has(row));
}

function rowsOf(batch: Batch, isIn: (row: number) => boolean): Batch {
  const rows: number[] = [];
  const count = rowCount(batch);
  for (let i = 0; i < count; i++) {
    const row = rowAt(batch, i);
    if (isIn(row)) rows.push(row);
  }
  return withSelection(batch, Int32Array.from(rows));
}

/** One bit for each physical row of a spelled-out changelog: whether the condition holds for it. It must fail for none. */
export function passing(predicate: CompiledPredicate, changes: Batch): Uint8Array {
  const passes = new Uint8Array(changes.length);
  for (const row of predicate.select(changes, rowErrors())) passes[row] = 1;
  return passes;
}

/** Some rows of a spelled-out changelog, and how many of its changes they show something of. */
export interface Part {
  /** Null when there is nothing to tell. */
  readonly batch: Batch | null;
  /** Of the rows that came: those behind which something is told. */
  readonly told: number;
}

/**
 * The part of a spelled-out changelog (`UpsertTable.spelledOut`) whose rows have `side` as their bit in `sides`.
 * `retract`: those rows as they are. `upsert`: a change into the part is an insertion, one out of it a deletion with the
 * old row, and one beside it is nothing (Kafka: `KTableFilter`).
 */
export function partOf(changes: Batch, sides: Uint8Array, side: 0 | 1, kept: Exclude<Changes, 'append'>): Part {
  const rows: number[] = [];
  const kinds = Uint8Array.from({ length: changes.length }, (_, row) => kindAt(changes, row));
  let told = 0;
  for (let row = 0; row < changes.length; row++) {
    const replaced = kindAt(changes, row) === UPDATE_BEFORE ? row : -1;
    if (replaced >= 0) row++;
    const wasIn = replaced >= 0 && sides[replaced] === side;
    const isIn = sides[row] === side;
    if (!wasIn && !isIn) continue;
    told++;
    if (kept === 'retract') {
      if (wasIn) rows.push(replaced);
      if (isIn) rows.push(row);
    } else if (isIn) {
      rows.push(row);
      if (replaced >= 0) kinds[row] = wasIn ? UPDATE_AFTER : INSERT;
    } else {
      rows.push(replaced);
      kinds[replaced] = DELETE;
    }
  }
  return { batch: rows.length === 0 ? null : { ...changes, kinds, selection: Int32Array.from(rows) }, told };
}
