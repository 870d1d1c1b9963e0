import type { Batch } from '../../stream/batch.ts';
import type { Kernel, KernelRequest } from '../operator.ts';
import { RankedWindowsKernel } from '../shared/ranking/ranked-windows-kernel.ts';
import { comparing } from '../shared/ranking/sort-key.ts';
import type { DedupBound } from './bind-dedup.ts';
import { RunningDedup } from './running-kernel.ts';
import { timeOf } from './time-of.ts';

export function dedupKernel(request: KernelRequest<DedupBound>): Kernel {
  const { windows, key, keep, orderBy, timeColumn } = request.bound;
  if (windows === null) return new RunningDedup(request);
  const columns = orderBy === 'arrival' ? [] : [{ descending: keep === 'last' }];
  const ofEqual = keep === 'first' ? ('earlier' as const) : ('later' as const);
  const ranking = { compare: comparing(columns), sortColumns: columns.length, ofEqual, most: 1 };
  const sortKeyOf = (batch: Batch, row: number): readonly number[] | null => {
    if (orderBy === 'arrival') return [];
    const timeMs = timeOf(batch, row, timeColumn);
    return Number.isNaN(timeMs) ? null : [timeMs];
  };
  return new RankedWindowsKernel({ windows, key, ranking, from: 1, hasRank: false, sortKeyOf }, request);
}
