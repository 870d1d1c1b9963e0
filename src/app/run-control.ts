import type { PipelineDocument } from '../pipeline/document.ts';
import type { EngineClient } from '../worker/client.ts';
import type { Problem } from '../stream/problem.ts';
import type { Breakpoint } from '../worker/travel-protocol.ts';
import type { Frame, RunStatus, Speed } from '../worker/protocol.ts';
import { analysisNow } from './analysis/load-analysis.ts';
import { questionProblems } from './file-questions.ts';
import { tellPlane } from './plane-updates.ts';
import { runSignature, watchedByDefault } from './run-document.ts';
import { FrameDrawer, nextStep } from './run-frames.ts';
import type { EditReport } from '../worker/edit-protocol.ts';
import type { EditOutcome, RunState } from './run-state.ts';
import { NO_CHARTS, NO_EDITS, NO_FIGURES } from './run-state.ts';

/** Typing in a field is one change, not ten. */
const EDIT_PAUSE_MS = 250;

/** Until the engine's own word. */
const OPENING: RunStatus = { kind: 'loading', progress: null };

export type StartEngine = (onCrash: (message: string) => void) => Promise<EngineClient>;

interface Screen {
  readonly get: () => RunState;
  readonly set: (part: Partial<RunState>) => void;
}

/** The engine's thread is gone: what it was asked is not answered any more. */
class EngineStopped extends Error {}

interface Opening {
  readonly run: number;
  readonly document: PipelineDocument;
  readonly files: Readonly<Record<string, File>>;
  readonly signature: string | null;
}

/** Holds the engine's thread and keeps what it has open in step with the document. */
export class RunControl {
  private readonly screen: Screen;
  private readonly start: StartEngine;
  private client: Promise<EngineClient> | null = null;
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
  /** What takes back questions that the engine has not answered yet. */
  private readonly unanswered = new Set<(reason: EngineStopped) => void>();

  constructor(screen: Screen, start: StartEngine) {
    this.screen = screen;
    this.start = start;
  }

  engine(): Promise<EngineClient> {
    this.client ??= this.start((message) => this.fail(message)).then((client) => {
      new FrameDrawer((frame) => {
        if (frame.run < this.run) return true;
        if (frame !== this.newest) tellPlane(frame.plane);
        this.newest = frame;
        const state = this.screen.get();
        const { figures, isWhole } = nextStep(frame, state, state.watched);
        this.screen.set(figures);
        return isWhole;
      }, client);
      return client;
    });
    return this.client;
  }

  /** What the engine answers; rejects when it stops before that. */
  ask<Answer>(question: (client: EngineClient) => Promise<Answer>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.unanswered.add(reject);
      void this.engine()
        .then(question)
        .then(resolve, reject)
        .finally(() => this.unanswered.delete(reject));
    });
  }

  /** Tells the engine, if there is one. What it says is not waited for. */
  tell(command: (client: EngineClient) => Promise<unknown>): void {
    this.client?.then(command).catch((error: unknown) => this.fail(messageOf(error)));
  }

  /** Runs `command` on an engine that has open what is on the screen; not at all when that cannot be opened. */
  async withRun(command: (client: EngineClient, wasOpen: boolean) => Promise<unknown>): Promise<void> {
    const { graph, run } = this;
    if (!(await this.isReady(graph))) return;
    const wasOpen = run === this.run;
    try {
      await this.ask((client) => command(client, wasOpen));
    } catch (error) {
      if (!(error instanceof EngineStopped)) this.fail(messageOf(error));
    }
  }

  async restart(client: EngineClient): Promise<void> {
    this.run++;
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
    if (this.client === null) return {};
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
      case 'reopen':
        return this.reopen(report);
      case 'made': {
        const made = { edit: report.edit, seq: report.seq, share };
        const edits = [...this.screen.get().edits.filter(({ seq }) => seq < made.seq), made];
        const lastEdit: EditOutcome = { kind: 'made', made, document };
        this.openedAs = signature;
        this.resumes &&= signature !== this.signature();
        this.screen.set({ isChanged: !this.isCurrent(), ranWith: document, edits, lastEdit, problems: [] });
        return true;
      }
    }
  }

  /** Another run, which goes to where the last one stood. */
  private async reopen({ why }: Extract<EditReport, { kind: 'reopen' }>): Promise<boolean> {
    const { processingTimeMs: atMs } = this.screen.get().clocks;
    const plays = this.resumes;
    if (!(await this.open())) return false;
    this.screen.set({ lastEdit: { kind: 'reopened', why } });
    if (atMs === null) return true;
    await this.ask<unknown>(({ control }) => control.seek({ to: { by: 'processing-time', atMs }, plays }));
    return true;
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
    // As they are by now: the engine takes its time to start, and people do not wait for it.
    await control.setSpeed(this.screen.get().speed);
    await control.watch(this.screen.get().watched);
    await control.showPlane(this.isPlaneShown);
    await control.setBreakpoints(this.breakpoints);
    const report = await control.open({ run, document, files });
    if (run !== this.run) return false;
    if (report.ok) {
      this.openedAs = signature;
      this.openedFiles = files;
    }
    // As the analysis tells them: what both found is one problem.
    const problems = analysisNow()?.inFormWords(document, report.problems) ?? report.problems;
    this.screen.set({ problems, ranWith: report.ok ? document : null, began: report.ok ? document : null });
    return report.ok;
  }

  private fail(message: string): void {
    this.client?.then(
      (client) => client.terminate(),
      () => undefined,
    );
    this.client = null;
    this.openedAs = null;
    this.openingAs = null;
    // A frame of the engine that is gone may still wait to be drawn.
    this.run++;
    for (const takeBack of this.unanswered) takeBack(new EngineStopped(`The engine stopped: ${message}`));
    this.unanswered.clear();
    const failure = {
      code: 'engine-stopped',
      nodeId: null,
      message: `The engine stopped: ${message}`,
      fix: 'Press play to begin again at the first event. The graph is untouched.',
    };
    this.screen.set({ status: { kind: 'failed', failure } });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
