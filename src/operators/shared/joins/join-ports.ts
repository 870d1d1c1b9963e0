import type { InputPort, OutputPort } from '../../../stream/node-definition.ts';

/** The two inputs of a join whose sides take the same. */
export function bothSides(side: Pick<InputPort, 'accepts' | 'needsEventTime'>): readonly InputPort[] {
  return (['left', 'right'] as const).map((name) => ({ name, title: name, many: false, ...side }));
}

/** Rows of two streams, each with its time. */
export const TIMED_SIDES = bothSides({ accepts: ['append'], needsEventTime: true });

export const MATCHES: OutputPort = { name: 'out', title: 'matches' };
export const CHANGES: OutputPort = { name: 'out', title: 'changes' };
export const LATE_ROWS: OutputPort = { name: 'late', title: 'late rows' };
export const REJECTED_ROWS: OutputPort = { name: 'rejected', title: 'rejected rows' };
