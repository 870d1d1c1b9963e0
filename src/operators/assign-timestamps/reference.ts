import { evaluateExpression } from '../reference-expression.ts';
import type { Fates } from '../operator.ts';
import type { Reference, ReferenceRequest, ReferenceResult, ReferenceRow } from '../reference.ts';
import { noFates, passed } from '../reference.ts';
import type { AssignTimestampsBound } from './definition.ts';

/**
 * A row whose time cannot be told is rejected, one that is too far ahead of the clock is left out; the others go on with the
 * time that the expression states.
 */
export function assignTimestampsReference({ bound, inputs }: ReferenceRequest<AssignTimestampsBound>): Reference {
  const fates: Fates = noFates();
  return {
    row(_input: number, row: ReferenceRow): readonly ReferenceResult[] {
      const outcome = evaluateExpression(bound.time, inputs[0]!.schema, row.values);
      const ts = outcome.ok && outcome.value !== null ? Math.floor(Number(outcome.value)) : Number.NaN;
      if (!(Math.abs(ts) < 2 ** 53)) {
        fates.rejected++;
        return [];
      }
      const { maxAheadMs } = bound.watermark;
      if (maxAheadMs > 0 && ts > row.at + maxAheadMs) {
        fates.filtered++;
        return [];
      }
      fates.used++;
      return [passed({ ...row, ts }, 'out', row.values)];
    },
    watermark: () => [],
    fates: () => fates,
  };
}
