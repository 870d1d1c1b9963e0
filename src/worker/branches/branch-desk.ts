import type { BranchAnswer, BranchControl, BranchOpening, BranchQuestion, BranchRequest } from '../branch-protocol.ts';
import type { RealClock } from '../pacing.ts';
import { Turns } from '../travel/turns.ts';
import type { OpenedRun } from './branch.ts';
import { Branch } from './branch.ts';
import { compareSides } from './comparison.ts';

/** The branches of the run that is open. */
export class BranchDesk implements BranchControl {
  private readonly clock: RealClock;
  private readonly opened: () => OpenedRun | null;
  private readonly branches = new Map<string, Branch>();
  /** The comparison under way, by branch. */
  private readonly asked = new Map<string, { readonly seq: number }>();
  private readonly working = new Map<string, Promise<unknown>>();

  constructor(clock: RealClock, opened: () => OpenedRun | null) {
    this.clock = clock;
    this.opened = opened;
  }

  openBranch(request: BranchRequest): Promise<BranchOpening> {
    this.closeBranch(request.id);
    const opened = this.opened();
    if (opened === null) return Promise.resolve({ kind: 'refused', problems: [] });
    const branch = Branch.open(request, opened);
    if (!branch.ok) return Promise.resolve({ kind: 'refused', problems: branch.problems });
    this.branches.set(request.id, branch.value);
    return Promise.resolve({ kind: 'open' });
  }

  async compareBranch(question: BranchQuestion): Promise<BranchAnswer> {
    const { id } = question;
    const branch = this.branches.get(id);
    if (branch === undefined || branch.opened.run !== this.opened()?.run) return { kind: 'unknown' };
    const { run } = branch.opened;
    const asked = { seq: run.seq };
    this.asked.set(id, asked);
    // The one before stands between two rounds first.
    const work = (this.working.get(id) ?? Promise.resolve()).then(async (): Promise<BranchAnswer> => {
      const isWanted = (): boolean => this.asked.get(id) === asked && this.branches.get(id) === branch;
      if (!isWanted()) return { kind: 'given-up' };
      const standing = { seq: asked.seq, isAtEnd: run.isAtEnd && run.seq === asked.seq };
      const sides = await branch.bringTo(standing, new Turns(this.clock, isWanted));
      if (sides === null) return { kind: 'given-up' };
      const { affected, isSameLog } = branch;
      return { kind: 'compared', comparison: compareSides({ ...sides, affected, isSameLog }, question) };
    });
    this.working.set(
      id,
      work.catch(() => undefined),
    );
    try {
      return await work;
    } finally {
      if (this.asked.get(id) === asked) this.asked.delete(id);
    }
  }

  branchProgress(id: string): number | null {
    const asked = this.asked.get(id);
    return asked === undefined ? null : (this.branches.get(id)?.share({ ...asked, isAtEnd: false }) ?? null);
  }

  closeBranch(id: string): void {
    this.branches.delete(id);
    this.asked.delete(id);
  }
}
