import { create } from 'zustand';
import type { Problem } from '../../stream/problem.ts';
import type { BranchComparison } from '../../worker/branch-protocol.ts';
import type {
  ConsumerCommand,
  ConsumerOpening,
  ConsumerReport,
  ConsumersReport,
  ConsumerStart,
} from '../../worker/consumer-protocol.ts';
import type { Speed } from '../../worker/protocol.ts';
import { useDocumentStore } from '../document-store.ts';
import { useRunStore } from '../run-store.ts';

export type {
  ConsumerCommand,
  ConsumerReport,
  ConsumersReport,
  ConsumerStart,
  ReaderFigures,
} from '../../worker/consumer-protocol.ts';

/** A consumer as the screen knows it. */
export interface ScreenConsumer {
  readonly id: string;
  readonly name: string;
  readonly start: ConsumerStart;
  readonly speed: Speed;
  /** Whether the engine has it: until then it says nothing of it. */
  readonly isThere: boolean;
}

interface ConsumerState {
  readonly consumers: readonly ScreenConsumer[];
  /** How all stand; null while nothing is known. */
  readonly report: ConsumersReport | null;
  /** Why the last one that was asked for is not there. */
  readonly problems: readonly Problem[];
  /** Which one is compared with the run. */
  readonly shown: string | null;
  /** Of the one that is shown. */
  readonly comparison: BranchComparison | null;
  /** Consumers that went with the engine's thread. */
  readonly lost: number;
  /** False when it was refused. */
  readonly add: (start: ConsumerStart, name: string, speed: Speed) => Promise<boolean>;
  readonly steer: (id: string, command: ConsumerCommand) => void;
  readonly remove: (id: string) => void;
  readonly show: (id: string | null) => void;
  readonly compared: (id: string, comparison: BranchComparison) => void;
}

const ASK_PAUSE_MS = 250;

const UNREADABLE: Problem = {
  code: 'consumer-unreadable',
  severity: 'error',
  path: '',
  nodeId: null,
  message: 'The log cannot be read from its start: the engine stopped, or a file was moved or changed.',
  fix: 'Choose the file again, or restart the run, then add the consumer.',
};

let count = 0;
let timer: ReturnType<typeof setTimeout> | null = null;

export const useConsumers = create<ConsumerState>()((set, get) => {
  const { ask } = useRunStore.getState();
  const change = (id: string, part: Partial<ScreenConsumer>): void =>
    set(({ consumers }) => ({ consumers: consumers.map((each) => (each.id === id ? { ...each, ...part } : each)) }));
  return {
    consumers: [],
    report: null,
    problems: [],
    shown: null,
    comparison: null,
    lost: 0,
    add: async (start, name, speed) => {
      const id = `consumer-${String(++count)}`;
      const { graph } = useDocumentStore.getState();
      const ownName = name.trim() === '' ? nextName(get().consumers) : name.trim();
      set({ consumers: [...get().consumers, { id, name: ownName, start, speed, isThere: false }], problems: [] });
      const opening = await ask<ConsumerOpening>((control) =>
        control.addConsumer({ id, start, speed, plays: true }),
      ).catch((): ConsumerOpening => {
        get().remove(id);
        return { kind: 'refused', problems: [UNREADABLE] };
      });
      if (opening.kind === 'refused') {
        set({ consumers: get().consumers.filter((each) => each.id !== id), problems: opening.problems });
        return false;
      }
      if (useDocumentStore.getState().graph !== graph) return false;
      change(id, { isThere: true });
      set({ shown: get().shown ?? id });
      await lookAtConsumers();
      follow();
      return true;
    },
    steer: (id, command) => {
      if (command.kind === 'speed') change(id, { speed: command.speed });
      // Without an answer the thread is gone: the run says so.
      void ask((control) => control.steerConsumer(id, command)).then(lookAtConsumers, () => undefined);
    },
    remove: (id) => {
      const consumers = get().consumers.filter((each) => each.id !== id);
      const isShown = get().shown === id;
      set({ consumers, ...(isShown ? { shown: consumers.at(-1)?.id ?? null, comparison: null } : {}) });
      void ask((control) => control.removeConsumer(id)).then(lookAtConsumers, () => undefined);
    },
    show: (shown) => set({ shown, comparison: null }),
    compared: (id, comparison) => {
      if (get().shown === id) set({ comparison });
    },
  };
});

function nextName(consumers: readonly ScreenConsumer[]): string {
  for (let number = 1; ; number++) {
    const name = `Consumer ${String(number)}`;
    if (!consumers.some((each) => each.name === name)) return name;
  }
}

export function reportOf(report: ConsumersReport | null, id: string): ConsumerReport | null {
  return report?.consumers.find((each) => each.id === id) ?? null;
}

/** Whether there is a log to read. */
export function hasLog(): boolean {
  const { kind } = useRunStore.getState().status;
  return kind !== 'idle' && kind !== 'loading';
}

/** Asks the engine how all consumers stand. One that it had, and has no more, is gone with its thread. */
export async function lookAtConsumers(): Promise<void> {
  if (!hasLog()) return;
  const { ask, watched } = useRunStore.getState();
  const { consumers: asked } = useConsumers.getState();
  const report = await ask<ConsumersReport | null>((control) => control.consumers(watched)).catch(() => null);
  if (report === null) return;
  const isLost = ({ id, isThere }: ScreenConsumer): boolean => isThere && reportOf(report, id) === null;
  const lost = asked.filter(isLost).map(({ id }) => id);
  const { consumers } = useConsumers.getState();
  const kept = consumers.filter(({ id }) => !lost.includes(id));
  useConsumers.setState((state) => ({
    report,
    ...(kept.length === consumers.length ? {} : { consumers: kept, lost: state.lost + consumers.length - kept.length }),
  }));
}

/** Keeps the figures in step with the engine while there are consumers. */
function follow(): void {
  if (timer !== null || useConsumers.getState().consumers.length === 0) return;
  timer = setTimeout(() => {
    void lookAtConsumers().finally(() => {
      timer = null;
      follow();
    });
  }, ASK_PAUSE_MS);
}

/** Another graph has no consumers of this one. */
useDocumentStore.subscribe((state, before) => {
  if (state.graph === before.graph) return;
  for (const { id } of useConsumers.getState().consumers) useConsumers.getState().remove(id);
  useConsumers.setState({ report: null, problems: [], shown: null, comparison: null });
});
