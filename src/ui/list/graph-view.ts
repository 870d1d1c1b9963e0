import { create } from 'zustand';
import { keep, readKept } from '../../app/kept.ts';

/** Whether the graph is shown as a list instead of a picture. Remembered between visits. */
interface GraphViewState {
  readonly isList: boolean;
  readonly toggle: () => void;
}

const STORAGE_KEY = 'tidemark.list';

export const useGraphView = create<GraphViewState>()((set, get) => ({
  isList: readKept(STORAGE_KEY) === true,
  toggle: () => {
    const isList = !get().isList;
    keep(STORAGE_KEY, isList);
    set({ isList });
  },
}));
