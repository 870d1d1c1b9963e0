import { assert } from '../stream/assert.ts';
import type { WindowLine } from './window-run.ts';

/**
 * `3.1 [0,10) on-time#0 a n=2 total=7`: position, window, pane, key, values; changes but +I before the window, a grouping
 * id before the key. The key is the column `user`, the values are `n` and `total`; rows on other ports show their `amount`.
 */
export function shownWindow({ seq, phase, node, op, row, window, pane, ts }: WindowLine): string {
  const at = `${seq}.${phase}`;
  const key = row['user'] === null ? 'NULL' : String(row['user']);
  if (node !== 'out') return `${at} ${node} ${key} ${String(row['amount'])}`;
  const kind = op === '+I' ? '' : `${op} `;
  const set = row['gid'] === undefined ? '' : `${String(row['gid'])} `;
  const values = `${set}${key} n=${String(row['n'])} total=${String(row['total'])}`;
  if (window === null || pane === null) return `${at} ${kind}${values}`;
  assert(ts === window[1] - 1, 'a result at the last millisecond of its window');
  return `${at} ${kind}[${window.join(',')}) ${pane.timing}#${pane.index} ${values}`;
}
