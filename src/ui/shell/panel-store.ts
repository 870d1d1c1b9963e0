import { create } from 'zustand';

/** Sizes that the user gave the panels; null: the layout's own. Remembered between visits. */
interface PanelState {
  readonly inspectorPx: number | null;
  readonly deckPx: number | null;
  readonly isInspectorFolded: boolean;
  readonly isDeckFolded: boolean;
  readonly change: (part: Partial<PanelSizes>) => void;
}

type PanelSizes = Pick<PanelState, 'inspectorPx' | 'deckPx' | 'isInspectorFolded' | 'isDeckFolded'>;

const STORAGE_KEY = 'tidemark.panels';
const UNTOUCHED: PanelSizes = { inspectorPx: null, deckPx: null, isInspectorFolded: false, isDeckFolded: false };

function readSizes(): PanelSizes {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? 'null');
    if (typeof stored !== 'object' || stored === null) return UNTOUCHED;
    const { inspectorPx, deckPx, isInspectorFolded, isDeckFolded } = stored as Partial<
      Record<keyof PanelSizes, unknown>
    >;
    return {
      inspectorPx: typeof inspectorPx === 'number' ? inspectorPx : null,
      deckPx: typeof deckPx === 'number' ? deckPx : null,
      isInspectorFolded: isInspectorFolded === true,
      isDeckFolded: isDeckFolded === true,
    };
  } catch {
    return UNTOUCHED;
  }
}

function keepSizes({ inspectorPx, deckPx, isInspectorFolded, isDeckFolded }: PanelSizes): void {
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify({ inspectorPx, deckPx, isInspectorFolded, isDeckFolded }));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

export const usePanels = create<PanelState>()((set, get) => ({
  ...readSizes(),
  change: (part) => {
    set(part);
    keepSizes(get());
  },
}));

const INSPECTOR_PX = { min: 256, max: 560 } as const;
const DECK_MIN_PX = 200;
/** Share of the window's height that the deck may take. */
const DECK_MAX_SHARE = 0.7;

export function boundInspector(px: number): number {
  return Math.min(INSPECTOR_PX.max, Math.max(INSPECTOR_PX.min, px));
}

export function boundDeck(px: number): number {
  return Math.min(window.innerHeight * DECK_MAX_SHARE, Math.max(DECK_MIN_PX, px));
}
