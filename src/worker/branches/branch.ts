import { clockHorizonOf } from '../../engine/clock-need.ts';
import type { Limits } from '../../engine/limits.ts';
import { affectedNodes } from '../../pipeline/affected-nodes.ts';
import type { PipelineDocument } from '../../pipeline/document.ts';
import { makePlan } from '../../pipeline/make-plan.ts';
import type { Plan } from '../../pipeline/plan.ts';
import { eventProblems } from '../../pipeline/same-events.ts';
import type { InsertedEntry, RecordedLog } from '../../sources/log/recorded-log.ts';
import { CONTROL_EDIT, ENTRY_CONTROL } from '../../stream/log-slice.ts';
import type { Problem, Result } from '../../stream/problem.ts';
import type { BranchRequest } from '../branch-protocol.ts';
import { isAlike } from '../consumers/renumber.ts';
import type { Run } from '../run.ts';
import type { Turns } from '../travel/turns.ts';
import type { SideTarget } from './side-run.ts';
import { SideRun } from './side-run.ts';

/** The run that is on the screen, and what it is a run of. */
export interface OpenedRun {
  readonly run: Run;
  readonly document: PipelineDocument;
  readonly limits: Limits;
  /** Opens the same sources for another plan. */
  readonly logFor: (plan: Plan) => Result<RecordedLog>;
}

/** Where the run stands. */
export interface Standing {
  readonly seq: number;
  readonly isAtEnd: boolean;
}

/** A run and the same run with other settings, side by side over the same entries. */
export class Branch {
  readonly request: BranchRequest;
  readonly opened: OpenedRun;
  /** Nodes whose results may differ. */
  readonly affected: ReadonlySet<string>;
  private readonly plan: Plan;
  /** The log of the branch where its clock ticks otherwise than that of the run; entries then have other numbers. */
  private readonly ownLog: RecordedLog | null;
  private manual: readonly InsertedEntry[] = [];
  private sides: { readonly run: SideRun; readonly branch: SideRun } | null = null;
  private reached = 0;

  private constructor(request: BranchRequest, opened: OpenedRun, plan: Plan, ownLog: RecordedLog | null) {
    this.request = request;
    this.opened = opened;
    this.plan = plan;
    this.ownLog = ownLog;
    this.affected = affectedNodes(opened.document, request.document);
  }

  static open(request: BranchRequest, opened: OpenedRun): Result<Branch> {
    const planned = makePlan(request.document);
    if (!planned.ok) return planned;
    const problems = eventProblems(opened.document, request.document);
    if (problems.length > 0) return { ok: false, problems };
    const plan = planned.value;
    if (isEdited(opened.run)) return { ok: false, problems: [EDITED] };
    if (clockHorizonOf(plan) === clockHorizonOf(opened.run.plan)) {
      return { ok: true, value: new Branch(request, opened, plan, null), problems: planned.problems };
    }
    if (opened.run.manual.length > 0) return { ok: false, problems: [OTHER_CLOCK] };
    const log = opened.logFor(plan);
    return log.ok ? { ok: true, value: new Branch(request, opened, plan, log.value), problems: planned.problems } : log;
  }

  /** Share of the way to where the run stood when it was last compared. */
  share(standing: Standing): number {
    if (this.sides === null || standing.seq === 0) return 0;
    const { run, branch } = this.sides;
    return Math.min(1, (run.seq + branch.seq) / (2 * standing.seq));
  }

  /** Both where the run stands; null when it was given up on the way. */
  async bringTo(standing: Standing, turns: Turns): Promise<{ readonly run: SideRun; readonly branch: SideRun } | null> {
    const { manual } = this.opened.run;
    const isSame = isAlike(manual, this.manual);
    if (this.sides === null || !isSame || standing.seq < this.reached) this.sides = this.begin(manual);
    this.reached = standing.seq;
    const { run, branch } = this.sides;
    const { seq: entries, isAtEnd } = standing;
    if (!(await run.goTo({ by: 'entries', count: isAtEnd ? Infinity : entries }, turns))) return null;
    const untilMs = run.processingTimeMs ?? -Infinity;
    const target: SideTarget =
      isAtEnd || this.ownLog === null
        ? { by: 'entries', count: isAtEnd ? Infinity : entries }
        : { by: 'events', count: run.eventsTaken, untilMs };
    if (!(await branch.goTo(target, turns))) return null;
    return this.sides;
  }

  private begin(manual: readonly InsertedEntry[]): { readonly run: SideRun; readonly branch: SideRun } {
    const { run, limits } = this.opened;
    const { affected: compared, plan } = this;
    this.manual = manual;
    return {
      run: new SideRun({ plan: run.plan, log: run.log.fork(manual), limits, compared }),
      branch: new SideRun({ plan, log: this.ownLog?.fork([]) ?? run.log.fork(manual), limits, compared }),
    };
  }
}

/** Whether the graph was edited in the middle of the run: it is then no run of one document. */
export function isEdited(run: Run): boolean {
  return run.manual.some(({ entry }) => entry.kind === ENTRY_CONTROL && entry.payload >= CONTROL_EDIT);
}

const OTHER_CLOCK: Problem = {
  code: 'branch-other-clock',
  severity: 'error',
  path: '',
  nodeId: null,
  message: 'With these settings the clock ticks at other moments, and what was sent by hand has no place there.',
  fix: 'Restart the run, so that nothing was sent by hand, then compare.',
};

const EDITED: Problem = {
  code: 'branch-of-edited-run',
  severity: 'error',
  path: '',
  nodeId: null,
  message: 'The graph was edited while this run went on: a branch has no one graph to be compared with.',
  fix: 'Go back to the first event by Restart, so that the run is of the graph as it is, then compare.',
};
