import type { Value } from '../../stream/value.ts';
import { formatDecimal } from '../../stream/value.ts';
import type { Fates } from '../operator.ts';
import { ReferenceMatch } from '../reference-match.ts';
import { tableOf } from '../reference-table.ts';
import type { Reference, ReferenceRequest, ReferenceResult, ReferenceRow } from '../reference.ts';
import { noFates, passed } from '../reference.ts';
import type { LookupJoinBound } from './definition.ts';

/**
 * Looks at every row of the table for every row that comes. NULL in the key: Flink and Beam find nothing; Kafka skips the
 * record, but not of a left join (`KStreamKTableJoinProcessor.maybeDropRecord`, since release 3.7); ksqlDB skips it.
 */
export function lookupJoinReference({ bound, inputs, dialect }: ReferenceRequest<LookupJoinBound>): Reference {
  const { fields } = bound.table;
  const rows = bound.table.rows.map((row) => row.map((value, i) => shown(value, fields[i]!.type)));
  const match = new ReferenceMatch(bound.match, [inputs[0]!, { schema: { fields } }]);
  const fates: Fates = noFates();
  const input = bound.tableKey === null ? null : tableOf(bound.tableKey.columns);

  const reject = (row: ReferenceRow): readonly ReferenceResult[] => {
    fates.rejected++;
    return [passed(row, 'rejected', row.values)];
  };

  /** What the row gives; null where the condition fails for it. */
  const joined = (row: ReferenceRow): readonly ReferenceResult[] | null => {
    const candidates = rows.filter((other) => match.keysMatch(row.values, other));
    const verdicts = candidates.map((other) => match.residualHolds(row.values, other));
    if (verdicts.includes(null)) return null;
    const found = candidates.filter((_, i) => verdicts[i]);
    const beside = found.length === 0 && bound.kind === 'left' ? [null] : found;
    return beside.map((other) => passed(row, 'out', match.joined(0, row.values, other)));
  };

  return {
    row(_input, row): readonly ReferenceResult[] {
      const isSkipped = dialect === 'ksqldb' || (dialect === 'kafka-streams' && bound.kind === 'inner');
      if (isSkipped && match.keyOf(0, row.values).includes(null)) return reject(row);
      const deletes = input !== null && row.op === '-D';
      const before = input?.find(row) ?? null;
      if (deletes && before === null) return reject(row);
      const own = deletes ? joined({ ...before!, seq: row.seq, phase: row.phase, op: '-D' }) : joined(row);
      if (own === null) return reject(row);
      input?.take(row);
      fates[own.length > 0 ? 'used' : 'unmatched']++;
      if (input === null || deletes) return own;
      const op = before === null ? '+I' : '+U';
      const old = before === null ? [] : (joined({ ...before, seq: row.seq, phase: row.phase, op: '-U' }) ?? []);
      return [...old, ...own.map((result) => ({ ...result, op }) as const)];
    },
    watermark: () => [],
    fates: () => fates,
  };
}

/** A value of the table as rows hold it: a DECIMAL is its digits. */
function shown(value: Value, type: { readonly kind: string; readonly scale?: number }): Value {
  return type.kind === 'DECIMAL' && typeof value === 'bigint' ? formatDecimal(value, type.scale ?? 0) : value;
}
