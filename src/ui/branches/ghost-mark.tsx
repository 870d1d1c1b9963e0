import type { ReactElement } from 'react';

/** Samples of what a branch is drawn by: a line, what it keeps, what it drops, windows with other results, and sessions of its own. */
export function GhostMark({ kind }: { kind: 'line' | 'kept' | 'dropped' | 'window' | 'session' }): ReactElement {
  return (
    <svg width={16} height={14} aria-hidden fill="none" stroke="var(--late)" strokeWidth={2}>
      {kind === 'line' && <path d="M0 7H16" strokeDasharray="5 3" />}
      {kind === 'kept' && <circle cx={8} cy={7} r={5.5} strokeDasharray="3.5 2.2" />}
      {kind === 'dropped' && <path d="M3 2L13 12M13 2L3 12" strokeDasharray="3.5 2" />}
      {kind === 'window' && <rect x={1.5} y={2} width={13} height={10} strokeDasharray="4 2.5" />}
      {kind === 'session' && <path d="M1.5 12V3H14.5V12" strokeDasharray="4 2.5" />}
    </svg>
  );
}
