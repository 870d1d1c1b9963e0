import { create } from 'zustand';

export const INSPECTOR_TABS = ['settings', 'rows', 'state', 'lineage', 'code'] as const;
export type InspectorTab = (typeof INSPECTOR_TABS)[number];

/** What the keyboard is to be taken to. */
export type InspectorPlace = 'name' | 'field';

interface InspectorState {
  /** Kept while one node after the other is looked at. */
  readonly tab: InspectorTab;
  /** Asked for, and not yet there: the form may still be loading. */
  readonly wanted: InspectorPlace | null;
  readonly isHelpOpen: boolean;
  readonly show: (tab: InspectorTab) => void;
  readonly focus: (place: InspectorPlace) => void;
  readonly focused: () => void;
  readonly setHelp: (isOpen: boolean) => void;
}

export const useInspector = create<InspectorState>()((set) => ({
  tab: 'settings',
  wanted: null,
  isHelpOpen: false,
  show: (tab) => set({ tab }),
  focus: (place) => set((state) => ({ wanted: place, tab: place === 'field' ? 'settings' : state.tab })),
  focused: () => set({ wanted: null }),
  setHelp: (isHelpOpen) => set(({ tab }) => ({ isHelpOpen, tab: isHelpOpen ? 'settings' : tab })),
}));
