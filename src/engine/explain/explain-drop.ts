import { curesByRule } from './cures-by-rule.ts';
import type { DropEvidence, DropPlace } from './drop-evidence.ts';
import { DropSearch } from './drop-search.ts';
import { erasOfNode, erasUpTo, indexOf } from './plan-eras.ts';
import type { ExplainedRun } from './replaying.ts';
import { timeGiversOf } from './time-givers.ts';

/**
 * Why a row was dropped, and what would have kept it as far as a rule says so. Null where the run dropped no such row. The
 * log is replayed up to the row, for the node and what feeds it alone, each entry by the plan of its era: the row is judged by
 * the settings that were in force when it came.
 */
export async function explainDrop(run: ExplainedRun, place: DropPlace): Promise<DropEvidence | null> {
  const own = erasUpTo(run.eras, place.seq);
  const last = own.at(-1);
  if (last === undefined || indexOf(last.plan, place.nodeId) < 0 || place.seq >= run.entries) return null;
  const eras = erasOfNode(own, place.nodeId);
  const { plan } = eras.at(-1) ?? last;
  const node = indexOf(plan, place.nodeId);
  const givers = timeGiversOf(plan, node);
  const search = new DropSearch(plan, { node, seq: place.seq, nth: place.nth, givers: givers.nodes });
  await run.replay({ eras, probe: search, entries: place.seq + 1 });
  const { found, hasStated } = search;
  if (found === null) return null;
  const isEdited = eras.length > 1;
  const { windows, cures, isComplete } = curesByRule({ plan, node, givers, found, hasStated, isEdited });
  const { reason, row, tsMs, atMs, event, watermarkMs, closedBy, alikeBefore } = found;
  return {
    ...{ place, alikeBefore, reason, row, atMs, event, closedBy, windows, cures },
    editsBefore: eras.length - 1,
    editsAfter: run.eras.length - eras.length,
    tsMs: Number.isNaN(tsMs) ? null : tsMs,
    watermarkMs: watermarkMs === -Infinity ? null : watermarkMs,
    stated: [...found.given].map(([giver, stated]) => ({ nodeId: plan.nodes[giver]?.id ?? '', watermarkMs: stated })),
    needsRuns: !isComplete,
  };
}
