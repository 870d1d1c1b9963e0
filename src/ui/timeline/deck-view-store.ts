import { create } from 'zustand';
import type { PhoneTab } from '../shell/panel-store.ts';
import { usePanels } from '../shell/panel-store.ts';

/** `plane`: the plane alone, where there is no room for it beside another view. */
export type DeckView = 'charts' | 'plane' | 'branches' | 'consumers' | 'results' | 'drops' | 'ledger' | 'problems';

/** Views that are about the watched node and its times, or short: the plane stays beside them. */
export function isBesidePlane(view: DeckView): boolean {
  return view !== 'ledger' && view !== 'branches' && view !== 'consumers';
}

/** Where only one panel has room: which views stand below each tab, the first one before another is chosen. */
export const VIEWS_OF_TAB: Readonly<Record<PhoneTab, readonly DeckView[]>> = {
  graph: ['plane', 'charts', 'problems'],
  results: ['results', 'drops', 'branches', 'consumers'],
  ledger: ['ledger'],
  node: ['plane'],
};

interface DeckViewState {
  /** Null: what suits the watched node. */
  readonly view: DeckView | null;
  /** Brings the view to the front, wherever the deck is. */
  readonly show: (view: DeckView) => void;
}

export const useDeckView = create<DeckViewState>()((set) => ({
  view: null,
  show: (view) => {
    set({ view });
    const { isDeckFolded, filled, tab, change, showTab } = usePanels.getState();
    if (isDeckFolded || filled === 'canvas' || filled === 'plane') change({ isDeckFolded: false });
    const tabs = Object.keys(VIEWS_OF_TAB) as PhoneTab[];
    if (!VIEWS_OF_TAB[tab].includes(view)) showTab(tabs.find((each) => VIEWS_OF_TAB[each].includes(view)) ?? 'graph');
  },
}));
