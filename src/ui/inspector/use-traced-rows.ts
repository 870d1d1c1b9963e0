import { useMemo } from 'react';
import { useLineageView } from '../../app/lineage-view.ts';
import type { ResultTable } from '../../app/run-state.ts';
import { isInLineage } from '../timeline/trace-result.ts';
import type { RowPlace } from './row-places.ts';

const NONE: ReadonlySet<number> = new Set();

/** The rows of a place that are in the lineage that is shown. */
export function useTracedRows({ port }: Pick<RowPlace, 'port'>, table: ResultTable | null): ReadonlySet<number> {
  const shown = useLineageView((state) => state.shown);
  return useMemo(() => {
    if (shown === null || table === null) return NONE;
    const rows = Array.from({ length: table.length }, (_, row) => row);
    return new Set(rows.filter((row) => isInLineage(shown, table, row, port)));
  }, [shown, table, port]);
}
