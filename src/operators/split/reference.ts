import { evaluateExpression } from '../reference-expression.ts';
import type { OutputPortName } from '../../stream/node-definition.ts';
import type { Reference, ReferenceRequest, ReferenceResult, ReferenceRow } from '../reference.ts';
import { noFates, passed } from '../reference.ts';
import { tableOf } from '../reference-table.ts';
import type { SplitBound } from './definition.ts';

/**
 * A row leaves by `out` if the predicate is TRUE for it, else by `rejected`. Of a keyed table each way has the rows on its
 * side: Kafka tells a way that a key is new in it, changed or gone; Flink tells the old row to the way that it stood on, and
 * the new one to its own.
 */
export function splitReference({ bound, inputs, dialect }: ReferenceRequest<SplitBound>): Reference {
  const fates = noFates();
  const isKafka = dialect === 'kafka-streams' || dialect === 'ksqldb';
  const table = bound.tableKey === null ? null : tableOf(bound.tableKey.columns);

  /** Null where the predicate fails. */
  const wayOf = (row: ReferenceRow): OutputPortName | null => {
    const outcome = evaluateExpression(bound.predicate, inputs[0]!.schema, row.values);
    if (!outcome.ok) return null;
    return outcome.value === true ? 'out' : 'rejected';
  };
  const told = (row: ReferenceRow, way: OutputPortName): ReferenceResult => passed(row, way, row.values);
  const rejected = (): readonly ReferenceResult[] => {
    fates.rejected++;
    return [];
  };

  return {
    row(_input: number, row: ReferenceRow): readonly ReferenceResult[] {
      const isDeletion = table !== null && row.op === '-D';
      const way = isDeletion ? null : wayOf(row);
      if (!isDeletion && way === null) return rejected();
      if (table === null) {
        fates.used++;
        return [told(row, way!)];
      }
      if (isDeletion && table.find(row) === null) return rejected();
      const before = table.take(row);
      const former = before === null ? null : wayOf(before);
      fates.used++;
      const results: ReferenceResult[] = [];
      if (isKafka) {
        if (former !== null && former !== way) results.push(told({ ...row, values: before!.values, op: '-D' }, former));
        if (way !== null) results.push(told({ ...row, op: former === way ? '+U' : '+I' }, way));
      } else {
        if (former !== null)
          results.push(told({ ...row, ts: before!.ts, values: before!.values, op: isDeletion ? '-D' : '-U' }, former));
        if (way !== null) results.push(told({ ...row, op: before === null ? '+I' : '+U' }, way));
      }
      return results;
    },
    watermark: () => [],
    fates: () => fates,
  };
}
