import { useLayoutEffect } from 'react';
import type { ReactFlowState } from 'reactflow';
import { useStoreApi } from 'reactflow';
import { useDrawing } from '../../app/drawing.ts';
import type { Most, Slice } from './feed-slices.ts';
import { nextSlice } from './feed-slices.ts';
import type { CanvasNode, StreamFlowEdge } from './flow-nodes.ts';
import { useFlowStore } from './flow-store.ts';

/** What is drawn and measured in one go, while the hand waits. */
const A_FRAME: Most = { nodes: 44, edges: 110 };
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
type Drawn = Slice<CanvasNode, StreamFlowEdge>;

function feed({ setNodes, setEdges }: Sink): () => void {
  let stopWaiting: (() => void) | null = null;
  let drawn: Drawn = { nodes: [], edges: [], isWhole: true };
  const next = (most: Most): Drawn => nextSlice(drawn, useFlowStore.getState(), most);
  const show = (now: Drawn): void => {
    const before = drawn;
    drawn = now;
    setNodes([...drawn.nodes]);
    if (!isSame(drawn.edges, before.edges)) setEdges([...drawn.edges]);
    if (!drawn.isWhole) stopWaiting ??= afterFrame(goOn);
    useDrawing.setState({ isWhole: drawn.isWhole });
  };
  const goOn = (): void => {
    stopWaiting = null;
    show(next(A_FRAME));
  };
  /** What one frame can take comes with the edit; of more nothing, as the edit itself takes its time. */
  const follow = (): void => {
    const whole = drawn.isWhole ? next(A_FRAME) : null;
    show(whole?.isWhole === true ? whole : next(NO_MORE));
  };
  follow();
  const stop = useFlowStore.subscribe(follow);
  return () => {
    stop();
    stopWaiting?.();
  };
}

/** In a task of its own: within the frame what is new would be mounted, measured and painted in one go. */
function afterFrame(act: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const frame = requestAnimationFrame(() => (timer = setTimeout(act)));
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}
