import { useEffect, useRef } from 'react';
import { useReactFlow, useStore, useStoreApi } from 'reactflow';
import type { ReactFlowState } from 'reactflow';
import { useDocumentStore } from '../../app/document-store.ts';
import type { ViewFrame } from './fit-view.ts';
import { fitOptions, isAlike, viewportAround } from './fit-view.ts';
import { nudged } from './nudged.ts';

const widthOf = (state: ReactFlowState): number => state.width;
const heightOf = (state: ReactFlowState): number => state.height;

/**
 * A panel that opens takes room from the graph. Where the graph stands as it was fitted, it is fitted anew; else the
 * selected node is moved back into view, and no further than it must.
 */
export function useKeepView(): void {
  const flow = useReactFlow();
  const store = useStoreApi();
  const width = useStore(widthOf);
  const height = useStore(heightOf);
  const seen = useRef<ViewFrame>({ width, height, options: fitOptions() });

  useEffect(() => {
    const before = seen.current;
    // A canvas that is hidden has no size; when it comes back it is as it was.
    if (width === 0 || height === 0) return;
    const now = { width, height, options: fitOptions() };
    seen.current = now;
    if (before.width === 0 || (before.width === width && before.height === height)) return;
    const [x, y, zoom] = store.getState().transform;
    const all = flow.getNodesBounds(flow.getNodes());
    if (all.width > 0 && isAlike(viewportAround(all, before), { x, y, zoom })) {
      void flow.setViewport(viewportAround(all, now));
      return;
    }
    const [id = '', ...others] = useDocumentStore.getState().selection.nodeIds;
    if (others.length > 0 || flow.getInternalNode(id) === undefined) return;
    const box = flow.getNodesBounds([id]);
    const onScreen = { x: x + box.x * zoom, y: y + box.y * zoom, width: box.width * zoom, height: box.height * zoom };
    const by = nudged(onScreen, before, now);
    if (by !== null) void flow.setViewport({ x: x + by.x, y: y + by.y, zoom });
  }, [flow, store, width, height]);
}
