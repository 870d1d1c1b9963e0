import { create } from 'zustand';
import type { Problem } from '../../stream/problem.ts';
import { useDocuments } from '../documents/documents-state.ts';
import { followDocument } from '../documents/follow-document.ts';
import type { RunStop, Watch } from '../run-state.ts';
import { useRunStore } from '../run-store.ts';
import { keptMarks } from './kept-marks.ts';
import type { Bookmark, Marks, PageBreakpoint } from './marks.ts';
import { MARKS_MAX, NO_MARKS } from './marks.ts';
import { useWatchedNodes } from './watched-nodes.ts';

export type { Bookmark, PageBreakpoint } from './marks.ts';

/** A stop of the run as it was. */
export interface PastStop extends RunStop {
  readonly atMs: number | null;
}

/** What the engine says of breakpoints that it cannot stop at, by id. */
type ProblemsById = Readonly<Record<string, readonly Problem[]>>;

interface MarksState extends Marks {
  readonly problems: ProblemsById;
  /** Since the run began, by place. */
  readonly stops: readonly PastStop[];
  /** At the present offset; null when there are too many. */
  readonly addBookmark: () => Bookmark | null;
  readonly renameBookmark: (id: string, name: string) => void;
  readonly removeBookmark: (id: string) => void;
  /** What is wrong with it: then it is not added. */
  readonly addBreakpoint: (watch: Watch) => Promise<readonly Problem[]>;
  readonly switchBreakpoint: (id: string, isOn: boolean) => void;
  readonly removeBreakpoint: (id: string) => void;
}

const STOPS_MAX = 50;
const TOO_MANY: Problem = {
  code: 'too-many',
  severity: 'error',
  path: '',
  nodeId: null,
  message: `There are ${String(MARKS_MAX)} breakpoints already.`,
  fix: 'Remove one first.',
};

export const useMarks = create<MarksState>()((set, get) => {
  /** A change by hand: it is kept, and the engine is told. */
  const change = (part: Partial<Marks>): void => {
    set(part);
    const { currentId } = useDocuments.getState();
    const { bookmarks, breakpoints } = get();
    if (currentId !== null) keptMarks.keep(currentId, { bookmarks, breakpoints });
    if (part.breakpoints !== undefined) void tellEngine(part.breakpoints);
  };
  return {
    ...NO_MARKS,
    problems: {},
    stops: [],
    addBookmark: () => {
      const { bookmarks } = get();
      if (bookmarks.length >= MARKS_MAX) return null;
      const { position, clocks } = useRunStore.getState();
      const { seq } = position;
      const bookmark = { id: crypto.randomUUID(), name: freshName(bookmarks), seq, atMs: clocks.processingTimeMs };
      change({ bookmarks: [...bookmarks, bookmark].sort((a, b) => a.seq - b.seq) });
      return bookmark;
    },
    renameBookmark: (id, name) => {
      const wanted = name.trim().slice(0, 60);
      if (wanted === '') return;
      change({ bookmarks: get().bookmarks.map((each) => (each.id === id ? { ...each, name: wanted } : each)) });
    },
    removeBookmark: (id) => change({ bookmarks: get().bookmarks.filter((each) => each.id !== id) }),
    addBreakpoint: async (watch) => {
      const before = get().breakpoints;
      const same = before.find((each) => JSON.stringify(each.watch) === JSON.stringify(watch));
      if (same !== undefined) {
        get().switchBreakpoint(same.id, true);
        return [];
      }
      if (before.length >= MARKS_MAX) return [TOO_MANY];
      const added: PageBreakpoint = { id: crypto.randomUUID(), watch, isOn: true };
      const problems = (await tellEngine([...before, added]))[added.id] ?? [];
      if (problems.length > 0) {
        void tellEngine(get().breakpoints);
        return problems;
      }
      change({ breakpoints: [...get().breakpoints, added] });
      return [];
    },
    switchBreakpoint: (id, isOn) =>
      change({ breakpoints: get().breakpoints.map((each) => (each.id === id ? { ...each, isOn } : each)) }),
    removeBreakpoint: (id) => change({ breakpoints: get().breakpoints.filter((each) => each.id !== id) }),
  };
});

useMarks.subscribe(({ breakpoints }, before) => {
  if (breakpoints === before.breakpoints) return;
  const ids = new Set(breakpoints.flatMap(({ isOn, watch }) => (isOn && watch.nodeId !== null ? [watch.nodeId] : [])));
  useWatchedNodes.setState({ ids });
});

function freshName(bookmarks: readonly Bookmark[]): string {
  const taken = new Set(bookmarks.map(({ name }) => name));
  for (let i = 1; ; i++) if (!taken.has(`Bookmark ${String(i)}`)) return `Bookmark ${String(i)}`;
}

/** Says what is wrong with breakpoints, by id; nothing while nothing is open. */
async function tellEngine(breakpoints: readonly PageBreakpoint[]): Promise<ProblemsById> {
  const wanted = breakpoints.filter(({ isOn }) => isOn).map(({ id, watch }) => ({ id, watch }));
  const problems = await useRunStore.getState().setBreakpoints(wanted);
  useMarks.setState({ problems });
  return problems;
}

/** Keeps the marks in step with the document on the screen, and the engine with the breakpoints. Ends when the answer is called. */
export function followMarks(): () => void {
  const stops = [
    followDocument((id, isOther) => {
      const kept = id === null ? null : keptMarks.of(id);
      const { bookmarks, breakpoints } = useMarks.getState();
      // What goes on as a document of its own, or is kept only now, takes its marks along.
      if (!isOther && kept === null) {
        if (id !== null) keptMarks.keep(id, { bookmarks, breakpoints });
        return;
      }
      const marks = kept ?? NO_MARKS;
      useMarks.setState({ ...marks, problems: {}, stops: [] });
      if (marks.breakpoints.length + breakpoints.length > 0) void tellEngine(marks.breakpoints);
    }),
    useRunStore.subscribe((now, before) => {
      if (now.began !== before.began) useMarks.setState({ stops: [] });
      if (now.ranWith !== before.ranWith && now.ranWith !== null && useMarks.getState().breakpoints.length > 0)
        void tellEngine(useMarks.getState().breakpoints);
      if (now.stop !== before.stop && now.stop !== null) note(now.stop, now.clocks.processingTimeMs);
    }),
  ];
  return () => stops.forEach((stop) => stop());
}

function note(stop: RunStop, atMs: number | null): void {
  const others = useMarks.getState().stops.filter(({ hit }) => hit.seq !== stop.hit.seq);
  const stops = [...others, { ...stop, atMs }].slice(-STOPS_MAX);
  useMarks.setState({ stops });
}
