import { defined } from '../../stream/assert.ts';
import { rowToJson } from '../../stream/value.ts';
import type { LoggedEvent } from '../explain-protocol.ts';
import type { Run } from '../run.ts';

/** Events that are told of a list. */
const TOLD = 500;

/** Rows of the log by their numbers, ascending; the first ones of many. */
export async function loggedEvents(run: Run, seqs: readonly number[]): Promise<readonly LoggedEvent[]> {
  const events: LoggedEvent[] = [];
  for (const seq of seqs.slice(0, TOLD)) {
    for await (const slice of run.slices(seq, seq + 1)) {
      const source = slice.source[0] ?? -1;
      const batch = slice.rows[source] ?? null;
      if (batch === null || batch.length === 0) continue;
      const node = defined(run.plan.nodes[run.plan.sources[source] ?? -1], 'source');
      const tsMs = batch.ts[0] ?? Number.NaN;
      events.push({
        ...{ seq, sourceId: node.id, atMs: slice.at[0] ?? Number.NaN },
        tsMs: Number.isNaN(tsMs) ? null : tsMs,
        row: rowToJson(batch.columns, defined(node.outputs.out, 'rows of a source').schema, 0),
      });
    }
  }
  return events;
}
