import { TICK_MS, clockHorizonOf } from '../../engine/clock-need.ts';
import { compareRuns } from '../../engine/comparing/explain-differences.ts';
import { OutcomeRecorder } from '../../engine/comparing/outcome.ts';
import { Engine } from '../../engine/engine.ts';
import type { Limits } from '../../engine/limits.ts';
import { DEFAULT_LIMITS, ROUND_ENTRIES } from '../../engine/limits.ts';
import { setDialect } from '../../pipeline/edits.ts';
import { makePlan } from '../../pipeline/make-plan.ts';
import type { Plan } from '../../pipeline/plan.ts';
import { EventLog } from '../../sources/log/event-log.ts';
import type { Problem, Result } from '../../stream/problem.ts';
import { hasErrors } from '../../stream/problem.ts';
import type { CompareReport, CompareRequest } from '../lab-protocol.ts';
import { openSources } from '../open-sources.ts';
import type { RealClock } from '../pacing.ts';
import { yieldToMessages } from '../yield-to-messages.ts';
import { commonGraph } from './common-graph.ts';
import type { Compared } from './comparison-report.ts';
import { comparisonOf } from './comparison-report.ts';

const WORK_MS = 8;
/** So that a round stays within the time that messages may wait. */
const ENTRIES_MAX = Math.min(512, ROUND_ENTRIES);

export interface CompareContext {
  readonly clock: RealClock;
  readonly signal: AbortSignal;
  readonly onProgress: (share: number) => void;
  readonly limits?: Limits;
}

/** The same graph, files and seed to the end by the rules of each dialect; only what differs is told. */
export async function compareDialects(request: CompareRequest, context: CompareContext): Promise<CompareReport> {
  const { files, dialects } = request;
  const common = commonGraph(request);
  const opened = dialects.map((dialect) => {
    const planned = makePlan(setDialect(common.document, dialect));
    return planned.ok ? openLog(planned.value, files, context.signal) : planned;
  });
  const [a, b] = opened;
  if (a?.ok !== true || b?.ok !== true) {
    const problems = opened.map((each, i) => [...(common.lacks[i] ?? []), ...(each.ok ? [] : each.problems)]);
    return { kind: 'refused', problems };
  }
  const runs: Compared[] = [];
  for (const [i, run] of [a.value, b.value].entries()) {
    const compared = await runToEnd(run, { ...context, onProgress: (share) => context.onProgress((i + share) / 2) });
    if (compared === null) return { kind: 'cancelled' };
    if (!compared.ok) return { kind: 'refused', problems: i === 0 ? [compared.problems, []] : [[], compared.problems] };
    runs.push(compared.value);
  }
  const [first, second] = runs;
  if (first === undefined || second === undefined) return { kind: 'cancelled' };
  const sides = [first, second] as const;
  const [own, other] = sides.map(({ plan, recorder }) => ({ plan, outcomes: recorder.outcomes() }));
  if (own === undefined || other === undefined) return { kind: 'cancelled' };
  const { lacks, left } = common;
  return { kind: 'compared', comparison: { ...comparisonOf(sides, compareRuns(own, other)), lacks, left } };
}

interface OpenedLog {
  readonly plan: Plan;
  readonly log: EventLog;
}

function openLog(plan: Plan, files: CompareRequest['files'], signal: AbortSignal): Result<OpenedLog> {
  const readers = openSources(plan, files, signal);
  if (!readers.ok) return readers;
  const clockHorizonMs = clockHorizonOf(plan);
  const log = new EventLog({ readers: readers.value, tickMs: TICK_MS, clockHorizonMs, keptSlices: 0 });
  return { ok: true, value: { plan, log }, problems: [] };
}

/** Null when it was cancelled. */
async function runToEnd({ plan, log }: OpenedLog, context: CompareContext): Promise<Result<Compared> | null> {
  const { clock, signal, onProgress, limits = DEFAULT_LIMITS } = context;
  const recorder = new OutcomeRecorder(plan);
  const engine = new Engine(plan, recorder.probe, undefined, limits);
  let rows = 0;
  let yieldAt = clock() + WORK_MS;
  for (;;) {
    if (clock() >= yieldAt) {
      onProgress(shareOf(plan, log));
      await yieldToMessages();
      yieldAt = clock() + WORK_MS;
    }
    if (signal.aborted) return null;
    const slice = await log.nextSlice(Math.min(ENTRIES_MAX, engine.roundEntries));
    if (slice === null) break;
    recorder.begin(slice);
    engine.run(slice);
    rows += slice.rows.reduce((sum, batch) => sum + (batch?.length ?? 0), 0);
    if (engine.limit !== null) break;
  }
  const problems: readonly Problem[] = plan.sources.flatMap((_, s) => log.problems(s));
  if (hasErrors(problems)) return { ok: false, problems };
  return { ok: true, value: { plan, recorder, rows, limit: engine.limit?.message ?? null }, problems: [] };
}

/** Of the source that is furthest behind, where any says how much it has. */
function shareOf(plan: Plan, log: EventLog): number {
  const shares = plan.sources.flatMap((_, s) => {
    const { done, total } = log.progress(s);
    return total === null || total === 0 ? [] : [done / total];
  });
  return shares.length === 0 ? 0 : Math.min(1, ...shares);
}
