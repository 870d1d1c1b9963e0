import type { RealClock } from '../pacing.ts';
import type { Run } from '../run.ts';
import { sleep } from '../yield-to-messages.ts';
import type { RunPoint } from './run-points.ts';
import { Turns } from './turns.ts';

/** How long a run stands until points are filled in: nothing is begun between two moves of a hand that scrubs. */
const QUIET_MS = 150;

/**
 * Keeps points where a run at full speed left long stretches without one, while it stands: the longest first, by a run
 * beside it, in short turns. Ends as soon as the run is to move, and begins anew when it stands again.
 */
export class PointFiller {
  private readonly clock: RealClock;
  /** Null while nothing is open, or it goes or is on its way somewhere. */
  private readonly standing: () => Run | null;
  private readonly quietMs: number;
  private isOn = false;
  private isAtWork = false;
  /** Stretches that have been gone through, by where they end. */
  private tried = new WeakMap<RunPoint, RunPoint | null>();
  /** What is wrong there shows when the run comes there. */
  private failed: Run | null = null;

  constructor(clock: RealClock, standing: () => Run | null, quietMs = QUIET_MS) {
    this.clock = clock;
    this.standing = standing;
    this.quietMs = quietMs;
  }

  start(): void {
    this.isOn = true;
    this.wake();
  }

  /** To be called when the run may have come to stand. */
  wake(): void {
    const run = this.standing();
    if (!this.isOn || this.isAtWork || run === null || run === this.failed) return;
    this.isAtWork = true;
    void this.fillQuietly(run).then((isDone) => {
      this.isAtWork = false;
      if (!isDone) this.wake();
    });
  }

  /** Kept once nothing is missing any more. */
  async whenFilled(): Promise<void> {
    while (this.isAtWork) await sleep(this.quietMs);
  }

  private async fillQuietly(run: Run): Promise<boolean> {
    try {
      return await this.fill(run);
    } catch {
      this.failed = run;
      return true;
    }
  }

  /** False when the run moved before all was done. */
  private async fill(run: Run): Promise<boolean> {
    await sleep(this.quietMs);
    const turns = new Turns(this.clock, () => this.standing() === run);
    if (!(await turns.goOn())) return false;
    run.keepPoint();
    for (;;) {
      const gap = run.points.widestGap(this.tried);
      if (gap === null) return true;
      const beside = run.beside(run.edits, run.points.filling());
      beside.seek(gap.from?.seq ?? 0);
      while (!(await beside.goOnTo(gap.to.seq, turns.deadline))) if (!(await turns.goOn())) return false;
      this.tried.set(gap.to, gap.from);
      if (!(await turns.goOn())) return false;
    }
  }
}
