import { evaluateExpression } from '../reference-expression.ts';
import type { Fates } from '../operator.ts';
import type { Reference, ReferenceRequest, ReferenceResult, ReferenceRow } from '../reference.ts';
import { noFates, passed } from '../reference.ts';
import { tableOf } from '../reference-table.ts';
import type { FilterBound } from './definition.ts';

/**
 * A row goes on if the predicate is TRUE for it. Of a keyed table, Kafka tells what became of a key among the rows that pass:
 * it is new, changed, gone, or was never there; Flink tells the old row and the new one, each if it passes.
 */
export function filterReference({ bound, inputs, dialect }: ReferenceRequest<FilterBound>): Reference {
  const fates: Fates = noFates();
  const isKafka = dialect === 'kafka-streams' || dialect === 'ksqldb';
  const table = bound.tableKey === null ? null : tableOf(bound.tableKey.columns);
  const passes = (row: ReferenceRow | null): boolean | null => {
    if (row === null) return false;
    const outcome = evaluateExpression(bound.predicate, inputs[0]!.schema, row.values);
    return outcome.ok ? outcome.value === true : null;
  };
  const out = (row: ReferenceRow): ReferenceResult => passed(row, 'out', row.values);

  return {
    row(_input: number, row: ReferenceRow): readonly ReferenceResult[] {
      const isDeletion = table !== null && row.op === '-D';
      const isIn = isDeletion ? false : passes(row);
      if (isIn === null || (isDeletion && table.find(row) === null)) {
        fates.rejected++;
        return [];
      }
      if (table === null) {
        fates[isIn ? 'used' : 'filtered']++;
        return isIn ? [out(row)] : [];
      }
      const before = table.take(row);
      const wasIn = passes(before) === true;
      fates[isIn || wasIn ? 'used' : 'filtered']++;
      if (isKafka) {
        if (isIn) return [out({ ...row, op: wasIn ? '+U' : '+I' })];
        return wasIn ? [out({ ...row, values: before!.values, op: '-D' })] : [];
      }
      const old = before === null ? null : { ...row, values: before.values, ts: before.ts };
      return [
        ...(wasIn ? [out({ ...old!, op: isDeletion ? '-D' : '-U' })] : []),
        ...(isIn ? [out({ ...row, op: before === null ? '+I' : '+U' })] : []),
      ];
    },
    watermark: () => [],
    fates: () => fates,
  };
}
