import type { XYPosition } from 'reactflow';
import { create } from 'zustand';

export interface EdgeTarget {
  readonly key: string;
  /** Why what is held over the edge may not go in there; null when it may. */
  readonly reason: string | null;
  /** Where the pointer came upon it, in the window, px. */
  readonly at: XYPosition;
}

/** What the hand does over edges. */
interface EdgeMarks {
  /** The edge under the pointer. */
  readonly hovered: string | null;
  /** The edge over which an operator is held. */
  readonly target: EdgeTarget | null;
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
