import type { RowErrors } from '../../../expression/frame.ts';
import type { Batch } from '../../../stream/batch.ts';
import type { Accumulator, AggregateInput, RowRange } from './accumulator.ts';
import type { BoundAggregate } from './bound-aggregate.ts';

/** Evaluates argument and filter for the rows of a batch. A row for which either fails is for the caller to reject. */
export function aggregateInput({ argument, filter }: BoundAggregate, batch: Batch, errors: RowErrors): AggregateInput {
  const column = argument === null ? null : argument.evaluate(batch, errors);
  if (filter === null) return { column, chosen: null, batch };
  const chosen = new Uint8Array(batch.length);
  for (const row of filter.select(batch, errors)) chosen[row] = 1;
  return { column, chosen, batch };
}

export interface CellRows {
  readonly cells: Int32Array;
  readonly rows: Int32Array;
  readonly range: RowRange;
}

/** Adds rows to an accumulator's cells, but for those that the filter leaves out. */
export function addRows(accumulator: Accumulator, { cells, rows, range }: CellRows, input: AggregateInput): void {
  const { chosen } = input;
  if (chosen === null) {
    accumulator.add(cells, rows, range, input);
    return;
  }
  const chosenCells = new Int32Array(range.to - range.from);
  const chosenRows = new Int32Array(range.to - range.from);
  let count = 0;
  for (let i = range.from; i < range.to; i++) {
    if (chosen[rows[i]!] === 0) continue;
    chosenCells[count] = cells[i]!;
    chosenRows[count++] = rows[i]!;
  }
  accumulator.add(chosenCells, chosenRows, { from: 0, to: count }, input);
}
