import type { PipelineDocument } from '../pipeline/document.ts';
import type { EngineClient } from '../worker/client.ts';
import type { Frame, OpenReport, RunFailure } from '../worker/protocol.ts';
import type { Nudge } from '../worker/explain-protocol.ts';
import type { Standing } from '../worker/lab-protocol.ts';
import type { Carried } from './carry-over.ts';
import { carryOver } from './carry-over.ts';
import type { JournalItem } from './run-journal.ts';
import { RunJournal } from './run-journal.ts';

/** So many ends of the thread within so long: beginning again does not help. */
const MOST_ENDS = 3;
const WITHIN_MS = 60_000;

type Control = EngineClient['control'];

/** A run as it was last shown when its thread came to its end. */
export interface LostRun {
  readonly began: PipelineDocument;
  readonly files: Readonly<Record<string, File>>;
  readonly signature: string;
  readonly seq: number;
  readonly plays: boolean;
}

interface StoodAt {
  /** Processing time; null before the first entry. */
  readonly atMs: number | null;
  readonly plays: boolean;
}

/** What it takes to bring a run back whose thread is gone. */
export class RunRecovery {
  readonly journal = new RunJournal();
  private endsAtMs: readonly number[] = [];
  private onTheWay: LostRun | null = null;
  /** The newest frame of the way back, which is not shown. */
  private passed: Frame | null = null;

  /** The run that is not back yet; null while none is on its way. */
  get lost(): LostRun | null {
    return this.onTheWay;
  }

  /** The thread has ended. False where that was so often of late that it does not help to begin again. */
  isWorthWhile(nowMs: number): boolean {
    this.endsAtMs = [...this.endsAtMs.filter((atMs) => nowMs - atMs < WITHIN_MS), nowMs];
    return this.endsAtMs.length < MOST_ENDS;
  }

  begin(lost: LostRun | null): void {
    this.onTheWay = lost;
    this.passed = null;
  }

  /** It is back, or will not be. Gives the frame that is left to be shown. */
  end(): Frame | null {
    const { passed } = this;
    this.begin(null);
    return passed;
  }

  /** Whether a frame is of the way back, where there is nothing to show yet. */
  passes(frame: Frame): boolean {
    const { onTheWay } = this;
    const isPassed = onTheWay !== null && frame.status.kind !== 'failed' && frame.position.seq < onTheWay.seq;
    this.passed = isPassed ? frame : null;
    return isPassed;
  }

  /** Opens a run once more as `run`, does again what was done to it by hand, and goes to where it stood. */
  async bringBack(control: Control, run: number, lost: LostRun): Promise<OpenReport> {
    const report = await control.open({ run, document: lost.began, files: lost.files });
    if (!report.ok) return report;
    for (const { seq, done } of this.journal.all) {
      await control.seek({ to: { by: 'seq', seq }, plays: false });
      if (done.kind === 'edit') await control.edit({ document: done.document, plays: false });
      else await control.nudge(done.nudges);
    }
    await control.seek({ to: { by: 'seq', seq: lost.seq }, plays: lost.plays });
    return report;
  }

  /** Puts into a run that was just opened what was put into the one before by hand, and goes to where that stood. */
  async beginAnew(control: Control, placed: readonly JournalItem[], { atMs, plays }: StoodAt): Promise<Carried> {
    const carried = await carryOver(this.noting(control), placed, this.journal);
    if (atMs !== null) await control.seek({ to: { by: 'processing-time', atMs }, plays });
    return carried;
  }

  /** The engine's end of the page, with what is put into the run by hand written down. */
  noting(control: Control): Control {
    const nudge = async (nudges: readonly Nudge[]): Promise<Standing | null> => {
      const place = await control.nudge(nudges);
      if (place !== null) this.journal.nudged({ seq: place.seq, atMs: place.processingTimeMs }, nudges);
      return place;
    };
    return new Proxy(control, {
      get: (target, name): unknown => (name === 'nudge' ? nudge : Reflect.get(target, name)),
    });
  }
}

/** Of a run that is not begun again by itself. */
export function stoppedFailure(message: string): RunFailure {
  const cure =
    'Where it stops again, take fewer events, fewer keys or shorter windows: it may need more memory than there is.';
  return {
    code: 'engine-stopped',
    nodeId: null,
    message: `The engine stopped: ${message}`,
    fix: `Press play to begin again at the first event. ${cure} The graph is untouched.`,
  };
}
