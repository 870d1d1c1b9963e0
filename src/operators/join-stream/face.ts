import type { NodeFace } from '../../stream/node-definition.ts';

export const streamJoinFace: NodeFace<'join.stream'> = {
  kind: 'join.stream',
  version: 1,
  title: 'Stream join',
  group: 'joins',
  stateful: true,
  summary: 'Joins rows of two streams with the same key and near event times, by stream time.',
  inputs: [
    { name: 'left', title: 'left', many: false, accepts: ['append'], needsEventTime: true },
    { name: 'right', title: 'right', many: false, accepts: ['append'], needsEventTime: true },
  ],
  outputs: [
    { name: 'out', title: 'matches' },
    { name: 'rejected', title: 'rejected rows' },
  ],
  dialects: ['kafka-streams', 'ksqldb'],
};
