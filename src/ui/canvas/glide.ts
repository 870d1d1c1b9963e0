import type { Places } from '../../app/arrange/boxes.ts';
import { motionMs } from './fit-view.ts';
import { useFlowStore } from './flow-store.ts';

const GLIDE_MS = 280;
/** With more than that every frame of the way would take too long to draw. */
const NODES_MAX = 200;

let running = 0;

/** Draws nodes on their way from where they were to where the document has them now. */
export function glideFrom(before: Places): void {
  cancelAnimationFrame(running);
  const after = new Map(useFlowStore.getState().nodes.map(({ id, position }) => [id, position]));
  const durationMs = motionMs(GLIDE_MS);
  if (durationMs === 0 || after.size > NODES_MAX) return;
  const start = performance.now();
  const step = (now: number): void => {
    const share = Math.min(1, (now - start) / durationMs);
    if (share === 1) {
      useFlowStore.getState().settle();
      return;
    }
    const eased = 1 - (1 - share) ** 3;
    const between = [...before].flatMap(([id, from]) => {
      const to = after.get(id);
      if (to === undefined || (to.x === from.x && to.y === from.y)) return [];
      return [[id, { x: from.x + (to.x - from.x) * eased, y: from.y + (to.y - from.y) * eased }] as const];
    });
    useFlowStore.getState().drawAt(new Map(between));
    running = requestAnimationFrame(step);
  };
  step(start);
}

/** Something else moves nodes now. */
export function stopGliding(): void {
  cancelAnimationFrame(running);
}
