import type { ReactElement } from 'react';

/** The marks of the design: a shape, a colour and, in a legend, a word for each meaning. */

export function crossPath(x: number, y: number, r: number): string {
  const left = (x - r).toFixed(1);
  const side = 2 * r;
  return `M${left} ${(y - r).toFixed(1)}l${side} ${side}M${left} ${(y + r).toFixed(1)}l${side} ${-side}`;
}

export function CrossMark({ x, y, r = 3.4 }: { x: number; y: number; r?: number }): ReactElement {
  return <path d={crossPath(x, y, r)} fill="none" stroke="var(--dropped)" strokeWidth={2.4} strokeLinecap="round" />;
}

type LegendMark =
  'ontime' | 'added-late' | 'dropped' | 'watermark' | 'event-time' | 'processing' | 'delay' | 'lateness';

/** 18 × 12, as it looks in the plot. */
export function LegendSample({ mark }: { mark: LegendMark }): ReactElement {
  return (
    <svg width={18} height={12} viewBox="0 0 18 12" aria-hidden>
      {sampleOf(mark)}
    </svg>
  );
}

function sampleOf(mark: LegendMark): ReactElement {
  switch (mark) {
    case 'ontime':
      return <circle cx={9} cy={6} r={4.5} fill="var(--ontime)" />;
    case 'added-late':
      return <path d="M9 1.5 13.5 6 9 10.5 4.5 6z" fill="none" stroke="var(--late)" strokeWidth={2} />;
    case 'dropped':
      return <CrossMark x={9} y={6} r={4} />;
    case 'watermark':
      return <path d="M0 9h6V5h6V2h6" fill="none" stroke="var(--tide)" strokeWidth={2.25} />;
    case 'event-time':
      return <path d="M0 9h6V5h6V2h6" fill="none" stroke="var(--ink-2)" strokeWidth={1.25} />;
    case 'processing':
      return (
        <path
          d="M0 10 18 2"
          fill="none"
          stroke="var(--ink-3)"
          strokeWidth={1.25}
          strokeDasharray="1.5 4"
          strokeLinecap="round"
        />
      );
    case 'delay':
      return <path d="M9 0v12" fill="none" stroke="var(--tide)" strokeWidth={2.25} />;
    case 'lateness':
      return <path d="M9 0v12" fill="none" stroke="var(--tide)" strokeWidth={1.25} strokeDasharray="4 3" />;
  }
}

/** Fill of what early panes say: the blue of what is on time, in dots. */
export const EARLY_FILL = 'url(#early-dots)';

/** The pattern behind `EARLY_FILL`; once in every plot that uses it. */
export function EarlyDots(): ReactElement {
  return (
    <defs>
      <pattern id="early-dots" width={4} height={4} patternUnits="userSpaceOnUse">
        <rect width={4} height={4} fill="var(--ontime)" fillOpacity={0.16} />
        <circle cx={2} cy={2} r={1.1} fill="var(--ontime)" />
      </pattern>
    </defs>
  );
}

export function EarlySample(): ReactElement {
  return (
    <svg width={10} height={10} viewBox="0 0 10 10" aria-hidden>
      <EarlyDots />
      <rect width={10} height={10} fill={EARLY_FILL} />
    </svg>
  );
}

/** Bars by rank: keys share the blue of what is on time, and differ by its strength; the rest of the keys is palest. */
const STRENGTHS = [0.92, 0.68, 0.46, 0.34] as const;

export function seriesOpacity(index: number, isOther: boolean): number {
  return isOther ? 0.2 : (STRENGTHS[index] ?? 0.34);
}
