import { useId } from 'react';
import type { ReactElement } from 'react';
import { usePlotArea } from './plot-area.ts';

/** A figure of a branch over a stretch of time. */
export interface GhostStep {
  readonly fromMs: number;
  readonly toMs: number;
  readonly value: number;
}

interface GhostStepsProps {
  readonly steps: readonly GhostStep[];
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** What a branch has otherwise, as a dashed line over what the run has; steps beside each other are one line. */
export function GhostSteps({ steps, x: [fromMs, toMs], y: [low, top] }: GhostStepsProps): ReactElement | null {
  const area = usePlotArea();
  const clip = useId();
  if (area === null || steps.length === 0 || !(toMs > fromMs) || !(top > low)) return null;
  const left = (timeMs: number): string => px(area.x + ((timeMs - fromMs) / (toMs - fromMs)) * area.width);
  const height = (value: number): string => px(area.y + area.height * (1 - (value - low) / (top - low)));
  const d = steps
    .map((step, i) => {
      const isBeside = steps[i - 1]?.toMs === step.fromMs;
      const start = isBeside ? `V${height(step.value)}` : `M${left(step.fromMs)} ${height(step.value)}`;
      return `${start}H${left(step.toMs)}`;
    })
    .join('');
  return (
    <g clipPath={`url(#${clip})`} fill="none" pointerEvents="none" data-ghost={steps.length}>
      <clipPath id={clip}>
        <rect x={area.x} y={area.y - 2} width={area.width} height={area.height + 4} />
      </clipPath>
      <path d={d} stroke="var(--surface)" strokeWidth={4} />
      <path d={d} stroke="var(--late)" strokeWidth={2} strokeDasharray="5 3" />
    </g>
  );
}

function px(value: number): string {
  return value.toFixed(1);
}
