import type { Batch } from '../../stream/batch.ts';
import type { Field } from '../../stream/types.ts';
import type { Json } from '../../stream/value.ts';
import { rowToJson } from '../../stream/value.ts';

/** A value of a row as results write it. */
export function valueAsJson(batch: Batch, column: number, field: Field | undefined, row: number): Json {
  const values = batch.columns[column];
  if (values === undefined || field === undefined) return null;
  return rowToJson([values], { fields: [field] }, row)[field.name] ?? null;
}
