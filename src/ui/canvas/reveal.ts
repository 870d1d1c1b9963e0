import type { ReactFlowInstance } from 'reactflow';
import { around } from '../../app/arrange/boxes.ts';
import { motionMs } from './fit-view.ts';
import { boxOf } from './flow-nodes.ts';
import { useFlowStore } from './flow-store.ts';

const SLOW_MS = 280;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Brings nodes into view, no larger than they are drawn; where all of them are in view, it stands still. */
export function reveal(flow: ReactFlowInstance, nodeIds: readonly string[], { width, height }: Size): void {
  const boxes = useFlowStore
    .getState()
    .nodes.filter(({ id }) => nodeIds.includes(id))
    .map(boxOf);
  const frame = around(boxes);
  if (frame === null) return;
  const { x, y, zoom } = flow.getViewport();
  const left = frame.x * zoom + x;
  const top = frame.y * zoom + y;
  const isInView = left >= 0 && top >= 0 && left + frame.w * zoom <= width && top + frame.h * zoom <= height;
  if (!isInView) void flow.fitView({ nodes: [...boxes], maxZoom: zoom, duration: motionMs(SLOW_MS), padding: 0.1 });
}
