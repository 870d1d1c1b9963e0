import type { XYPosition } from 'reactflow';
import { create } from 'zustand';
import type { Axis, Side } from '../../app/arrange/align.ts';
import type { Area } from '../../app/arrange/boxes.ts';

/** What other parts of the screen may ask of the canvas. Nothing happens while it is not there yet. */
export interface CanvasView {
  /** Shows the whole graph. */
  readonly fit: () => void;
  /** Shows the selected nodes, as large as they may be. */
  readonly fitSelection: () => void;
  readonly zoom: (how: 'in' | 'out' | 'whole') => void;
  readonly zoomLevel: () => number;
  /** Brings a node into the middle. */
  readonly flyTo: (nodeId: string) => void;
  /** Brings nodes into view; stands still where they are in it. */
  readonly reveal: (nodeIds: readonly string[]) => void;
  /** Adds a palette item beside the selected node, or in the middle of what is in view. */
  readonly addAtCentre: (itemId: string) => void;
  /** Opens the list of what fits behind the selected node or on the selected edge; false when nothing of it is selected. */
  readonly quickAdd: () => boolean;
  /** Opens the list of operators at a place of the window, px; without one, in the middle of the canvas. */
  readonly askWhatToAdd: (at: XYPosition | null) => void;
  readonly addNote: () => void;
  /** Frames the selected nodes, and asks for a title. */
  readonly group: () => void;
  /** Moves what is seen, px of the window. */
  readonly pan: (by: XYPosition) => void;
  readonly align: (side: Side) => void;
  readonly distribute: (axis: Axis) => void;
  readonly layOut: () => void;
  /** Where the pointer is over the canvas, canvas pixels; null when it is elsewhere. */
  readonly pointer: () => XYPosition | null;
  /** What is in view, canvas pixels; null while there is no canvas. */
  readonly view: () => Area | null;
}

const nothing = (): void => undefined;

export const useCanvasView = create<CanvasView>()(() => ({
  fit: nothing,
  fitSelection: nothing,
  zoom: nothing,
  zoomLevel: () => 1,
  flyTo: nothing,
  reveal: nothing,
  addAtCentre: nothing,
  quickAdd: () => false,
  askWhatToAdd: nothing,
  addNote: nothing,
  group: nothing,
  pan: nothing,
  align: nothing,
  distribute: nothing,
  layOut: nothing,
  pointer: () => null,
  view: () => null,
}));
