import { useRef, useSyncExternalStore } from 'react';
import type { KeyboardEvent, PointerEvent, ReactElement } from 'react';
import { useReactFlow, useStore } from 'reactflow';
import { useShallow } from 'zustand/react/shallow';
import { around, holds } from '../../app/arrange/boxes.ts';
import type { Area } from '../../app/arrange/boxes.ts';
import styles from './canvas.module.css';
import { boxOf } from './flow-nodes.ts';
import type { CanvasNode } from './flow-nodes.ts';
import { useFlowStore } from './flow-store.ts';
import { useMinimap } from './minimap-store.ts';
import { viewOf } from './fit-view.ts';

/** In the window, px. */
const WIDTH = 112;
const HEIGHT_MAX = 88;
const PAD = 60;
/** Of the view, for one step by a key. */
const STEP = 0.2;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

function outline(boxes: readonly Area[]): string {
  return boxes.map(({ x, y, w, h }) => `M${String(x)} ${String(y)}h${String(w)}v${String(h)}h${String(-w)}z`).join('');
}

/** A map need not follow each frame of a drag. */
const PAUSE_MS = 100;

function subscribeSlowly(tell: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = useFlowStore.subscribe((state, before) => {
    if (state.nodes === before.nodes) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      tell();
    }, PAUSE_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}

function drawnNodes(): readonly CanvasNode[] {
  return useFlowStore.getState().nodes;
}

/** The whole graph, small; there while some of it is out of view. */
export function Minimap(): ReactElement | null {
  const isWanted = useMinimap((state) => state.isWanted);
  const nodes = useSyncExternalStore(subscribeSlowly, drawnNodes);
  const view = useStore(useShallow(viewOf));
  const flow = useReactFlow();
  const isDown = useRef(false);
  const graph = around(nodes.map(boxOf));
  if (!isWanted || graph === null || view.w === 0 || holds(view, graph)) return null;
  const all =
    around([{ x: graph.x - PAD, y: graph.y - PAD, w: graph.w + 2 * PAD, h: graph.h + 2 * PAD }, view]) ?? view;
  const scale = Math.min(WIDTH / all.w, HEIGHT_MAX / all.h);
  const operators = nodes.filter(({ type }) => type === 'operator');

  const centre = (x: number, y: number): void => void flow.setCenter(x, y, { zoom: flow.getZoom() });
  const follow = (event: PointerEvent<SVGSVGElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    centre(all.x + (event.clientX - box.x) / scale, all.y + (event.clientY - box.y) / scale);
  };
  const step = (event: KeyboardEvent): void => {
    const by = ARROWS[event.key];
    if (by === undefined) return;
    event.preventDefault();
    centre(view.x + view.w * (0.5 + by[0]), view.y + view.h * (0.5 + by[1]));
  };
  return (
    <div
      className={styles['minimap']}
      role="group"
      tabIndex={0}
      aria-label="Map of the graph: drag, or use the arrow keys, to move the view"
      onKeyDown={step}
    >
      <svg
        width={all.w * scale}
        height={all.h * scale}
        viewBox={`${String(all.x)} ${String(all.y)} ${String(all.w)} ${String(all.h)}`}
        aria-hidden
        onPointerDown={(event) => {
          isDown.current = true;
          event.currentTarget.setPointerCapture(event.pointerId);
          follow(event);
        }}
        onPointerMove={(event) => isDown.current && follow(event)}
        onLostPointerCapture={() => (isDown.current = false)}
      >
        <path data-tone="plain" d={outline(operators.filter(({ selected }) => selected !== true).map(boxOf))} />
        <path data-tone="selected" d={outline(operators.filter(({ selected }) => selected === true).map(boxOf))} />
        <path data-tone="note" d={outline(nodes.filter(({ type }) => type !== 'operator').map(boxOf))} />
        <path data-tone="view" d={outline([view])} />
      </svg>
    </div>
  );
}
