import type { NodeFace } from '../../stream/node-definition.ts';

export const windowJoinFace: NodeFace<'join.window'> = {
  kind: 'join.window',
  version: 1,
  title: 'Window join',
  group: 'joins',
  stateful: true,
  summary: 'Joins rows of two streams with the same key in the same window.',
  inputs: [
    { name: 'left', title: 'left', many: false, accepts: ['append'], needsEventTime: true },
    { name: 'right', title: 'right', many: false, accepts: ['append'], needsEventTime: true },
  ],
  outputs: [
    { name: 'out', title: 'matches' },
    { name: 'late', title: 'late rows' },
    { name: 'rejected', title: 'rejected rows' },
  ],
  dialects: ['flink-datastream', 'flink-sql'],
};
