import type { NodeFace } from '../../stream/node-definition.ts';

export const intervalJoinFace: NodeFace<'join.interval'> = {
  kind: 'join.interval',
  version: 1,
  title: 'Interval join',
  group: 'joins',
  stateful: true,
  summary: 'Joins rows of two streams with the same key and near event times.',
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
