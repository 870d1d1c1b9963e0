import type { Batch } from '../../stream/batch.ts';
import { scalarAt } from '../shared/state/scalar-table.ts';
import type { TopNBound } from './bind-top-n.ts';

/**
 * The last rank that a key gives out: a figure, or what its first row says; NULL says 0.
 * Flink: `AbstractTopNFunction.initRankEnd`.
 */
export function rankEndOf({ to, toColumn }: TopNBound, batch: Batch, row: number): number {
  const column = toColumn === null ? undefined : batch.columns[toColumn];
  return column === undefined ? to : Number(scalarAt(column, row) ?? 0);
}
