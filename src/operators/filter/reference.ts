import { evaluateExpression } from '../reference-expression.ts';
import type { Fates } from '../operator.ts';
import type { Reference, ReferenceRequest, ReferenceResult, ReferenceRow } from '../reference.ts';
import { noFates, passed } from '../reference.ts';
import type { FilterBound } from './definition.ts';

/** A row goes on if the predicate is TRUE for it. */
export function filterReference({ bound, inputs }: ReferenceRequest<FilterBound>): Reference {
  const fates: Fates = noFates();
  return {
    row(_input: number, row: ReferenceRow): readonly ReferenceResult[] {
      const outcome = evaluateExpression(bound.predicate, inputs[0]!.schema, row.values);
      if (!outcome.ok) fates.rejected++;
      else if (outcome.value === true) fates.used++;
      else fates.filtered++;
      return outcome.ok && outcome.value === true ? [passed(row, 'out', row.values)] : [];
    },
    watermark: () => [],
    fates: () => fates,
  };
}
