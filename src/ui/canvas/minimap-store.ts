import { create } from 'zustand';

/** Whether the map of the graph may come up where the graph does not fit. */
export const useMinimap = create<{ readonly isWanted: boolean; readonly toggle: () => void }>()((set, get) => ({
  isWanted: true,
  toggle: () => set({ isWanted: !get().isWanted }),
}));
