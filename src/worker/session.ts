import type { Hit } from '../engine/hits/hit.ts';
import type { Limits } from '../engine/limits.ts';
import { DEFAULT_LIMITS } from '../engine/limits.ts';
import type { Problem } from '../stream/problem.ts';
import { ChartTurns, NO_PARTS } from './chart-turns.ts';
import type { Figures } from './frame-maker.ts';
import { FrameMaker, NO_FIGURES } from './frame-maker.ts';
import type { ManualEntry } from '../sources/log/log.ts';
import { FrameSender } from './frame-sender.ts';
import type { OpenedRun } from './branches/branch.ts';
import { openLog, openRun } from './open-run.ts';
import { CANCELLED, failureOf } from './failures.ts';
import { makeEdit } from './edits/make-edit.ts';
import type { EditReport, EditRequest } from './edit-protocol.ts';
import type { Standing } from './lab-protocol.ts';
import type { RealClock } from './pacing.ts';
import { Pacing } from './pacing.ts';
import { PlaneDesk } from './plane/plane-desk.ts';
import type { Frame, OpenReport, OpenRequest, RunStatus, Speed } from './protocol.ts';
import { RunLooks } from './run-looks.ts';
import type { TableOrder } from './table-protocol.ts';
import type { Breakpoint, RunStop, SeekReport, SeekRequest, StepRequest } from './travel-protocol.ts';
import { Breakpoints } from './travel/breakpoints.ts';
import { goTo } from './travel/go-to.ts';
import { PointFiller } from './travel/point-filler.ts';
import { DEFAULT_POINT_BYTES } from './travel/point-room.ts';
import type { Seek, Way } from './travel/session-travel.ts';
import { SessionTravel } from './travel/session-travel.ts';
import { stepTo } from './travel/step-to.ts';
import { Turns } from './travel/turns.ts';
import type { Run } from './run.ts';
import { ResultSaver } from './saving/result-saver.ts';
import { rest } from './yield-to-messages.ts';

/** Longest stretch of work before messages are let in. */
const WORK_MS = 8;
const STANDING: ReadonlySet<RunStatus['kind']> = new Set(['paused', 'ended']);

/** What the engine's thread does between messages: at most one run, which stands, goes or has ended. */
export class Session {
  private readonly clock: RealClock;
  private readonly limits: Limits;
  private readonly pointBytes: number;
  private readonly pacing: Pacing;
  private readonly turns = new ChartTurns();
  readonly plane: PlaneDesk;
  private watched: string | null = null;
  readonly frames = new FrameSender(() => this.frame());
  private request: OpenRequest | null = null;
  private run: Run | null = null;
  private maker: FrameMaker | null = null;
  private number = 0;
  status: RunStatus = { kind: 'idle' };
  private figures: Figures = NO_FIGURES;
  readonly travel = new SessionTravel();
  private jumps = 0;
  private stopped: RunStop | null = null;
  private readonly breakpoints = new Breakpoints();
  readonly filler: PointFiller;
  private loading = new AbortController();
  private going: Promise<void> = Promise.resolve();
  readonly saver: ResultSaver;
  /** What the run has come to, by node. */
  readonly looks = new RunLooks(() => ({ run: this.run, hasFailed: this.status.kind === 'failed' }));

  /** `pointBytes`: what may be kept to go back by. */
  constructor(clock: RealClock, limits: Limits = DEFAULT_LIMITS, pointBytes = DEFAULT_POINT_BYTES) {
    this.clock = clock;
    this.limits = limits;
    this.pointBytes = pointBytes;
    this.pacing = new Pacing(clock);
    this.filler = new PointFiller(clock, () => this.standing());
    this.saver = new ResultSaver({ clock, limits, run: () => this.run });
    this.plane = new PlaneDesk({ clock, limits, onNews: () => this.tell() });
  }

  /** What is open, to explain it and to begin others beside it; null while nothing is. */
  get opened(): OpenedRun | null {
    const { run, limits, loading } = this;
    if (run === null || this.request === null) return null;
    const { document, files } = this.request;
    return { run, document, limits, logFor: (plan) => openLog(plan, files, loading.signal) };
  }

  async open(request: OpenRequest): Promise<OpenReport> {
    await this.stop();
    const loading = new AbortController();
    this.loading = loading;
    this.number = request.run;
    this.forget();
    this.turns.reset();
    this.pacing.restart();
    this.setStatus({ kind: 'loading', progress: null });
    const opened = await openRun(request, {
      clock: this.clock,
      limits: this.limits,
      pointBytes: this.pointBytes,
      signal: loading.signal,
      onProgress: (progress) => {
        if (loading === this.loading) this.setStatus({ kind: 'loading', progress });
      },
    });
    const isCancelled = loading !== this.loading || loading.signal.aborted;
    if (isCancelled || !opened.ok) {
      if (loading === this.loading) this.setStatus({ kind: 'idle' });
      return { ok: false, problems: isCancelled ? [CANCELLED] : opened.problems };
    }
    this.take(request, opened.value);
    return { ok: true, problems: opened.problems };
  }

  /** Goes on with a run that stands, in place of what was open. */
  take(request: OpenRequest, run: Run): void {
    this.request = request;
    this.run = run;
    run.watch(this.watched);
    this.stopped = null;
    this.breakpoints.tell(run);
    this.maker = new FrameMaker(run);
    this.plane.opened(run);
    this.setStatus({ kind: 'paused' });
  }

  async cancel(): Promise<void> {
    this.loading.abort();
    await this.stop();
  }

  play(): void {
    if (this.travel.isUnderWay) {
      void this.travel.arrival({ plays: true });
      return;
    }
    if (this.status.kind !== 'paused' || this.run === null) return;
    this.pacing.stop();
    this.maker?.rates.forget();
    this.stopped = null;
    this.setStatus({ kind: 'running' });
    this.going = this.goOn(this.run);
  }

  async pause(): Promise<void> {
    await this.travel.arrival({ plays: false });
    await this.stop();
  }

  async step(): Promise<void> {
    await this.travel.arrival({ plays: false });
    await this.stop();
    const run = this.run;
    if (run === null || this.status.kind !== 'paused') return;
    try {
      this.stopped = null;
      if (await run.step()) this.pacing.restart();
      await run.readAhead();
      if (run === this.run) this.settle(run);
    } catch (error) {
      this.fail(error);
    }
  }

  /** Puts entries in by hand where the run stands, and takes them; it goes on if it ran. */
  async putIn(entries: readonly ManualEntry[]): Promise<Standing | null> {
    const plays = this.status.kind === 'running';
    await this.pause();
    const run = this.standing();
    if (run === null) return null;
    const place = { seq: run.seq, processingTimeMs: run.processingTimeMs };
    try {
      for (const entry of entries) {
        run.insert(entry);
        await run.step();
      }
      await run.readAhead();
      if (run !== this.run) return place;
      this.status = { kind: 'paused' };
      this.settle(run);
      if (plays) this.play();
    } catch (error) {
      this.fail(error);
    }
    return place;
  }

  seek(request: SeekRequest): Promise<SeekReport> {
    return this.moved(request, (seek) => this.travelTo((run, turns) => goTo(run, request.to, turns), seek));
  }

  stepTo(request: StepRequest): Promise<SeekReport> {
    return this.moved({ plays: false }, (seek) => this.travelTo((run, turns) => stepTo(run, request, turns), seek));
  }

  setBreakpoints(breakpoints: readonly Breakpoint[]): Readonly<Record<string, readonly Problem[]>> {
    return this.breakpoints.set(breakpoints, this.run);
  }

  /** Moves the run once it stands, unless another move is wanted by then. */
  private moved<Report>(request: { plays: boolean }, move: (seek: Seek) => Promise<Report>): Promise<Report> {
    const seek = this.travel.begin(request);
    if (this.status.kind === 'running') this.setStatus({ kind: 'paused' });
    const report = this.going.then(() => move(seek));
    this.going = report.then(() => undefined);
    return report;
  }

  edit(request: EditRequest): Promise<EditReport> {
    return this.moved(request, async (seek) => {
      const run = this.status.kind === 'failed' ? null : this.run;
      const report = await makeEdit(request, {
        run,
        seek,
        travel: (to) => this.travelTo((there, turns) => goTo(there, to, turns), seek),
      });
      if (report.kind !== 'made') this.tell();
      else if (this.request !== null) this.request = { ...this.request, document: request.document };
      return report;
    });
  }

  private async travelTo(way: Way, seek: Seek): Promise<SeekReport> {
    const { run } = this;
    if (run === null || !seek.isWanted()) return { kind: 'given-up' };
    try {
      if (!(await way(run, this.travel.turnsOf(seek, this.clock)))) return { kind: 'given-up' };
      await run.readAhead();
    } catch (error) {
      if (seek.isWanted()) {
        this.travel.giveUp();
        this.fail(error);
      }
      return { kind: 'given-up' };
    } finally {
      if (run === this.run) this.breakpoints.tell(run);
    }
    this.arrive(run, null);
    if (seek.end()) this.play();
    this.tell();
    return { kind: 'there', seq: run.seq };
  }

  /** The run stands somewhere else. */
  private arrive(run: Run, stop: RunStop | null): void {
    this.jumps++;
    this.maker?.rates.forget();
    this.stopped = stop;
    this.pacing.restart();
    this.turns.reset();
    if (this.status.kind !== 'idle') this.status = { kind: 'paused' };
    this.settle(run);
  }

  /** Back to right behind the entry that a breakpoint waits for. */
  private async stopAt(run: Run, hit: Hit): Promise<void> {
    await goTo(run, { by: 'seq', seq: hit.seq + 1 }, new Turns(this.clock, () => run === this.run));
    if (run === this.run) this.arrive(run, this.breakpoints.stopOf(hit));
  }

  private settle(run: Run): void {
    if (run.limit !== null) this.halt(run.limit);
    else if (run.isAtEnd) this.finish(run);
    else this.tell();
  }

  setSpeed(speed: Speed): void {
    this.pacing.setSpeed(speed);
    this.maker?.rates.forget();
  }

  async restart(number: number): Promise<void> {
    const { request, status } = this;
    if (request === null) return;
    const report = await this.open({ ...request, run: number });
    if (report.ok && status.kind === 'running') this.play();
  }

  watch(nodeId: string | null): void {
    this.watched = nodeId;
    this.turns.watch(nodeId);
    this.run?.watch(nodeId);
    this.plane.watch(nodeId);
    this.tell();
  }

  chooseValue(column: string | null): void {
    this.turns.choose(column);
    this.tell();
  }

  orderTable(order: TableOrder): void {
    this.turns.order(order);
    this.tell();
  }

  async close(): Promise<void> {
    await this.cancel();
    this.forget();
    this.setStatus({ kind: 'idle' });
  }

  private forget(): void {
    this.plane.opened(null);
    this.request = null;
    this.run = null;
    this.maker = null;
    this.figures = NO_FIGURES;
  }

  /** The run stands when the promise is kept. */
  private async stop(): Promise<void> {
    this.travel.giveUp();
    if (this.status.kind === 'running') this.setStatus({ kind: 'paused' });
    await this.going;
  }

  private standing(): Run | null {
    return STANDING.has(this.status.kind) && !this.travel.isUnderWay ? this.run : null;
  }

  private isGoing(run: Run): boolean {
    return run === this.run && this.status.kind === 'running';
  }

  private async goOn(run: Run): Promise<void> {
    try {
      while (this.isGoing(run)) {
        const advance = await run.advance(this.pacing, this.clock() + WORK_MS);
        if (advance.kind === 'ended') {
          if (run === this.run) this.finish(run);
          return;
        }
        if (advance.kind === 'hit') return await this.stopAt(run, advance.hit);
        if (advance.kind === 'limit') {
          if (run === this.run) this.halt(advance.problem);
          return;
        }
        if (this.isGoing(run)) this.tell();
        await rest(advance.waitMs);
      }
      this.tell();
    } catch (error) {
      if (run === this.run) this.fail(error);
    }
  }

  private finish(run: Run): void {
    const problems = run.problems();
    const fatal = problems.find((problem) => problem.severity === 'error');
    if (fatal === undefined) this.setStatus({ kind: 'ended', problems });
    else this.halt(fatal);
  }

  /** The run cannot go on, but stands between two rounds: its figures add up. */
  private halt({ code, nodeId, message, fix }: Problem): void {
    this.refresh();
    this.setStatus({ kind: 'failed', failure: { code, nodeId, message, fix } });
  }

  private fail(error: unknown): void {
    this.setStatus({ kind: 'failed', failure: failureOf(error) });
  }

  private setStatus(status: RunStatus): void {
    this.status = status;
    this.tell();
  }

  /** There is something new to show; it goes now, or when the page can take it. */
  private tell(): void {
    this.frames.tell();
    this.filler.wake();
  }

  /** A run that failed is in the middle of a round: its figures add up no more. */
  private refresh(): void {
    if (this.maker === null || this.status.kind === 'failed') return;
    this.figures = this.maker.figures(this.pacing, this.clock(), this.status.kind === 'running');
  }

  /** On its way somewhere a run shows nothing. Charts and tables, and what the plane grows by, are taken once. */
  frame(isSeen = true): Frame | null {
    const { run, status } = this;
    if (this.travel.isUnderWay) return null;
    const isRunning = status.kind === 'running';
    this.refresh();
    const parts = run === null || !isSeen ? NO_PARTS : this.turns.take(run.feeds, this.clock(), isRunning);
    return {
      run: this.number,
      jumps: this.jumps,
      stop: this.stopped,
      status,
      through: null,
      ...this.figures,
      ...parts,
      plane: isSeen ? this.plane.take() : null,
    };
  }
}
