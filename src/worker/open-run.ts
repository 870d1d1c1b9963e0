import { TICK_MS, clockHorizonOf } from '../engine/clock-need.ts';
import type { Limits } from '../engine/limits.ts';
import { makePlan } from '../pipeline/make-plan.ts';
import type { Plan } from '../pipeline/plan.ts';
import { EventLog } from '../sources/log/event-log.ts';
import { RecordedLog } from '../sources/log/recorded-log.ts';
import type { SourceReader } from '../sources/source-reader.ts';
import type { Problem, Result } from '../stream/problem.ts';
import { hasErrors } from '../stream/problem.ts';
import { RunEdits } from './edits/run-edits.ts';
import { openSources } from './open-sources.ts';
import type { RealClock } from './pacing.ts';
import type { OpenRequest } from './protocol.ts';
import { Run } from './run.ts';
import { sleep } from './yield-to-messages.ts';

const PROGRESS_PAUSE_MS = 100;

export interface OpenContext {
  readonly clock: RealClock;
  readonly limits: Limits;
  readonly pointBytes?: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: number | null) => void;
}

export const CANCELLED: Problem = {
  code: 'cancelled',
  severity: 'error',
  path: '',
  nodeId: null,
  message: 'Opening was cancelled.',
  fix: 'Press play to open the sources again.',
};

/** A run that stands before its first entry, which is at hand; or every reason why there is none. */
export async function openRun({ document, files }: OpenRequest, context: OpenContext): Promise<Result<Run>> {
  const planned = makePlan(document);
  if (!planned.ok) return planned;
  const plan = planned.value;
  try {
    const log = openLog(plan, files, context.signal);
    if (!log.ok) return { ok: false, problems: [...planned.problems, ...log.problems] };
    const run = new Run(plan, log.value, { ...context, edits: new RunEdits({ document, plan }) });
    let isReading = true;
    const report = async (): Promise<void> => {
      for (;;) {
        await sleep(PROGRESS_PAUSE_MS);
        if (!isReading) return;
        context.onProgress(progressOf(run));
      }
    };
    void report();
    try {
      await run.readAhead();
    } finally {
      isReading = false;
    }
    const problems = [...planned.problems, ...run.problems()];
    return hasErrors(problems) ? { ok: false, problems } : { ok: true, value: run, problems };
  } catch (error) {
    return { ok: false, problems: [...planned.problems, unreadable(error)] };
  }
}

/** The log of a plan's sources, to be read as often as one likes. */
export function openLog(plan: Plan, files: OpenRequest['files'], signal: AbortSignal): Result<RecordedLog> {
  const readers = openSources(plan, files, signal);
  if (!readers.ok) return readers;
  const log = new RecordedLog({
    log: logOf(plan, readers.value),
    sources: plan.sources.length,
    reopen: () => reopened(plan, files, signal),
  });
  return { ok: true, value: log, problems: [] };
}

function logOf(plan: Plan, readers: readonly SourceReader[]): EventLog {
  return new EventLog({ readers, tickMs: TICK_MS, clockHorizonMs: clockHorizonOf(plan), keptSlices: 0 });
}

function reopened(plan: Plan, files: OpenRequest['files'], signal: AbortSignal): EventLog {
  const readers = openSources(plan, files, signal);
  if (!readers.ok) throw new Error(readers.problems[0]?.message);
  return logOf(plan, readers.value);
}

function progressOf(run: Run): number | null {
  let done = 0;
  let total = 0;
  for (let s = 0; s < run.plan.sources.length; s++) {
    const progress = run.log.progress(s);
    if (progress.unit !== 'bytes' || progress.total === null) continue;
    done += progress.done;
    total += progress.total;
  }
  return total === 0 ? null : done / total;
}

/** A file may be gone, or locked, by the time that it is read. */
function unreadable(error: unknown): Problem {
  return {
    code: 'unreadable',
    severity: 'error',
    path: '',
    nodeId: null,
    message: `The sources could not be read: ${error instanceof Error ? error.message : String(error)}`,
    fix: 'Choose the file again; it may have been moved or changed since.',
  };
}
