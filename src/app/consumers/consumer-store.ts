import { create } from 'zustand';
import type { Problem } from '../../stream/problem.ts';
import type { BranchComparison } from '../../worker/branch-protocol.ts';
import type {
  ConsumerCommand,
  ConsumerOpening,
  ConsumerPlace,
  ConsumerReport,
  ConsumersReport,
  ConsumerStart,
} from '../../worker/consumer-protocol.ts';
import type { Speed } from '../../worker/protocol.ts';
import { useDocuments } from '../documents/documents-state.ts';
import { followDocument } from '../documents/follow-document.ts';
import { EngineStopped } from '../engine-thread.ts';
import { useRunStore } from '../run-store.ts';
import { keptConsumers } from './kept-consumers.ts';

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
  /** Where it stands when the engine takes it, and whether it goes on; null: at its start, which is to be found. */
  readonly place: ConsumerPlace | null;
  readonly plays: boolean;
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
  /** The one that the screen looked through until it could not any more; null once that is no news. */
  readonly left: { readonly name: string } | null;
  /** Consumers that went with the engine's thread, or were kept, and could not be brought back. */
  readonly lost: number;
  /** False when it was refused. */
  readonly add: (start: ConsumerStart, name: string, speed: Speed) => Promise<boolean>;
  readonly steer: (id: string, command: ConsumerCommand) => void;
  readonly remove: (id: string) => void;
  readonly show: (id: string | null) => void;
  /** Has charts, counts, rows and state on the screen be those of a consumer; null: of the run. */
  readonly lookThrough: (id: string | null) => void;
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
/** The one that the screen is to look through. */
let looked: ScreenConsumer | null = null;
/** Consumers that the engine is being asked to take. */
const onTheWay = new Set<string>();

function nextId(): string {
  return `consumer-${String(++count)}`;
}

function change(id: string, part: Partial<ScreenConsumer>): void {
  useConsumers.setState(({ consumers }) => ({
    consumers: consumers.map((each) => (each.id === id ? { ...each, ...part } : each)),
  }));
}

export const useConsumers = create<ConsumerState>()((set, get) => {
  const { ask } = useRunStore.getState();
  return {
    consumers: [],
    report: null,
    problems: [],
    shown: null,
    comparison: null,
    left: null,
    lost: 0,
    add: async (start, name, speed) => {
      const id = nextId();
      const ownName = name.trim() === '' ? nextName(get().consumers) : name.trim();
      const added = { id, name: ownName, start, speed, isThere: false, place: null, plays: true };
      set({ consumers: [...get().consumers, added], problems: [] });
      const problems = await bring(added).catch(() => [UNREADABLE]);
      if (problems.length > 0) {
        set({ consumers: get().consumers.filter((each) => each.id !== id), problems });
        return false;
      }
      if (!get().consumers.some((each) => each.id === id)) return false;
      set({ shown: get().shown ?? id });
      follow();
      return true;
    },
    steer: (id, command) => {
      if (command.kind === 'speed') {
        change(id, { speed: command.speed });
        keepThem();
      }
      // Without an answer the thread is gone: the run says so.
      void ask((control) => control.steerConsumer(id, command)).then(lookAtConsumers, () => undefined);
    },
    remove: (id) => {
      const consumers = get().consumers.filter((each) => each.id !== id);
      const isShown = get().shown === id;
      set({ consumers, ...(isShown ? { shown: consumers.at(-1)?.id ?? null, comparison: null } : {}) });
      keepThem();
      void ask((control) => control.removeConsumer(id)).then(lookAtConsumers, () => undefined);
    },
    show: (shown) => set({ shown, comparison: null }),
    lookThrough: (id) => {
      looked = id === null ? null : (get().consumers.find((each) => each.id === id) ?? null);
      set({ left: null });
      // Without an answer the thread is gone: what it starts with is the run.
      void useRunStore
        .getState()
        .ask((control) => control.lookThrough(id))
        .catch(() => undefined);
    },
    compared: (id, comparison) => {
      if (get().shown === id) set({ comparison });
    },
  };
});

useRunStore.subscribe(({ through }, before) => {
  if (through !== null || before.through === null || before.through.consumer !== looked?.id) return;
  useConsumers.setState({ left: { name: looked.name } });
  looked = null;
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

/** Asks the engine how all consumers stand, and to take those that it does not have. */
export async function lookAtConsumers(): Promise<void> {
  if (!hasLog()) return;
  const { ask, watched } = useRunStore.getState();
  const { consumers: asked, report: before } = useConsumers.getState();
  const report = await ask<ConsumersReport | null>((control) => control.consumers(watched)).catch(() => null);
  if (report === null || !hasLog()) return;
  for (const { id, isThere } of asked) {
    if (isThere && reportOf(report, id) === null) change(id, { isThere: false, ...lastPlace(reportOf(before, id)) });
  }
  useConsumers.setState({ report });
  for (const consumer of useConsumers.getState().consumers)
    if (!consumer.isThere && !onTheWay.has(consumer.id)) void bringBack(consumer);
}

/** Where one stood that went with the engine's thread. */
function lastPlace(report: ConsumerReport | null): Pick<ScreenConsumer, 'place' | 'plays'> | null {
  if (report === null) return null;
  const { restSeq, seq, status } = report;
  return { place: { restSeq, seq }, plays: status.kind !== 'paused' };
}

async function bringBack(consumer: ScreenConsumer): Promise<void> {
  const { id } = consumer;
  const problems = await bring(consumer).catch((error: unknown) =>
    error instanceof EngineStopped ? null : [UNREADABLE],
  );
  const { consumers, lost } = useConsumers.getState();
  const isGone = !consumers.some((each) => each.id === id);
  // The next look tries again when the thread is gone once more.
  if (problems === null || problems.length === 0 || isGone) return;
  useConsumers.setState({ consumers: consumers.filter((each) => each.id !== id), problems, lost: lost + 1 });
}

/** Has the engine take a consumer. Gives what is wrong; rejects when the log cannot be read. */
async function bring({ id, start, speed, place, plays }: ScreenConsumer): Promise<readonly Problem[]> {
  const { ask } = useRunStore.getState();
  onTheWay.add(id);
  try {
    const request = { id, start, speed, place, plays };
    const opening = await ask<ConsumerOpening>((control) => control.addConsumer(request));
    if (opening.kind === 'refused') return opening.problems;
    change(id, { isThere: true });
  } finally {
    onTheWay.delete(id);
  }
  await lookAtConsumers();
  const restSeq = reportOf(useConsumers.getState().report, id)?.restSeq;
  if (restSeq !== undefined) change(id, { place: { restSeq, seq: 0 } });
  keepThem();
  return [];
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

function keepThem(): void {
  const { currentId } = useDocuments.getState();
  const { consumers } = useConsumers.getState();
  if (currentId === null) return;
  const kept = consumers.flatMap(({ name, start, speed, place }) =>
    place === null ? [] : [{ name, start, speed, restSeq: place.restSeq }],
  );
  keptConsumers.keep(currentId, kept);
}

/** Consumers are of their document: each begins at its start when it is opened again. */
followDocument((id, isOther) => {
  const kept = id === null ? null : keptConsumers.of(id);
  if (!isOther && kept === null) {
    keepThem();
    return;
  }
  const { consumers } = useConsumers.getState();
  const { ask } = useRunStore.getState();
  for (const gone of consumers) void ask((control) => control.removeConsumer(gone.id)).catch(() => undefined);
  const wanted = (kept ?? []).map(({ restSeq, ...own }): ScreenConsumer => ({
    ...own,
    id: nextId(),
    isThere: false,
    place: { restSeq, seq: 0 },
    plays: true,
  }));
  looked = null;
  useConsumers.setState({ consumers: wanted, report: null, problems: [], shown: null, comparison: null, left: null });
  follow();
});
