import { create } from 'zustand';
import type { Problem } from '../../stream/problem.ts';

/** Text that was typed and cannot be applied yet, or not been left yet. It waits here while other nodes are looked at. */
export interface Draft {
  readonly text: string;
  /** What the document said when this was typed: after an undo the draft is about something that is gone. */
  readonly basis: string;
  readonly problems: readonly Problem[];
}

interface DraftsState {
  readonly drafts: Readonly<Record<string, Draft>>;
  readonly keep: (key: string, draft: Draft) => void;
  readonly drop: (key: string) => void;
}

export const useDrafts = create<DraftsState>()((set) => ({
  drafts: {},
  keep: (key, draft) => set(({ drafts }) => ({ drafts: { ...drafts, [key]: draft } })),
  drop: (key) =>
    set(({ drafts }) => {
      const { [key]: _gone, ...rest } = drafts;
      return { drafts: rest };
    }),
}));

const unsettled = new Set<() => void>();

/** Calls `settle` when what waits in fields has to be applied while they are still being typed in; gives what ends it. */
export function onSettle(settle: () => void): () => void {
  unsettled.add(settle);
  return () => unsettled.delete(settle);
}

/** Applies what waits in fields: before a command is called from one of them, and when the page goes. */
export function settleDrafts(): void {
  for (const settle of unsettled) settle();
}
