import { clockHorizonOf } from '../../engine/clock-need.ts';
import type { Limits } from '../../engine/limits.ts';
import { affectedNodes } from '../../pipeline/affected-nodes.ts';
import type { PipelineDocument } from '../../pipeline/document.ts';
import type { LiveEdit, PlannedDocument } from '../../pipeline/live-edit.ts';
import { makePlan } from '../../pipeline/make-plan.ts';
import type { Plan } from '../../pipeline/plan.ts';
import { eventProblems } from '../../pipeline/same-events.ts';
import type { InsertedEntry, RecordedLog } from '../../sources/log/recorded-log.ts';
import { CONTROL_EDIT } from '../../stream/log-slice.ts';
import type { Problem, Result } from '../../stream/problem.ts';
import type { BranchRequest } from '../branch-protocol.ts';
import { isAlike } from '../consumers/renumber.ts';
import { editOf } from '../edits/edit-of.ts';
import { placedEras } from '../edits/placed-eras.ts';
import type { Era } from '../edits/run-edits.ts';
import { RunEdits, isEdit } from '../edits/run-edits.ts';
import type { Run } from '../run.ts';
import type { Turns } from '../travel/turns.ts';
import type { SideRunOptions, SideTarget } from './side-run.ts';
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
  private readonly planned: PlannedDocument;
  /** The log of the branch where its clock ticks otherwise than that of the run; entries then have other numbers. */
  private readonly ownLog: RecordedLog | null;
  private sides: (Sides & { readonly made: Made }) | null = null;

  private constructor(request: BranchRequest, opened: OpenedRun, plan: Plan, ownLog: RecordedLog | null) {
    this.request = request;
    this.opened = opened;
    this.planned = { document: request.document, plan };
    this.ownLog = ownLog;
  }

  static open(request: BranchRequest, opened: OpenedRun): Result<Branch> {
    const planned = makePlan(request.document);
    if (!planned.ok) return planned;
    const problems = eventProblems(opened.document, request.document);
    if (problems.length > 0) return { ok: false, problems };
    const plan = planned.value;
    const { run } = opened;
    if (request.fromSeq !== null) {
      const { edit } = editFrom(run, request.fromSeq, { document: request.document, plan });
      if (edit.reopen !== null) return { ok: false, problems: [NOT_FROM_HERE] };
    }
    if (clockHorizonOf(plan) === clockHorizonOf(run.edits.at(null).eras[0]?.plan ?? run.plan)) {
      return { ok: true, value: new Branch(request, opened, plan, null), problems: planned.problems };
    }
    if (run.manual.length > 0) return { ok: false, problems: [OTHER_CLOCK] };
    const log = opened.logFor(plan);
    return log.ok ? { ok: true, value: new Branch(request, opened, plan, log.value), problems: planned.problems } : log;
  }

  /** Whether both sides go through the very entries of the run. */
  get isSameLog(): boolean {
    return this.ownLog === null;
  }

  /** Nodes whose results may differ. */
  get affected(): ReadonlySet<string> {
    const { run, document } = this.opened;
    // What an edit has changed before is no part of either document.
    if (run.eras.length > 1) return new Set(this.planned.plan.nodes.map(({ id }) => id));
    return affectedNodes(document, this.request.document);
  }

  /** Share of the way to where the run stood when it was last compared. */
  share(standing: Standing): number {
    if (this.sides === null || standing.seq === 0) return 0;
    const { run, branch } = this.sides;
    return Math.min(1, (run.seq + branch.seq) / (2 * standing.seq));
  }

  /** Both where the run stands; null when it was given up on the way. */
  async bringTo(standing: Standing, turns: Turns): Promise<Sides | null> {
    const { fromSeq } = this.request;
    const hasLeft = fromSeq === null || standing.seq > fromSeq;
    const made: Made = { manual: this.opened.run.manual, eras: this.opened.run.eras, hasLeft, reached: standing.seq };
    if (this.sides === null || !goesOn(this.sides.made, made)) this.sides = { ...this.begin(made), made };
    else this.sides = { ...this.sides, made };
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

  private begin({ manual, hasLeft }: Made): Sides {
    const { run, limits } = this.opened;
    const { affected: compared } = this;
    const own = sideEras(run, run.eras);
    const log = run.log.fork(manual);
    const common = { limits, compared };
    return {
      run: new SideRun({ ...own, ...common, log }),
      branch: new SideRun({
        ...this.erasOfBranch(hasLeft),
        ...common,
        log: this.ownLog?.fork([]) ?? run.log.fork(manual),
      }),
    };
  }

  private erasOfBranch(hasLeft: boolean): Pick<SideRunOptions, 'plan' | 'eras'> {
    const { run } = this.opened;
    const { fromSeq } = this.request;
    if (fromSeq === null) return { plan: this.planned.plan };
    if (!hasLeft) return sideEras(run, run.eras);
    const { eras } = editFrom(run, fromSeq, this.planned);
    return sideEras(run, eras, fromSeq);
  }
}

export interface Sides {
  readonly run: SideRun;
  readonly branch: SideRun;
}

/** What both sides were made from, and how far they have to go. */
interface Made {
  readonly manual: readonly InsertedEntry[];
  readonly eras: Run['eras'];
  /** Whether the run stands behind the entry at which the branch leaves it. */
  readonly hasLeft: boolean;
  readonly reached: number;
}

function goesOn(before: Made, now: Made): boolean {
  if (before.eras !== now.eras || before.hasLeft !== now.hasLeft || now.reached < before.reached) return false;
  return isAlike(before.manual, now.manual);
}

/** The run as it would be, had it been edited so at an entry: what the edit comes to, and its eras from the first entry on. */
function editFrom(
  run: Run,
  fromSeq: number,
  planned: PlannedDocument,
): { readonly edit: LiveEdit; readonly eras: readonly Era[] } {
  const made = run.manual.filter(({ seq, entry }) => isEdit(entry) && seq < fromSeq).at(-1);
  const before = run.edits.at(made === undefined ? null : made.entry.payload - CONTROL_EDIT);
  const edit = editOf(before.document, planned);
  if (edit.reopen !== null) return { edit, eras: before.eras };
  const edits = new RunEdits(before.document, before.eras);
  return { edit, eras: edits.at(edits.add(null, planned, edit)).eras };
}

/** Eras with where they begin: each with the entry that is its edit, the last one of a branch where that leaves the run. */
export function sideEras(run: Run, eras: readonly Era[], lastFromSeq?: number): Pick<SideRunOptions, 'plan' | 'eras'> {
  const own = lastFromSeq === undefined ? eras : eras.slice(0, -1);
  const last = lastFromSeq === undefined ? undefined : eras.at(-1);
  const [first, ...later] = placedEras(run, own);
  const plan = (first ?? last)?.plan ?? run.plan;
  if (last === undefined || lastFromSeq === undefined || first === undefined) return { plan, eras: later };
  return { plan, eras: [...later, { fromSeq: lastFromSeq, plan: last.plan, begins: last.begins }] };
}

const OTHER_CLOCK: Problem = {
  code: 'branch-other-clock',
  severity: 'error',
  path: '',
  nodeId: null,
  message: 'With these settings the clock ticks at other moments, and what was sent by hand has no place there.',
  fix: 'Restart the run, so that nothing was sent by hand, then compare.',
};

const NOT_FROM_HERE: Problem = {
  code: 'branch-not-from-here',
  severity: 'error',
  path: '',
  nodeId: null,
  message:
    'A run that has begun cannot go on with these settings: they make other events, or the clock tick otherwise.',
  fix: 'Let the branch have its settings from the start, or take them back.',
};
