import type { ReactElement } from 'react';
import type { GhostSpan } from '../branches/ghost-sessions.ts';

interface GhostSpansProps {
  readonly spans: readonly GhostSpan[];
  readonly xOf: (timeMs: number) => number;
  readonly top: number;
  readonly lanePx: number;
  readonly barPx: number;
}

const LEAST_WIDTH_PX = 3;

/** Sessions of a branch as dashed boxes over those of the run, and a dashed line through what it lacks. */
export function GhostSpans({ spans, xOf, top, lanePx, barPx }: GhostSpansProps): ReactElement | null {
  if (spans.length === 0) return null;
  // Those that lie on each other to the pixel are drawn once.
  const parts = new Set<string>();
  for (const { lane, startMs, endMs, isThere } of spans) {
    const x = Math.round(xOf(startMs));
    const width = Math.max(LEAST_WIDTH_PX, Math.round(xOf(endMs)) - x);
    const y = Math.round(top + lane * lanePx);
    const height = Math.round(barPx);
    const box = `M${String(x)} ${String(y)}h${String(width)}v${String(height)}h${String(-width)}Z`;
    parts.add(isThere ? box : `M${String(x)} ${String(y + height / 2)}h${String(width)}`);
  }
  const d = [...parts].join('');
  return (
    <g fill="none" pointerEvents="none" data-ghost={spans.length}>
      <path d={d} stroke="var(--surface)" strokeWidth={4} />
      <path d={d} stroke="var(--late)" strokeWidth={2} strokeDasharray="5 3" />
    </g>
  );
}
