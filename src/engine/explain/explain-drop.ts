import { timeGiversOf, upstreamOf } from './ancestors.ts';
import { curesByRule } from './cures-by-rule.ts';
import type { DropEvidence, DropPlace } from './drop-evidence.ts';
import { DropSearch } from './drop-search.ts';
import type { ExplainedRun } from './replaying.ts';

/**
 * Why a row was dropped, and what would have kept it as far as a rule says so. Null where the run dropped no such row. The
 * log is replayed up to the row, for the node and what feeds it alone.
 */
export async function explainDrop(run: ExplainedRun, place: DropPlace): Promise<DropEvidence | null> {
  const index = run.plan.nodes.findIndex(({ id }) => id === place.nodeId);
  if (index < 0 || place.seq >= run.entries) return null;
  const { plan, node } = upstreamOf(run.plan, index);
  const givers = timeGiversOf(plan, node);
  const search = new DropSearch(plan, { node, seq: place.seq, nth: place.nth, givers: givers.nodes });
  await run.replay({ plan, probe: search, entries: place.seq + 1 });
  const { found, hasStated } = search;
  if (found === null) return null;
  const { windows, cures, isComplete } = curesByRule({ plan, node, givers, found, hasStated });
  const { reason, row, tsMs, atMs, event, watermarkMs, closedBy } = found;
  return {
    ...{ place, reason, row, atMs, event, closedBy, windows, cures },
    tsMs: Number.isNaN(tsMs) ? null : tsMs,
    watermarkMs: watermarkMs === -Infinity ? null : watermarkMs,
    needsRuns: !isComplete,
  };
}
