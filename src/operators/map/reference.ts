import { evaluateExpression } from '../reference-expression.ts';
import type { Value } from '../../stream/value.ts';
import type { Fates } from '../operator.ts';
import type { Reference, ReferenceRequest, ReferenceResult, ReferenceRow } from '../reference.ts';
import { noFates, passed } from '../reference.ts';
import type { MapBound } from './definition.ts';

/** Every output column by itself; a row in which one fails is rejected. */
export function mapReference({ bound, inputs }: ReferenceRequest<MapBound>): Reference {
  const fates: Fates = noFates();
  return {
    row(_input: number, row: ReferenceRow): readonly ReferenceResult[] {
      const values: Value[] = [];
      for (const column of bound.columns) {
        if (typeof column === 'number') values.push(row.values[column]!);
        else {
          const outcome = evaluateExpression(column, inputs[0]!.schema, row.values);
          if (!outcome.ok) {
            fates.rejected++;
            return [];
          }
          values.push(outcome.value);
        }
      }
      fates.used++;
      return [passed(row, 'out', values)];
    },
    watermark: () => [],
    fates: () => fates,
  };
}
