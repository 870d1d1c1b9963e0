import type { XYPosition } from 'reactflow';
import { create } from 'zustand';
import type { OutputEnd } from '../../app/document-connect.ts';

/** An edge that was let go over nothing: what could stand there? */
export interface QuickAddPlace {
  readonly from: OutputEnd;
  /** In the window, px. */
  readonly at: XYPosition;
}

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
