import type { LogSlice } from '../stream/log-slice.ts';
import { ENTRY_ROW } from '../stream/log-slice.ts';
import type { Allowance } from './pacing.ts';

/**
 * Where to cut, given that entries [from, limit) could be taken: entries later than `untilMs` stay, and so do all from
 * the row on that would be one too many. Entries that are no rows ride along for free.
 */
export function allowedEnd(slice: LogSlice, from: number, limit: number, allowance: Allowance): number {
  let end = from;
  let rows = 0;
  while (end < limit) {
    if ((slice.at[end] ?? 0) > allowance.untilMs) break;
    if (slice.kinds[end] === ENTRY_ROW && ++rows > allowance.rows) break;
    end++;
  }
  return end;
}

export function countRows(slice: LogSlice): number {
  let rows = 0;
  for (const batch of slice.rows) rows += batch?.length ?? 0;
  return rows;
}
