import { useEffect } from 'react';
import { useStore, useStoreApi } from 'reactflow';
import type { ReactFlowState } from 'reactflow';
import { create } from 'zustand';

/** Below this zoom only icon, name and bar of a node can be read. */
const FAR_ZOOM = 0.6;
const isFar = (state: ReactFlowState): boolean => state.transform[2] < FAR_ZOOM;

/** So many nodes, and the edges that leave them, change their looks in one frame; with more the hand would have to wait. */
const NODES_A_FRAME = 64;
const PARTS = 16;

/** Whether nodes and edges are drawn to be read from afar, by the part of the graph that they are in. */
const useFarParts = create<readonly boolean[]>()(() => new Array<boolean>(PARTS).fill(false));

function partOf(id: string): number {
  let sum = 0;
  for (let i = 0; i < id.length; i++) sum = (sum * 31 + id.charCodeAt(i)) % 65_536;
  return sum % PARTS;
}

export function useIsFar(nodeId: string): boolean {
  return useFarParts((parts) => parts[partOf(nodeId)] === true);
}

/** Nodes and edges follow the zoom; those of a large graph in parts, frame by frame. */
export function useFarNodes(): void {
  const store = useStoreApi();
  const far = useStore(isFar);
  useEffect(() => {
    let frame: number;
    const turn = (from: number): void => {
      // Of a graph that is still coming in only what is there has to change.
      const count = store.getState().nodes.length;
      const to = from + Math.max(1, Math.floor((PARTS * NODES_A_FRAME) / Math.max(1, count)));
      useFarParts.setState((parts) => parts.map((was, i) => (i >= from && i < to ? far : was)), true);
      if (to < PARTS) frame = requestAnimationFrame(() => turn(to));
    };
    // Where the zoom has changed in an event of this frame, the next one would come before it is painted, too.
    frame = requestAnimationFrame(() => turn(0));
    return () => cancelAnimationFrame(frame);
  }, [store, far]);
}
