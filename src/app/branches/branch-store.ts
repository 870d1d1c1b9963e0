import { create } from 'zustand';
import type { BranchComparison } from '../../worker/branch-protocol.ts';
import type { PipelineDocument } from '../../pipeline/document.ts';
import type { Problem } from '../../stream/problem.ts';
import type { ProcessingTimeMs } from '../../stream/time.ts';
import { useDocumentStore } from '../document-store.ts';
import { useRunStore } from '../run-store.ts';
import { branchName } from './branch-name.ts';

export type {
  Both,
  BranchComparison,
  BranchDifference,
  BranchDifferenceKind,
  BranchMarks,
  BranchNode,
  BranchNodeDetail,
  BranchRow,
} from '../../worker/branch-protocol.ts';

/** More are refused: each is run over again wherever the run goes. */
export const BRANCHES_MAX = 8;

/** The run with other settings, as the screen knows it. */
export interface ScreenBranch {
  readonly id: string;
  /** As somebody called it; null: by what it changes. */
  readonly ownName: string | null;
  readonly document: PipelineDocument;
  /** Where it leaves the run. */
  readonly atSeq: number;
  readonly atMs: ProcessingTimeMs | null;
  /** Whether its settings have held from the first event on, or count from where it leaves the run. */
  readonly from: BranchBeginning;
  /** Null before the first one, and after its settings have changed. */
  readonly comparison: BranchComparison | null;
  /** Why it cannot be run. */
  readonly problems: readonly Problem[];
}

export type BranchBeginning = 'start' | 'here';

interface BranchState {
  readonly branches: readonly ScreenBranch[];
  /** Which one is looked at. */
  readonly shown: string | null;
  /** Whether it is laid over charts and the plane. */
  readonly isOver: boolean;
  /** Whose draft is on the screen in the document's place. */
  readonly editing: string | null;
  /** Begins a branch where the run stands and puts its draft on the screen. False: there are too many. */
  readonly begin: () => boolean;
  readonly show: (id: string) => void;
  readonly layOver: (isOver: boolean) => void;
  readonly edit: (id: string) => void;
  /** The document comes back to the screen; the branch stays. */
  readonly endEditing: () => void;
  readonly rename: (id: string, name: string) => void;
  readonly beginFrom: (id: string, from: BranchBeginning) => void;
  readonly discard: (id: string) => void;
  /** The branch's settings become the document's: one step, which undo takes back. */
  readonly takeOver: (id: string) => void;
  readonly compared: (id: string, comparison: BranchComparison) => void;
  readonly refused: (id: string, problems: readonly Problem[]) => void;
}

let count = 0;

/** The document that runs, draft or not. */
export function documentThatRuns(): PipelineDocument {
  const { kept, document } = useDocumentStore.getState();
  return kept?.document ?? document;
}

export function nameOf({ ownName, document }: ScreenBranch): string {
  return ownName ?? branchName(documentThatRuns(), document);
}

/** The branch that is looked at. */
export function shownBranch({ branches, shown }: BranchState): ScreenBranch | null {
  return branches.find(({ id }) => id === shown) ?? branches[0] ?? null;
}

export const useBranches = create<BranchState>()((set, get) => {
  const change = (id: string, part: Partial<ScreenBranch>): void =>
    set(({ branches }) => ({ branches: branches.map((each) => (each.id === id ? { ...each, ...part } : each)) }));
  return {
    branches: [],
    shown: null,
    isOver: true,
    editing: null,
    begin: () => {
      const { branches } = get();
      if (branches.length >= BRANCHES_MAX) return false;
      get().endEditing();
      const { position, clocks } = useRunStore.getState();
      const id = `branch-${String(++count)}`;
      const document = documentThatRuns();
      const branch: ScreenBranch = {
        id,
        ownName: null,
        document,
        atSeq: position.seq,
        atMs: clocks.processingTimeMs,
        from: 'start',
        comparison: null,
        problems: [],
      };
      set({ branches: [...branches, branch], shown: id });
      get().edit(id);
      return true;
    },
    show: (id) => {
      if (get().editing !== null && get().editing !== id) get().endEditing();
      set({ shown: id });
    },
    layOver: (isOver) => set({ isOver }),
    edit: (id) => {
      const branch = get().branches.find((each) => each.id === id);
      if (branch === undefined) return;
      set({ editing: id, shown: id });
      useDocumentStore.getState().beginDraft(branch.document);
    },
    endEditing: () => {
      if (get().editing === null) return;
      set({ editing: null });
      useDocumentStore.getState().endDraft();
    },
    rename: (id, name) => change(id, { ownName: name.trim() === '' ? null : name.trim() }),
    beginFrom: (id, from) => change(id, { from, comparison: null, problems: [] }),
    discard: (id) => {
      if (get().editing === id) get().endEditing();
      const branches = get().branches.filter((each) => each.id !== id);
      const shown = get().shown === id ? (branches.at(-1)?.id ?? null) : get().shown;
      set({ branches, shown });
      void useRunStore
        .getState()
        .ask((control) => control.closeBranch(id))
        .catch(() => undefined);
    },
    takeOver: (id) => {
      const branch = get().branches.find((each) => each.id === id);
      if (branch === undefined) return;
      const label = nameOf(branch);
      get().endEditing();
      if (useDocumentStore.getState().edit({ label }, () => branch.document)) get().discard(id);
    },
    compared: (id, comparison) => change(id, { comparison, problems: [] }),
    refused: (id, problems) => change(id, { comparison: null, problems }),
  };
});

/** What is edited while a draft is on the screen is the branch's; another graph has no branches of this one. */
useDocumentStore.subscribe((state, before) => {
  const { editing, branches } = useBranches.getState();
  if (state.graph !== before.graph) {
    if (branches.length > 0) useBranches.setState({ branches: [], shown: null, editing: null });
    return;
  }
  if (editing === null || state.kept === null || state.document === before.document) return;
  useBranches.setState({
    branches: branches.map((each) =>
      each.id === editing ? { ...each, document: state.document, comparison: null, problems: [] } : each,
    ),
  });
});
