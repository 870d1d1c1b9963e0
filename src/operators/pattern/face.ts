import type { NodeFace } from '../../stream/node-definition.ts';

export const patternFace: NodeFace<'pattern'> = {
  kind: 'pattern',
  version: 1,
  title: 'Pattern',
  group: 'transforms',
  stateful: true,
  summary: 'Finds rows that follow each other as described: A, then B, within a time.',
  inputs: [{ name: 'in', title: 'in', many: false, accepts: ['append'], needsEventTime: true }],
  outputs: [
    { name: 'out', title: 'matches' },
    { name: 'late', title: 'late rows' },
    { name: 'rejected', title: 'rejected rows' },
  ],
  dialects: ['flink-datastream', 'flink-sql'],
};
