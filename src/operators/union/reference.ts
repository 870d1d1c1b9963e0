import type { Fates } from '../operator.ts';
import type { Reference, ReferenceRequest, ReferenceResult, ReferenceRow } from '../reference.ts';
import { noFates, passed } from '../reference.ts';
import { tableOf } from '../reference-table.ts';
import type { UnionBound } from './definition.ts';

/** Every row of every input; of a keyed one first the row that it replaces. */
export function unionReference({ bound }: ReferenceRequest<UnionBound>): Reference {
  const fates: Fates = noFates();
  const tables = bound.tableKeys.map((key) => (key === null ? null : tableOf(key.columns)));
  return {
    row: (input, row) => {
      const table = tables[input] ?? null;
      const before = table?.take(row) ?? null;
      if (table !== null && before === null && row.op === '-D') {
        fates.rejected++;
        return [];
      }
      fates.used++;
      if (table === null) return [out(row)];
      const old = before === null ? null : { ...row, values: before.values, ts: before.ts };
      if (row.op === '-D') return [out({ ...old!, op: '-D' })];
      return old === null ? [out({ ...row, op: '+I' })] : [out({ ...old, op: '-U' }), out({ ...row, op: '+U' })];
    },
    watermark: () => [],
    fates: () => fates,
  };
}

function out(row: ReferenceRow): ReferenceResult {
  return passed(row, 'out', row.values);
}
