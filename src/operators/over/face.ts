import type { NodeFace } from '../../stream/node-definition.ts';

export const overFace: NodeFace<'over'> = {
  kind: 'over',
  version: 1,
  title: 'Over',
  group: 'transforms',
  stateful: true,
  summary: 'Adds to each row aggregates over the rows before it.',
  inputs: [{ name: 'in', title: 'in', many: false, accepts: ['append'], needsEventTime: false }],
  outputs: [
    { name: 'out', title: 'rows with aggregates' },
    { name: 'late', title: 'late rows' },
    { name: 'rejected', title: 'rejected rows' },
  ],
  dialects: ['flink-sql'],
};
