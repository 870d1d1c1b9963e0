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
  /** Where the graph's own menu was opened by the pointer, for what is chosen there. */
  readonly pointedAt: XYPosition | null;
  readonly open: (place: MenuPlace, pointedAt: XYPosition | null) => void;
  readonly close: () => void;
}

export const useContextMenu = create<ContextMenuState>()((set) => ({
  place: null,
  pointedAt: null,
  open: (place, pointedAt) => set({ place, pointedAt }),
  close: () => set({ place: null }),
}));

/** For the one command that was chosen there. */
export function takePointedAt(): XYPosition | null {
  const { pointedAt } = useContextMenu.getState();
  useContextMenu.setState({ pointedAt: null });
  return pointedAt;
}
