import type { PipelineDocument } from '../../src/pipeline/document.ts';
import { sessionPage } from '../../src/testing/session-page.ts';
import type { SessionPage } from '../../src/testing/session-page.ts';

/** What something took: on the clock, and of the processor with all threads of the process. */
export interface Cost {
  readonly wallMs: number;
  readonly cpuMs: number;
}

export async function costOf(work: () => Promise<unknown>): Promise<Cost> {
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  await work();
  const wallMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpu);
  return { wallMs, cpuMs: (user + system) / 1_000 };
}

/** The engine's session with a page that watches a node with its plane and takes every frame. */
export class TravelledRun {
  private readonly page: SessionPage;

  constructor(pointBytes: number) {
    this.page = sessionPage(undefined, pointBytes);
  }

  async open(document: PipelineDocument, watched: string | null): Promise<void> {
    const { session } = this.page;
    session.setSpeed({ kind: 'max' });
    session.watch(watched);
    session.plane.show(true);
    const opened = await session.open({ run: 1, document, files: {} });
    if (!opened.ok) throw new Error(opened.problems.map(({ message }) => message).join('\n'));
  }

  /** Runs to the end; says how many entries there are. */
  async runToEnd(): Promise<number> {
    const { page } = this;
    const ended = page.until(({ status }) => status.kind === 'ended' || status.kind === 'failed');
    page.session.play();
    const { status, position } = await ended;
    if (status.kind === 'failed') throw new Error(status.failure.message);
    page.frames.length = 0;
    return position.seq;
  }

  /** Until the frame is there that shows the run at `seq`. */
  async seek(seq: number): Promise<void> {
    const { page } = this;
    page.frames.length = 0;
    const shown = page.until(({ position }) => position.seq === seq);
    await page.session.seek({ to: { by: 'seq', seq }, plays: false });
    await shown;
  }

  /** Until the points that are missing have been filled in. */
  fillPoints(): Promise<void> {
    const { filler } = this.page.session;
    filler.start();
    return filler.whenFilled();
  }

  get points(): { readonly points: number; readonly bytes: number; readonly tookMs: number } {
    return this.page.session.opened?.run.points.size ?? { points: 0, bytes: 0, tookMs: 0 };
  }
}
