import type { Plan } from '../../pipeline/plan.ts';
import { curesByRule } from './cures-by-rule.ts';
import type { DropEvidence, DropPlace } from './drop-evidence.ts';
import { DropSearch } from './drop-search.ts';
import type { PlanEra } from './plan-eras.ts';
import { erasOfNode, erasUpTo, indexOf } from './plan-eras.ts';
import type { ExplainedRun } from './replaying.ts';
import type { TimeGivers } from './time-givers.ts';
import { timeGiversOf } from './time-givers.ts';

/**
 * Why a row was dropped, and what would have kept it as far as a rule says so. Null where the run dropped no such row. The
 * log is replayed up to the row, for the node and what feeds it alone, each entry by the plan of its era: the row is judged by
 * the settings that were in force when it came. A replay may begin where the run is known to have stood; one that begins behind
 * the entry which brought the watermark is done again from further back.
 */
export async function explainDrop(run: ExplainedRun, place: DropPlace): Promise<DropEvidence | null> {
  const own = erasUpTo(run.eras, place.seq);
  const last = own.at(-1);
  if (last === undefined || indexOf(last.plan, place.nodeId) < 0 || place.seq >= run.entries) return null;
  const eras = erasOfNode(own, place.nodeId);
  const { plan } = eras.at(-1) ?? last;
  const node = indexOf(plan, place.nodeId);
  const givers = timeGiversOf(plan, node);
  const wanted = { node, seq: place.seq, nth: place.nth, givers: givers.nodes };
  let heardFrom = canBeginBehind(eras, place.nodeId, { plan, givers }) ? place.seq : 0;
  let search: DropSearch;
  for (;;) {
    search = new DropSearch(plan, wanted, heardFrom > 0);
    const first = await run.replay({ eras, probe: search, entries: place.seq + 1, heardFrom });
    if (first === 0 || search.isSettled) break;
    heardFrom = Math.max(0, first - 1 - FURTHER * (place.seq - first));
  }
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

/** How much further back a replay begins that has to be done again. */
const FURTHER = 4;

/**
 * Whether what a replay would hear before its first entry can be read from the log instead: where sources alone state the
 * watermark, and, of operators that go by the rows which reach them, give these rows their times.
 */
function canBeginBehind(
  eras: readonly PlanEra[],
  nodeId: string,
  { plan, givers }: { readonly plan: Plan; readonly givers: TimeGivers },
): boolean {
  const known = new Set(givers.nodes.map((giver) => plan.nodes[giver]?.id));
  return eras.every((era) => {
    const own = timeGiversOf(era.plan, indexOf(era.plan, nodeId));
    const areSources = own.nodes.every((giver) => era.plan.sources.includes(giver));
    const isPlain = own.isPlain || plan.dialect.windows.machine !== 'stores';
    return areSources && isPlain && own.nodes.every((giver) => known.has(era.plan.nodes[giver]?.id));
  });
}
