import { useEffect } from 'react';
import { useReactFlow, useStoreApi } from 'reactflow';
import type { ReactFlowInstance } from 'reactflow';
import { around } from '../../app/arrange/boxes.ts';
import type { Box } from '../../app/arrange/boxes.ts';
import { changedItems } from '../../app/changed-items.ts';
import { isHistoryStep } from '../../app/document-history.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { motionMs } from './fit-view.ts';
import { boxOf } from './flow-nodes.ts';
import { useFlowStore } from './flow-store.ts';

const FLASH_MS = 160;

/** After undo and redo what has changed lights up for a moment, and comes into view. */
export function useHistoryFlash(): void {
  const flow = useReactFlow();
  const store = useStoreApi();
  useEffect(() => {
    const show = (ids: readonly string[]): void => {
      const boxes = useFlowStore
        .getState()
        .nodes.filter(({ id }) => ids.includes(id))
        .map(boxOf);
      const { width, height } = store.getState();
      if (boxes.length > 0) bringIn(flow, boxes, { width, height });
      flash(store.getState().domNode, ids);
    };
    return useDocumentStore.subscribe((state, before) => {
      if (state.opened !== before.opened || !isHistoryStep(state, before)) return;
      const { nodes, edges, edgeEnds } = changedItems(before.document, state.document);
      // Once the change is drawn.
      requestAnimationFrame(() => requestAnimationFrame(() => show([...nodes, ...edges, ...edgeEnds])));
    });
  }, [flow, store]);
}

function bringIn(
  flow: ReactFlowInstance,
  boxes: readonly Box[],
  { width, height }: { readonly width: number; readonly height: number },
): void {
  const zoom = flow.getZoom();
  const { x, y } = flow.getViewport();
  const frame = around(boxes);
  if (frame === null) return;
  const left = frame.x * zoom + x;
  const top = frame.y * zoom + y;
  const isInView = left >= 0 && top >= 0 && left + frame.w * zoom <= width && top + frame.h * zoom <= height;
  if (!isInView) void flow.fitView({ nodes: [...boxes], maxZoom: zoom, duration: motionMs(280), padding: 0.1 });
}

function flash(canvas: HTMLElement | null, ids: readonly string[]): void {
  if (canvas === null || motionMs(FLASH_MS) === 0) return;
  const wanted = new Set(ids);
  for (const element of canvas.querySelectorAll<HTMLElement>('.react-flow__node, .react-flow__edge')) {
    if (!wanted.has(element.dataset['id'] ?? '')) continue;
    element.dataset['flash'] = '';
    setTimeout(() => delete element.dataset['flash'], FLASH_MS);
  }
}
