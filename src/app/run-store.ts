import type { StoreApi, UseBoundStore } from 'zustand';
import { create } from 'zustand';
import type { EngineClient } from '../worker/client.ts';
import { whenUsable } from './first-view.ts';
import type { Carried } from './carry-over.ts';
import type { StartEngine } from './engine-thread.ts';
import { EngineStopped } from './engine-thread.ts';
import { RunControl } from './run-control.ts';
import type { CompareReport, RunState, SaveReport, SeekReport } from './run-state.ts';
import { NO_RUN } from './run-state.ts';

export function createRunStore(start: StartEngine): UseBoundStore<StoreApi<RunState>> {
  return create<RunState>()((set, get) => {
    const run = new RunControl({ get, set }, start);
    return {
      ...NO_RUN,
      status: { kind: 'idle' },
      problems: [],
      speed: { kind: 'clock', factor: 1 },
      watched: null,
      files: {},
      findings: new Map(),
      jumps: 0,
      recovery: null,
      stop: null,

      load: (document, { graph, play = false } = {}) => {
        if (graph === undefined || run.isOf(graph)) {
          run.load(document);
          return;
        }
        run.loadGraph(document, graph);
        if (play) void get().play();
      },
      cancel: () => run.tell(({ control }) => control.cancel()),
      play: () =>
        run.withRun(async (client) => {
          const { kind } = get().status;
          if (kind === 'ended' || kind === 'failed') await run.restart(client);
          await client.control.play();
        }),
      pause: async () => {
        await run.command(({ control }) => control.pause());
      },
      step: () => run.withRun(({ control }) => control.step()),
      restart: () => {
        const wasRunning = get().status.kind === 'running';
        return run.withRun(async (client, wasOpen) => {
          if (wasOpen) await run.restart(client);
          else if (wasRunning) await client.control.play();
        });
      },
      setSpeed: (speed) => {
        set({ speed });
        run.setSpeed(speed);
      },
      watch: (nodeId) => run.watch(nodeId),
      showPlane: (isShown) => run.showPlane(isShown),
      chooseValue: (column) => run.tell(({ control }) => control.chooseValue(column)),
      orderTable: (order) => run.tell(({ control }) => control.orderTable(order)),
      setFile: (nodeId, file) => {
        const { [nodeId]: _gone, ...rest } = get().files;
        set({ files: file === null ? rest : { ...rest, [nodeId]: file } });
        run.changed();
      },
      setFindings: (file, findings) => {
        set({ findings: new Map(get().findings).set(file, findings) });
        run.changed();
      },
      ...questionsTo(run),
    };
  });
}

/** What is asked of the engine's thread, as it stands. */
function questionsTo(run: RunControl) {
  return {
    inspectFile: (file, config) => run.ask(({ control }) => control.inspectFile(file, config)),
    rowsAt: (place, limit) => looked(run, ({ control }) => control.rowsAt(place, limit), null),
    stateOf: (nodeId) => looked(run, ({ control }) => control.stateOf(nodeId), null),
    rejects: (nodeId, limit) => looked(run, ({ control }) => control.rejects(nodeId, limit), []),
    rejectedRows: (nodeId, limit) => looked(run, ({ control }) => control.rejectedRows(nodeId, limit), []),
    ledger: () => run.ask(({ control }) => control.ledger()),
    ask: (question) => run.ask(({ control }) => question(run.recovery.noting(control))),
    beginAnew: async () => {
      let carried: Carried | null = null;
      await run.command(async () => {
        carried = await run.openUpToHere(false);
      });
      return carried;
    },
    setBreakpoints: (breakpoints) => run.setBreakpoints(breakpoints),
    seek: (request) => moved(run, ({ control }) => control.seek(request)),
    stepTo: (request) => moved(run, ({ control }) => control.stepTo(request)),
    saveResults: (request) => run.ask<SaveReport>(({ control }) => control.saveResults(request)),
    savingProgress: () => looked(run, ({ control }) => control.savingProgress(), null),
    sampleDelays: (request) => run.ask(({ control }) => control.sampleDelays(request)),
    standStill: () =>
      run.ask(async ({ control }) => {
        await control.pause();
        return control.standing();
      }),
    compareDialects: (request) => run.ask<CompareReport>(({ control }) => control.compareDialects(request)),
    comparingProgress: () => looked(run, ({ control }) => control.comparingProgress(), null),
    cancelComparing: () => run.tell(({ control }) => control.cancelComparing()),
    editProgress: () => looked(run, ({ control }) => control.editProgress(), null),
    cancelSaving: () => run.tell(({ control }) => control.cancelSaving()),
  } satisfies Partial<RunState>;
}

/** An answer that is soon asked for again: without one there is nothing to show until then. */
async function looked<Answer, None>(
  run: RunControl,
  look: (client: EngineClient) => Promise<Answer>,
  none: None,
): Promise<Answer | None> {
  try {
    return await run.ask(look);
  } catch (error) {
    if (error instanceof EngineStopped) return none;
    throw error;
  }
}

async function moved(run: RunControl, move: (client: EngineClient) => Promise<SeekReport>): Promise<SeekReport | null> {
  let report: SeekReport | null = null;
  await run.withRun(async (client) => {
    report = await move(client);
  });
  return report;
}

/** The engine's code is the largest part of the page: it comes when the graph is there to be seen. */
async function startLater(...[onCrash]: Parameters<StartEngine>): ReturnType<StartEngine> {
  await whenUsable();
  const { startEngine } = await import('../worker/client.ts');
  return startEngine(onCrash);
}

export const useRunStore = createRunStore(startLater);
