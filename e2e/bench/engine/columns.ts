import { assert, defined } from '../../../src/stream/assert.ts';
import type { Batch } from '../../../src/stream/batch.ts';
import type { Schema } from '../../../src/stream/types.ts';
import { fieldIndex } from '../../../src/stream/types.ts';

/** Index of the column called `name`, which the job's document makes. */
export function indexOf(schema: Schema, name: string): number {
  const index = fieldIndex(schema, name);
  assert(index >= 0, `a column ${name}`);
  return index;
}

export function intsOf(batch: Batch, index: number): Int32Array {
  const column = defined(batch.columns[index], 'a column');
  assert(column.kind === 'int' && column.nulls === null, 'whole numbers without NULL');
  return column.values;
}

export function floatsOf(batch: Batch, index: number): Float64Array {
  const column = defined(batch.columns[index], 'a column');
  assert(column.kind === 'float' && column.nulls === null, 'doubles without NULL');
  return column.values;
}
