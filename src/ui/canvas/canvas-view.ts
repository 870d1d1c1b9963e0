import { create } from 'zustand';

/** What other parts of the screen may ask of the canvas. Nothing happens while it is not there yet. */
export interface CanvasView {
  /** Shows the whole graph. */
  readonly fit: () => void;
  /** Brings a node into the middle. */
  readonly flyTo: (nodeId: string) => void;
  /** Adds a palette item beside the selected node, or in the middle of what is in view. */
  readonly addAtCentre: (itemId: string) => void;
}

const NOWHERE: CanvasView = { fit: () => undefined, flyTo: () => undefined, addAtCentre: () => undefined };

export const useCanvasView = create<CanvasView>()(() => NOWHERE);
