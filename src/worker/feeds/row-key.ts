import type { Batch } from '../../stream/batch.ts';
import type { Column } from '../../stream/column.ts';
import { isNull } from '../../stream/column.ts';
import type { Field } from '../../stream/types.ts';
import { cell, toJson } from '../../stream/value.ts';

/** Some columns of a row as one text: equal for rows that hold the same values there, and for no others. */
export function rowKey(fields: readonly Field[], indices: readonly number[], batch: Batch, row: number): string {
  let key = '';
  for (const index of indices) key += cellKey(batch.columns[index], fields[index], row);
  return key;
}

/** Texts bring their length along, so that `ab` + `c` is not `a` + `bc`. */
function cellKey(column: Column | undefined, field: Field | undefined, row: number): string {
  if (column === undefined || field === undefined || isNull(column.nulls, row)) return 'n;';
  if (column.kind === 'text') {
    const text = column.dictionary[column.ids[row] ?? 0] ?? '';
    return `${String(text.length)}:${text}`;
  }
  // A BIGINT may lie in either layout.
  if (column.kind === 'int' || column.kind === 'float' || column.kind === 'long')
    return `${String(column.values[row])};`;
  const text = JSON.stringify(toJson(cell(column, field.type, row), field.type));
  return `${String(text.length)}:${text}`;
}
