import { configProblem } from '../../stream/node-definition.ts';
import type { Problem } from '../../stream/problem.ts';
import type { Field } from '../../stream/types.ts';

/** A problem for each column of an output whose name an earlier one has. */
export function duplicateColumns(
  fields: readonly Field[],
  { path, fix }: { readonly path: string; readonly fix: string },
): readonly Problem[] {
  const seen = new Set<string>();
  return fields.flatMap((field) => {
    if (!seen.has(field.name)) {
      seen.add(field.name);
      return [];
    }
    const message = `The output would have two columns called ${field.name}.`;
    return [configProblem('duplicate-column', path, message, fix)];
  });
}
