import { useEffect, useRef } from 'react';
import { useReactFlow, useStore, useStoreApi } from 'reactflow';
import type { Viewport } from 'reactflow';
import { around } from '../../app/arrange/boxes.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { useDrawing } from '../../app/drawing.ts';
import { markUsable } from '../../app/first-view.ts';
import { fitOptions, isAlike, viewportAround } from './fit-view.ts';
import { boxOf } from './flow-nodes.ts';
import { useFlowStore } from './flow-store.ts';

/**
 * Shows a document whole when it is put in place of another. A large one comes in piece by piece: it is fitted by what is
 * known of its nodes before the first of them is drawn, and in the end by their sizes, if nobody has moved the view.
 */
export function useFitOnOpen(): void {
  const flow = useReactFlow();
  const store = useStoreApi();
  const opened = useDocumentStore((state) => state.opened);
  const isMeasured = useStore((state) => state.nodesInitialized);
  const isWhole = useDrawing((state) => state.isWhole);
  const begun = useRef<{ readonly opened: number; readonly viewport: Viewport | null }>({ opened: -1, viewport: null });
  const fitted = useRef(-1);
  useEffect(() => {
    if (fitted.current === opened) return;
    const isEmpty = useDocumentStore.getState().document.nodes.length === 0;
    if (!isWhole && begun.current.opened !== opened) {
      const { width, height } = store.getState();
      const all = around(useFlowStore.getState().nodes.map(boxOf));
      if (all === null || width === 0) return;
      const viewport = viewportAround(
        { ...all, width: all.w, height: all.h },
        { width, height, options: fitOptions() },
      );
      begun.current = { opened, viewport };
      void flow.setViewport(viewport);
    }
    if (!isEmpty && !(isWhole && isMeasured)) return;
    fitted.current = opened;
    const { viewport } = begun.current.opened === opened ? begun.current : { viewport: null };
    if (isEmpty) void flow.setViewport({ x: 0, y: 0, zoom: 1 });
    else if (viewport === null || isAlike(viewport, flow.getViewport()))
      void flow.fitView({ ...fitOptions(), duration: 0 });
    markUsable();
  }, [flow, store, opened, isMeasured, isWhole]);
}
