import type { FitViewOptions } from 'reactflow';

/** Durations of motion tokens; none where the user asked for less motion. */
export function motionMs(durationMs: number): number {
  return matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : durationMs;
}

const WIDE = '(min-width: 1800px)';

/** How the graph is fitted: never blown up beyond its own size, on wide screens by a quarter. */
export function fitOptions(): FitViewOptions {
  return { padding: { x: '20px', y: '44px' }, maxZoom: matchMedia(WIDE).matches ? 1.25 : 1, duration: motionMs(280) };
}
