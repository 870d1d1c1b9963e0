import type { XYPosition } from 'reactflow';
import { create } from 'zustand';

/** What the menu of the graph is about: all that is selected, or the graph itself. */
export type MenuSubject = 'node' | 'several' | 'edge' | 'note' | 'graph';

export interface MenuPlace {
  readonly subject: MenuSubject;
  /** In the window, px. */
  readonly at: XYPosition;
}

interface ContextMenuState {
  /** Null while it is closed. */
  readonly place: MenuPlace | null;
  /** Where the pointer has opened the menu, until what was chosen there is done. */
  readonly pointedAt: XYPosition | null;
  readonly open: (place: MenuPlace, pointedAt: XYPosition | null) => void;
  readonly close: () => void;
}

export const useContextMenu = create<ContextMenuState>()((set) => ({
  place: null,
  pointedAt: null,
  open: (place, pointedAt) => set({ place, pointedAt }),
  close: () => set({ place: null, pointedAt: null }),
}));

/** Does what was chosen in the menu, which `close` takes away first. */
export function chooseThere(close: () => void, run: () => void): void {
  const { pointedAt } = useContextMenu.getState();
  close();
  useContextMenu.setState({ pointedAt });
  run();
  useContextMenu.setState({ pointedAt: null });
}
