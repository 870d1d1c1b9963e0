import { create } from 'zustand';

/** What the hand does over edges. */
interface EdgeMarks {
  /** The edge under the pointer. */
  readonly hovered: string | null;
  /** The edge over which an operator is held, and why it may not go in there; null when it may. */
  readonly target: { readonly key: string; readonly reason: string | null } | null;
  readonly hover: (key: string | null) => void;
  readonly aim: (target: EdgeMarks['target']) => void;
}

export const useEdgeMarks = create<EdgeMarks>()((set, get) => ({
  hovered: null,
  target: null,
  hover: (hovered) => set({ hovered }),
  aim: (target) => {
    const before = get().target;
    if (before?.key !== target?.key || before?.reason !== target?.reason) set({ target });
  },
}));

/** The edge drawn at a point of the window, whatever lies over it. */
export function edgeAt(x: number, y: number): string | null {
  for (const element of document.elementsFromPoint(x, y)) {
    const edge = element.closest<SVGGElement>('.react-flow__edge');
    if (edge !== null) return edge.dataset['id'] ?? null;
  }
  return null;
}
