import type { XYPosition } from 'reactflow';
import { create } from 'zustand';
import type { Gap } from '../../app/authoring.ts';

/** Where the list of operators comes up, and what it is to fill. */
export interface QuickAddPlace {
  readonly gap: Gap;
  /** In the window, px. */
  readonly at: XYPosition;
  /** Whether the node comes to lie at `at`; else beside the nodes of the gap. */
  readonly isAtPoint: boolean;
}

export const NO_GAP: Gap = { from: null, to: null };

interface QuickAddState {
  readonly place: QuickAddPlace | null;
  readonly openAt: (place: QuickAddPlace) => void;
  readonly close: () => void;
}

export const useQuickAdd = create<QuickAddState>()((set) => ({
  place: null,
  openAt: (place) => set({ place }),
  close: () => set({ place: null }),
}));
