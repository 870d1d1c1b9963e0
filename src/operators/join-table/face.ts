import type { NodeFace } from '../../stream/node-definition.ts';

export const tableJoinFace: NodeFace<'join.table'> = {
  kind: 'join.table',
  version: 1,
  title: 'Table join',
  group: 'joins',
  stateful: true,
  summary: 'Joins two tables by key or foreign key, and keeps the result up to date.',
  inputs: [
    { name: 'left', title: 'left', many: false, accepts: ['upsert'], needsEventTime: true },
    { name: 'right', title: 'right', many: false, accepts: ['upsert'], needsEventTime: true },
  ],
  outputs: [
    { name: 'out', title: 'changes' },
    { name: 'rejected', title: 'rejected rows' },
  ],
  dialects: ['kafka-streams', 'ksqldb'],
};
