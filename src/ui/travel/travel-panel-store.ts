import { create } from 'zustand';
import { usePanels } from '../shell/panel-store.ts';

export type TravelPanel = 'go-to' | 'bookmarks' | 'breakpoints';

/** A condition on the rows of a node, before it is written. */
export interface BreakpointDraft {
  readonly nodeId: string;
}

interface TravelPanels {
  /** The one that is open beside the track. */
  readonly open: TravelPanel | null;
  /** What the list of breakpoints opens with. */
  readonly draft: BreakpointDraft | null;
  /** Brings the track into view as well. */
  readonly show: (panel: TravelPanel, draft?: BreakpointDraft) => void;
  readonly close: () => void;
}

export const useTravelPanels = create<TravelPanels>()((set) => ({
  open: null,
  draft: null,
  show: (open, draft) => {
    const { isDeckFolded, filled, tab, change, showTab, fill } = usePanels.getState();
    if (isDeckFolded) change({ isDeckFolded: false });
    if (filled === 'canvas') fill('canvas');
    if (tab === 'node') showTab('graph');
    set({ open, draft: draft ?? null });
  },
  close: () => set({ open: null, draft: null }),
}));
