import { useLayoutEffect } from 'react';
import type { ReactFlowState } from 'reactflow';
import { useStoreApi } from 'reactflow';
import { create } from 'zustand';
import type { Most, Slice } from './feed-slices.ts';
import { nextSlice } from './feed-slices.ts';
import type { CanvasNode, StreamFlowEdge } from './flow-nodes.ts';
import { useFlowStore } from './flow-store.ts';

/** Whether React Flow has all of the graph by now. */
export const useFeedProgress = create<{ readonly isWhole: boolean }>()(() => ({ isWhole: true }));

/** What is drawn and measured in one go, while the hand waits. */
const A_FRAME: Most = { nodes: 24, edges: 48 };
const NO_MORE: Most = { nodes: 0, edges: 0 };

/**
 * Hands nodes and edges to React Flow's own store: as properties they would cost a drawing of everything around them in
 * each frame of a drag. What it has already follows at once; a large graph comes in over some frames.
 */
export function useFeed(): void {
  const store = useStoreApi<CanvasNode, StreamFlowEdge>();
  useLayoutEffect(() => feed(store.getState()), [store]);
}

type Sink = Pick<ReactFlowState<CanvasNode, StreamFlowEdge>, 'setNodes' | 'setEdges'>;

function feed({ setNodes, setEdges }: Sink): () => void {
  let frame = 0;
  let drawn: Slice<CanvasNode, StreamFlowEdge> = { nodes: [], edges: [], isWhole: true };
  const give = (most: Most): void => {
    const before = drawn;
    drawn = nextSlice(drawn, useFlowStore.getState(), most);
    setNodes([...drawn.nodes]);
    if (!isSame(drawn.edges, before.edges)) setEdges([...drawn.edges]);
    if (!drawn.isWhole) frame ||= requestAnimationFrame(goOn);
    useFeedProgress.setState({ isWhole: drawn.isWhole });
  };
  const goOn = (): void => {
    frame = 0;
    give(A_FRAME);
  };
  give(A_FRAME);
  const stop = useFlowStore.subscribe(() => give(drawn.isWhole ? A_FRAME : NO_MORE));
  return () => {
    stop();
    cancelAnimationFrame(frame);
  };
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}
