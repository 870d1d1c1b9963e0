import type { Value } from '../../stream/value.ts';
import type { Reference, ReferenceRequest, ReferenceResult, ReferenceRow } from '../reference.ts';
import { noFates } from '../reference.ts';
import type { DedupBound } from './bind-dedup.ts';

/**
 * Remembers every row and finds the one to keep again each time. Flink 2.0, `DeduplicateFunctionHelper`: the first is
 * replaced by a smaller time, the last by one that is not smaller.
 */
export function dedupReference({ bound }: ReferenceRequest<DedupBound>): Reference {
  const seen: ReferenceRow[] = [];
  const fates = noFates();
  const keyOf = (row: ReferenceRow): string =>
    JSON.stringify(bound.key.columns.map((column) => printed(row.values[column] ?? null)));
  const best = (rows: readonly ReferenceRow[]): ReferenceRow | undefined => {
    if (bound.orderBy === 'arrival') return bound.keep === 'first' ? rows[0] : rows.at(-1);
    const times = rows.map(({ ts }) => ts);
    if (bound.keep === 'first') return rows.find(({ ts }) => ts === Math.min(...times));
    return rows.findLast(({ ts }) => ts === Math.max(...times));
  };
  return {
    row: (_input, row): readonly ReferenceResult[] => {
      if (bound.orderBy === 'event-time' && Number.isNaN(row.ts)) {
        fates.rejected++;
        return [];
      }
      const same = seen.filter((other) => keyOf(other) === keyOf(row));
      const before = best(same);
      const after = best([...same, row]);
      seen.push(row);
      const at = { port: 'out' as const, seq: row.seq, phase: row.phase, window: null, pane: null };
      if (before === undefined) {
        fates.held++;
        return [{ ...at, ts: row.ts, values: row.values, op: '+I' }];
      }
      if (after !== row) {
        fates.filtered++;
        return [];
      }
      fates.used++;
      return [
        { ...at, ts: before.ts, values: before.values, op: '-U' },
        { ...at, ts: row.ts, values: row.values, op: '+U' },
      ];
    },
    watermark: () => [],
    fates: () => fates,
  };
}

function printed(value: Value): string {
  if (Object.is(value, -0)) return '0';
  return typeof value === 'bigint' ? String(value) : `${typeof value} ${String(value)}`;
}
