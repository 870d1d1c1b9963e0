import type { Schema } from '../../stream/types.ts';

interface NamedStep {
  readonly name: string;
  readonly negated: boolean;
}

/**
 * What the condition of step `at` may read: the columns of the row, then for each step up to it that takes rows a ROW, the
 * last that it has taken before, NULL while there is none. `steps` are the places of those steps, in the same order.
 */
export function conditionSchema(
  steps: readonly NamedStep[],
  at: number,
  input: Schema,
): { readonly schema: Schema; readonly steps: readonly number[] } {
  const known = steps.flatMap(({ negated }, i) => (i <= at && !negated ? [i] : []));
  const taken = known.flatMap((i) => {
    const step = steps[i];
    return step === undefined
      ? []
      : [{ name: step.name, type: { kind: 'ROW' as const, fields: input.fields }, nullable: true }];
  });
  return { schema: { fields: [...input.fields, ...taken] }, steps: known };
}
