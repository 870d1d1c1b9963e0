import type { ReactElement } from 'react';
import type { LinePoint } from './plot-lines.tsx';
import { PlotLine } from './plot-lines.tsx';

interface GhostLineProps {
  readonly points: readonly LinePoint[];
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly shape: 'step' | 'straight';
}

/** The watermark of a branch over that of the run. */
export function GhostLine(props: GhostLineProps): ReactElement {
  return <PlotLine name="watermark of the branch" color="var(--late)" width={1.75} dash="5 3" {...props} />;
}
