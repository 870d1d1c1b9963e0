import type { PipelineDocument } from '../pipeline/document.ts';
import type { EngineClient } from '../worker/client.ts';
import type { Problem } from '../stream/problem.ts';
import type { Breakpoint } from '../worker/travel-protocol.ts';
import type { Frame, RunStatus, Speed } from '../worker/protocol.ts';
import type { Carried } from './carry-over.ts';
import { analysisNow } from './analysis/load-analysis.ts';
import { questionProblems } from './file-questions.ts';
import { tellPlane } from './plane-updates.ts';
import { runSignature, watchedByDefault } from './run-document.ts';
import { FrameDrawer, nextStep } from './run-frames.ts';
import type { StartEngine } from './engine-thread.ts';
import { EngineStopped, EngineThread } from './engine-thread.ts';
import { messageOf } from './message-of.ts';
import type { LostRun } from './run-recovery.ts';
import { RunRecovery, stoppedFailure } from './run-recovery.ts';
import type { EditReport } from '../worker/edit-protocol.ts';
import type { EditOutcome, RunState } from './run-state.ts';
import { NO_CHARTS, NO_EDITS, NO_FIGURES } from './run-state.ts';

/** Typing in a field is one change, not ten. */
const EDIT_PAUSE_MS = 250;

/** Until the engine's own word. */
const OPENING: RunStatus = { kind: 'loading', progress: null };

interface Screen {
  readonly get: () => RunState;
  readonly set: (part: Partial<RunState>) => void;
}

interface Opening {
  readonly run: number;
  readonly document: PipelineDocument;
  readonly files: Readonly<Record<string, File>>;
  readonly signature: string | null;
}

/** Holds the engine's thread and keeps what it has open in step with the document. */
export class RunControl {
  private readonly screen: Screen;
  private readonly thread: EngineThread;
  private document: PipelineDocument | null = null;
  private graph = 0;
  /** Files of graphs that were in view before, by reference: undo brings them back. */
  private readonly filesOfGraphs = new Map<number, Readonly<Record<string, File>>>();
  /** Signature of the graph and files that the engine has open; null: none. */
  private openedAs: string | null = null;
  /** Of those that are being opened. */
  private openingAs: string | null = null;
  private opening: Promise<boolean> = Promise.resolve(false);
  /** The files that the engine has open. */
  private openedFiles: Readonly<Record<string, File>> | null = null;
  /** Of what is being made an edit of the run. */
  private editingAs: string | null = null;
  private editing: Promise<boolean> = Promise.resolve(false);
  /** Whether the run went on when it was edited. */
  private resumes = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asked: string | null = null;
  private run = 0;
  /** Drawn in steps, where a graph is large; the plane is told of it once. */
  private newest: Frame | null = null;
  private isPlaneShown = false;
  private breakpoints: readonly Breakpoint[] = [];
  readonly recovery = new RunRecovery();

  constructor(screen: Screen, start: StartEngine) {
    this.screen = screen;
    this.thread = new EngineThread(start, {
      onStart: (client) => new FrameDrawer((frame) => this.draw(frame), client),
      onEnd: (message) => this.threadEnded(message),
    });
  }

  /** Whether all of the frame is drawn. */
  private draw(frame: Frame): boolean {
    if (frame.run < this.run) return true;
    if (frame !== this.newest) tellPlane(frame.plane);
    this.newest = frame;
    if (this.recovery.passes(frame)) return true;
    const state = this.screen.get();
    const { figures, isWhole } = nextStep(frame, state, state.watched);
    this.screen.set(figures);
    return isWhole;
  }

  /** What the engine answers; rejects when it stops before that. */
  readonly ask: EngineThread['ask'] = (question) => this.thread.ask(question);

  /** Tells the engine, if there is one. What it says is not waited for. */
  tell(command: (client: EngineClient) => Promise<unknown>): void {
    this.thread.started?.then(command).catch((error: unknown) => this.fail(messageOf(error)));
  }

  /** Tells the engine and waits until that is done, or the engine has stopped. */
  async command(command: (client: EngineClient) => Promise<unknown>): Promise<void> {
    try {
      await this.ask(command);
    } catch (error) {
      if (!(error instanceof EngineStopped)) this.fail(messageOf(error));
    }
  }

  /** Runs `command` on an engine that has open what is on the screen; not at all when that cannot be opened. */
  async withRun(command: (client: EngineClient, wasOpen: boolean) => Promise<unknown>): Promise<void> {
    const { graph, run } = this;
    if (!(await this.isReady(graph))) return;
    const wasOpen = run === this.run;
    await this.command((client) => command(client, wasOpen));
  }

  async restart(client: EngineClient): Promise<void> {
    this.run++;
    this.recovery.journal.clear();
    this.screen.set({ ...NO_FIGURES, ...NO_EDITS, status: OPENING, began: this.screen.get().ranWith });
    await client.control.restart(this.run);
  }

  load(document: PipelineDocument): void {
    this.document = document;
    this.changed();
  }

  isOf(graph: number): boolean {
    return graph === this.graph;
  }

  /** A document that is no edit of the last one. */
  loadGraph(document: PipelineDocument, graph: number): void {
    this.filesOfGraphs.set(this.graph, this.screen.get().files);
    this.graph = graph;
    this.document = document;
    this.openedAs = null;
    this.asked = null;
    this.screen.set({ files: this.filesOfGraphs.get(graph) ?? {} });
    void this.open();
  }

  /** The graph or a file is another one than before. */
  changed(): void {
    clearTimeout(this.timer);
    if (this.openingAs !== null && this.openingAs === this.signature()) return;
    if (this.isCurrent()) {
      this.screen.set({ isChanged: false });
      if (this.resumes) this.tell(({ control }) => control.play());
      this.resumes = false;
      return;
    }
    const { status, position } = this.screen.get();
    if (this.openedAs !== null && position.seq > 0 && status.kind !== 'idle') {
      this.screen.set({ isChanged: true });
      this.resumes ||= status.kind === 'running';
      if (status.kind === 'running') this.tell(({ control }) => control.pause());
      if (this.canEdit()) this.timer = setTimeout(() => void this.edit(), EDIT_PAUSE_MS);
      return;
    }
    this.timer = setTimeout(() => void this.open(), EDIT_PAUSE_MS);
  }

  setSpeed(speed: Speed): void {
    this.tell(({ control }) => control.setSpeed(speed));
  }

  showPlane(isShown: boolean): void {
    this.isPlaneShown = isShown;
    this.tell(({ control }) => control.showPlane(isShown));
  }

  /** Without an engine there is none to tell: the next one is told as it opens something. */
  async setBreakpoints(breakpoints: readonly Breakpoint[]): Promise<Readonly<Record<string, readonly Problem[]>>> {
    this.breakpoints = breakpoints;
    if (this.thread.started === null) return {};
    return this.ask<Readonly<Record<string, readonly Problem[]>>>(({ control }) =>
      control.setBreakpoints(breakpoints),
    ).catch(() => ({}));
  }

  watch(nodeId: string | null): void {
    this.asked = nodeId;
    const watched = nodeId ?? (this.document === null ? null : watchedByDefault(this.document));
    if (watched === this.screen.get().watched) return;
    this.screen.set({ watched, charts: NO_CHARTS, results: null, table: null, drops: null });
    this.tell(({ control }) => control.watch(watched));
  }

  private isCurrent(): boolean {
    return this.openedAs !== null && this.openedAs === this.signature();
  }

  private signature(): string | null {
    return this.document === null ? null : runSignature(this.document, this.screen.get().files);
  }

  /** Opens what is on the screen unless it is; an edit meanwhile begins it anew. False: it cannot be, or another graph came. */
  private async isReady(graph: number): Promise<boolean> {
    while (graph === this.graph && !this.isCurrent()) {
      const signature = this.signature();
      if (this.canEdit()) {
        if (!(await this.edit()) && signature === this.signature()) return false;
        continue;
      }
      const opening = this.openingAs === signature ? this.opening : this.open();
      if (!(await opening) && opening === this.opening && signature === this.signature()) return false;
    }
    clearTimeout(this.timer);
    return graph === this.graph;
  }

  /** Whether a run stands in the middle of its log that can go on with another graph. */
  private canEdit(): boolean {
    const { status, position, files } = this.screen.get();
    const isUnderWay = status.kind === 'running' || status.kind === 'paused';
    return this.openedAs !== null && this.openedFiles === files && position.seq > 0 && isUnderWay;
  }

  /** Makes what is on the screen the graph of the run from here on. False: it cannot be. */
  private edit(): Promise<boolean> {
    clearTimeout(this.timer);
    const signature = this.signature();
    if (this.document === null) return Promise.resolve(false);
    if (this.editingAs === signature) return this.editing;
    this.editingAs = signature;
    this.screen.set({ isEditing: true });
    this.editing = this.tryEdit(this.document, signature)
      .catch((error: unknown) => {
        if (!(error instanceof EngineStopped)) this.fail(messageOf(error));
        return false;
      })
      .finally(() => {
        if (this.editingAs !== signature) return;
        this.editingAs = null;
        this.screen.set({ isEditing: false });
      });
    return this.editing;
  }

  private async tryEdit(document: PipelineDocument, signature: string | null): Promise<boolean> {
    const { run, resumes: plays } = this;
    const { progress: share } = this.screen.get().position;
    const report = await this.ask<EditReport>(({ control }) => control.edit({ document, plays }));
    if (run !== this.run) return false;
    switch (report.kind) {
      case 'cancelled':
        return false;
      case 'invalid':
        this.screen.set({ problems: report.problems, lastEdit: { kind: 'refused' } });
        return false;
      case 'reopen': {
        const carried = await this.openUpToHere(this.resumes);
        if (carried === null) return false;
        this.screen.set({ lastEdit: { kind: 'reopened', why: report.why, carried } });
        return true;
      }
      case 'made': {
        const made = { edit: report.edit, document, seq: report.seq, share };
        this.recovery.journal.edited(report, document);
        const edits = [...this.screen.get().edits.filter(({ seq }) => seq < made.seq), made];
        const lastEdit: EditOutcome = { kind: 'made', made };
        this.openedAs = signature;
        this.resumes &&= signature !== this.signature();
        this.screen.set({ isChanged: !this.isCurrent(), ranWith: document, edits, lastEdit, problems: [] });
        return true;
      }
    }
  }

  /** Another run, which goes to where the last one stood, with what was put into that by hand. Null: it cannot be opened. */
  async openUpToHere(plays: boolean): Promise<Carried | null> {
    const { processingTimeMs: atMs } = this.screen.get().clocks;
    const placed = this.recovery.journal.all;
    if (!(await this.open())) return null;
    return this.ask(({ control }) => this.recovery.beginAnew(control, placed, { atMs, plays }));
  }

  private open(): Promise<boolean> {
    this.resumes = false;
    clearTimeout(this.timer);
    const run = ++this.run;
    this.opening = this.tryOpen(run)
      .catch((error: unknown) => {
        if (run === this.run) this.fail(messageOf(error));
        return false;
      })
      .finally(() => {
        if (run === this.run) this.openingAs = null;
      });
    return this.opening;
  }

  private async tryOpen(run: number): Promise<boolean> {
    const document = this.document;
    if (document === null) return false;
    const { files } = this.screen.get();
    const signature = this.signature();
    const known = document.nodes.some((node) => node.id === this.asked);
    const watched = known ? this.asked : watchedByDefault(document);
    this.openedAs = null;
    this.openingAs = signature;
    this.screen.set({ ...NO_FIGURES, ...NO_EDITS, status: OPENING, watched });
    return this.ask(({ control }) => this.openOn(control, { run, document, files, signature }));
  }

  private async openOn(control: EngineClient['control'], opening: Opening): Promise<boolean> {
    const { run, document, files, signature } = opening;
    await control.cancel();
    if (run !== this.run) return false;
    const asked = questionProblems(document, files, this.screen.get().findings);
    if (asked.length > 0) {
      this.screen.set({ status: { kind: 'idle' }, problems: asked });
      return false;
    }
    await this.tellManner(control);
    const report = await control.open({ run, document, files });
    if (run !== this.run) return false;
    if (report.ok) {
      this.openedAs = signature;
      this.openedFiles = files;
      this.recovery.journal.clear();
    }
    // As the analysis tells them: what both found is one problem.
    const problems = analysisNow()?.inFormWords(document, report.problems) ?? report.problems;
    this.screen.set({ problems, ranWith: report.ok ? document : null, began: report.ok ? document : null });
    return report.ok;
  }

  /** As they are by now: the engine takes its time to start, and people do not wait for it. */
  private async tellManner(control: EngineClient['control']): Promise<void> {
    await control.setSpeed(this.screen.get().speed);
    await control.watch(this.screen.get().watched);
    await control.showPlane(this.isPlaneShown);
    await control.setBreakpoints(this.breakpoints);
  }

  /** Nobody ended it: it is started again, and what it had open is brought back to where it was last shown. */
  private threadEnded(message: string): void {
    const { status, position, began } = this.screen.get();
    const { openedAs: signature, openedFiles: files, openingAs } = this;
    let { lost } = this.recovery;
    if (signature !== null && began !== null) {
      const plays = status.kind === 'running' || this.resumes;
      lost = { began, files: files ?? {}, signature, seq: position.seq, plays };
    }
    if (!this.recovery.isWorthWhile(performance.now())) this.fail(`${message} It was started again, and ended again.`);
    else if (lost !== null) this.bringBack(message, lost);
    else if (openingAs === null) this.fail(message);
    else {
      this.letGo(message);
      void this.open();
    }
  }

  private bringBack(message: string, lost: LostRun): void {
    this.letGo(message);
    const { run } = this;
    this.recovery.begin(lost);
    this.openingAs = lost.signature;
    this.screen.set({ status: OPENING });
    this.opening = this.ask(({ control }) => this.goBack(control, run, lost))
      .catch((error: unknown) => {
        if (run === this.run) this.fail(messageOf(error));
        return false;
      })
      .finally(() => {
        if (run === this.run) this.openingAs = null;
      });
  }

  private async goBack(control: EngineClient['control'], run: number, lost: LostRun): Promise<boolean> {
    await this.tellManner(control);
    const { ok, problems } = await this.recovery.bringBack(control, run, lost);
    if (run !== this.run) return false;
    const passed = this.recovery.end();
    if (!ok) {
      this.screen.set({ status: { kind: 'idle' }, problems });
      return false;
    }
    this.openedAs = lost.signature;
    this.openedFiles = lost.files;
    this.screen.set({ recovery: { seq: lost.seq } });
    while (passed !== null && !this.draw(passed));
    return true;
  }

  /** Ends the thread. */
  private letGo(message: string): void {
    this.openedAs = null;
    this.openingAs = null;
    this.recovery.end();
    // A frame of the engine that is gone may still wait to be drawn.
    this.run++;
    this.thread.end(message);
  }

  private fail(message: string): void {
    this.letGo(message);
    this.screen.set({ status: { kind: 'failed', failure: stoppedFailure(message) } });
  }
}
