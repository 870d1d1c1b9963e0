import { create } from 'zustand';
import { keep, readKept } from '../../app/kept.ts';

/** What stands below the graph where only one panel has room. */
export type PhoneTab = 'graph' | 'results' | 'ledger' | 'node';

/** What can have the whole window. */
export type Filling = 'canvas' | 'deck' | 'plane';

/** Sizes that the user gave the panels; null: the layout's own. Remembered between visits. */
interface PanelSizes {
  readonly inspectorPx: number | null;
  readonly deckPx: number | null;
  readonly isInspectorFolded: boolean;
  readonly isDeckFolded: boolean;
  /** Where the plane stands beside charts and tables. */
  readonly isPlaneFolded: boolean;
}

interface PanelState extends PanelSizes {
  /** What has the whole window for a while; not remembered. */
  readonly filled: Filling | null;
  readonly tab: PhoneTab;
  readonly change: (part: Partial<PanelSizes>) => void;
  /** Gives the whole window to a panel, or takes it back. */
  readonly fill: (panel: Filling) => void;
  readonly showTab: (tab: PhoneTab) => void;
}

const STORAGE_KEY = 'tidemark.panels';
const UNTOUCHED: PanelSizes = {
  inspectorPx: null,
  deckPx: null,
  isInspectorFolded: false,
  isDeckFolded: false,
  isPlaneFolded: false,
};

function readSizes(): PanelSizes {
  const kept = readKept(STORAGE_KEY);
  if (typeof kept !== 'object' || kept === null) return UNTOUCHED;
  const { inspectorPx, deckPx, ...folded } = kept as Partial<Record<keyof PanelSizes, unknown>>;
  return {
    inspectorPx: typeof inspectorPx === 'number' ? inspectorPx : null,
    deckPx: typeof deckPx === 'number' ? deckPx : null,
    isInspectorFolded: folded.isInspectorFolded === true,
    isDeckFolded: folded.isDeckFolded === true,
    isPlaneFolded: folded.isPlaneFolded === true,
  };
}

/** Only what changed: another window may have changed the rest. */
function keepSizes(part: Partial<PanelSizes>): void {
  keep(STORAGE_KEY, { ...readSizes(), ...part });
}

export const usePanels = create<PanelState>()((set, get) => ({
  ...readSizes(),
  filled: null,
  tab: 'graph',
  change: (part) => {
    set({ ...part, filled: null });
    keepSizes(part);
  },
  fill: (panel) => set({ filled: get().filled === panel ? null : panel }),
  showTab: (tab) => set({ tab, filled: null }),
}));

export const INSPECTOR_PX = { min: 256, max: 560 } as const;
export const DECK_PX = { min: 200 } as const;
/** Share of the window's height that the deck may take. */
const DECK_MAX_SHARE = 0.7;

export function boundInspector(px: number): number {
  return Math.min(INSPECTOR_PX.max, Math.max(INSPECTOR_PX.min, px));
}

export function maxDeckPx(): number {
  return Math.round(window.innerHeight * DECK_MAX_SHARE);
}

export function boundDeck(px: number): number {
  return Math.min(maxDeckPx(), Math.max(DECK_PX.min, px));
}
