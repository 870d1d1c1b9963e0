import type { Value } from '../../stream/value.ts';
import { evaluateExpression } from '../reference-expression.ts';
import type { Reference, ReferenceRequest, ReferenceResult, ReferenceRow } from '../reference.ts';
import { noFates, passed } from '../reference.ts';
import { tableOf } from '../reference-table.ts';
import type { FlatMapBound } from './definition.ts';

/**
 * A row for each place that any of the arrays reaches. Of a keyed table the rows of the former one are taken back first,
 * at the time that it had.
 */
export function flatMapReference({ bound, inputs }: ReferenceRequest<FlatMapBound>): Reference {
  const fates = noFates();
  const table = bound.tableKey === null ? null : tableOf(bound.tableKey.columns);

  /** Null where an array cannot be computed. */
  const exploded = (row: ReferenceRow): readonly ReferenceResult[] | null => {
    const arrays: (readonly Value[])[] = [];
    for (const expression of bound.arrays) {
      const outcome = evaluateExpression(expression, inputs[0]!.schema, row.values);
      if (!outcome.ok) return null;
      arrays.push(outcome.value === null ? [] : (outcome.value as readonly Value[]));
    }
    const longest = Math.max(...arrays.map((array) => array.length));
    const kept = bound.kept.map((index) => row.values[index]!);
    const results: ReferenceResult[] = [];
    for (let place = 0; place < longest || (place === 0 && bound.keepEmpty); place++) {
      const elements = arrays.map((array) => array[place] ?? null);
      const ordinal = bound.hasOrdinality ? [longest === 0 ? null : place + 1] : [];
      results.push(passed(row, 'out', [...kept, ...elements, ...ordinal]));
    }
    return results;
  };
  const told = (results: readonly ReferenceResult[]): readonly ReferenceResult[] => {
    fates[results.length > 0 ? 'used' : 'filtered']++;
    return results;
  };

  return {
    row(_input: number, row: ReferenceRow): readonly ReferenceResult[] {
      const isDeletion = table !== null && row.op === '-D';
      const after = isDeletion ? [] : exploded(row);
      if (after === null || (isDeletion && table.find(row) === null)) {
        fates.rejected++;
        return [];
      }
      if (table === null) return told(after);
      const before = table.take(row);
      if (before === null) return told(after.map((result) => ({ ...result, op: '+I' as const })));
      const taken = exploded({ ...row, ts: before.ts, values: before.values, op: isDeletion ? '-D' : '-U' }) ?? [];
      return told([...taken, ...after.map((result) => ({ ...result, op: '+U' as const }))]);
    },
    watermark: () => [],
    fates: () => fates,
  };
}
