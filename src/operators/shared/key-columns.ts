import type { StreamType } from '../../stream/batch.ts';
import { configProblem } from '../../stream/node-definition.ts';
import type { Problem, Result } from '../../stream/problem.ts';
import { resultOf } from '../../stream/problem.ts';
import type { Field, Schema } from '../../stream/types.ts';
import { fieldIndex, typeName } from '../../stream/types.ts';

/** The columns that rows are grouped or matched by, found in a schema. */
export interface BoundKey {
  readonly fields: readonly Field[];
  /** Indices of the columns, parallel to `fields`. */
  readonly columns: readonly number[];
}

/** Finds key columns by name. Collections cannot be compared for equality here and are refused. */
export function bindKey(names: readonly string[], schema: Schema, path: string): Result<BoundKey> {
  const problems: Problem[] = [];
  const fields: Field[] = [];
  const columns: number[] = [];
  names.forEach((name, i) => {
    const index = fieldIndex(schema, name);
    const found = schema.fields[index];
    if (found === undefined) {
      const known = schema.fields.map((field) => field.name).join(', ');
      problems.push(
        configProblem('unknown-column', `${path}.${i}`, `There is no column ${name}.`, `Choose one of: ${known}.`),
      );
    } else if (found.type.kind === 'ARRAY' || found.type.kind === 'MAP' || found.type.kind === 'ROW') {
      const message = `${name} is ${typeName(found.type)}: rows cannot be grouped by a collection.`;
      problems.push(configProblem('wrong-type', `${path}.${i}`, message, 'Take one value out of it in a map before.'));
    } else if (columns.includes(index)) {
      const message = `The key names ${name} twice.`;
      problems.push(configProblem('duplicate-column', `${path}.${i}`, message, 'Remove one of them.'));
    } else {
      fields.push(found);
      columns.push(index);
    }
  });
  return resultOf({ fields, columns }, problems);
}

/** The key of a stream whose rows replace each other; null for one that spells out what goes. */
export function bindTableKey({ changes, key, schema }: StreamType): Result<BoundKey | null> {
  return changes === 'upsert' ? bindKey(key ?? [], schema, 'inputs') : { ok: true, value: null, problems: [] };
}
