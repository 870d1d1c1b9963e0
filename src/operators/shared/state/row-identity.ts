import type { Batch } from '../../../stream/batch.ts';
import { identityOf, valueAt } from '../aggregates/stored-value.ts';

/** The same text for rows whose columns are all equal, and for no others: -0 equals 0, NaN and NULL themselves. */
export function rowIdentity(batch: Batch, row: number): string {
  let text = '';
  for (const column of batch.columns) {
    const identity = identityOf(valueAt(column, row));
    const part = String(identity);
    text += `${identity === null ? '-' : part.length}:${part};`;
  }
  return text;
}
