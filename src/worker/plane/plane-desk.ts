import { Engine } from '../../engine/engine.ts';
import type { Limits } from '../../engine/limits.ts';
import { cutSlice } from '../../sources/log/cut-slice.ts';
import { isSkipped } from '../../stream/log-slice.ts';
import type { RealClock } from '../pacing.ts';
import type { PlaneUpdate } from '../plane-protocol.ts';
import type { Run } from '../run.ts';
import { yieldToMessages } from '../yield-to-messages.ts';
import { PlaneFeed } from './plane-feed.ts';

const WORK_MS = 8;

/** Fillings so far, of all planes of the thread: no two have one number. */
let fillings = 0;

interface DeskContext {
  readonly clock: RealClock;
  readonly limits: Limits;
  /** There is something to take. */
  readonly onNews: () => void;
}

/**
 * Fills the plane of the watched node while it is in view: from the run itself where it begins with it, else by going
 * through the log so far once more, beside the run, until both stand at the same entry.
 */
export class PlaneDesk {
  private readonly context: DeskContext;
  private isShown = false;
  private nodeId: string | null = null;
  private run: Run | null = null;
  private feed: PlaneFeed | null = null;
  private filling = 0;
  private catchingUp = new AbortController();

  constructor(context: DeskContext) {
    this.context = context;
  }

  show(isShown: boolean): void {
    if (isShown === this.isShown) return;
    this.isShown = isShown;
    this.begin();
  }

  watch(nodeId: string | null): void {
    if (nodeId === this.nodeId) return;
    this.nodeId = nodeId;
    this.begin();
  }

  /** Another run, or none. */
  opened(run: Run | null): void {
    this.run?.listen(null);
    this.run = run;
    this.begin();
  }

  /** What came since the last call; null where nothing is shown. */
  take(): PlaneUpdate | null {
    const { plan } = this.run ?? {};
    // After an edit, or a seek to before one, the whole log is gone through by the rules that hold now.
    if (this.feed !== null && (this.feed.isStale || this.feed.plan !== plan)) this.begin(false);
    const { feed, run, filling } = this;
    if (feed === null || run === null) return null;
    return { ...feed.take(), filling, runSeq: run.seq, runAtMs: run.processingTimeMs ?? Number.NaN };
  }

  private begin(tells = true): void {
    this.catchingUp.abort();
    this.run?.listen(null);
    this.feed = null;
    this.filling = ++fillings;
    const { run, nodeId } = this;
    const index = run?.plan.nodes.findIndex(({ id }) => id === nodeId) ?? -1;
    if (!this.isShown || run === null || index < 0) return;
    this.feed = new PlaneFeed(run.plan, index);
    if (run.seq === 0) run.listen(this.feed);
    else {
      this.catchingUp = new AbortController();
      // A file that cannot be read again leaves the plane as it is: what comes from now on is not shown without what came before.
      void this.catchUp(run, this.feed).catch(() => undefined);
    }
    if (tells) this.context.onNews();
  }

  private async catchUp(run: Run, feed: PlaneFeed): Promise<void> {
    const { signal } = this.catchingUp;
    const { clock, limits, onNews } = this.context;
    const engine = new Engine(run.plan, feed, undefined, limits);
    let yieldAt = clock() + WORK_MS;
    // A seek back meanwhile leaves a feed that knows more than the run has taken, and shows less.
    while (engine.position < run.seq) {
      for await (const slice of run.slices(engine.position, run.seq)) {
        for (let from = 0; from < slice.length;) {
          if (clock() >= yieldAt) {
            onNews();
            await yieldToMessages();
            yieldAt = clock() + WORK_MS;
          }
          if (signal.aborted) return;
          const to = Math.min(slice.length, from + engine.roundEntries);
          const round = cutSlice(slice, from, to);
          if (!isSkipped(round)) feed.begin(round);
          engine.run(round);
          if (!isSkipped(round)) feed.end();
          from = to;
        }
      }
      if (signal.aborted) return;
    }
    run.listen(feed);
    onNews();
  }
}
