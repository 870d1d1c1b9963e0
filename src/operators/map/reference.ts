import { evaluateExpression } from '../reference-expression.ts';
import type { Value } from '../../stream/value.ts';
import type { Fates } from '../operator.ts';
import type { Reference, ReferenceRequest, ReferenceResult, ReferenceRow } from '../reference.ts';
import { noFates, passed } from '../reference.ts';
import { tableOf } from '../reference-table.ts';
import type { MapBound } from './definition.ts';

/**
 * Every output column by itself; a row in which one fails is rejected, as is one that lacks a new key in Flink's DataStream
 * API. A row that deletes by key has NULL where something fails. A table that loses its key tells the old row, then the new.
 */
export function mapReference({ bound, inputs }: ReferenceRequest<MapBound>): Reference {
  const fates: Fates = noFates();
  const table = bound.table?.becomes === 'loses-key' ? tableOf(bound.table.key.columns) : null;
  const isTable = bound.table !== null;

  const mapped = (row: ReferenceRow): readonly (Value | undefined)[] =>
    bound.columns.map((column) => {
      if (typeof column === 'number') return row.values[column] ?? null;
      const outcome = evaluateExpression(column, inputs[0]!.schema, row.values);
      return outcome.ok ? outcome.value : undefined;
    });
  const out = (row: ReferenceRow): ReferenceResult =>
    passed(
      row,
      'out',
      mapped(row).map((value) => value ?? null),
    );

  return {
    row(_input: number, row: ReferenceRow): readonly ReferenceResult[] {
      const isDeletion = isTable && row.op === '-D';
      const values = mapped(row);
      const isMissing = bound.keyColumns.some((column) => values[column] === null);
      const isUnknown = isDeletion && table !== null && table.find(row) === null;
      if ((!isDeletion && values.includes(undefined)) || isMissing || isUnknown) {
        fates.rejected++;
        return [];
      }
      fates.used++;
      if (table === null) return [out(row)];
      const before = table.take(row);
      const old = before === null ? null : { ...row, values: before.values, ts: before.ts };
      if (isDeletion) return [out({ ...old!, op: '-D' })];
      return old === null ? [out({ ...row, op: '+I' })] : [out({ ...old, op: '-U' }), out({ ...row, op: '+U' })];
    },
    watermark: () => [],
    fates: () => fates,
  };
}
