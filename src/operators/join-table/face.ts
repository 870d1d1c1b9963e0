import type { NodeFace } from '../../stream/node-definition.ts';
import { bothSides, CHANGES, REJECTED_ROWS } from '../shared/joins/join-ports.ts';

export const tableJoinFace: NodeFace<'join.table'> = {
  kind: 'join.table',
  version: 1,
  title: 'Table join',
  group: 'joins',
  stateful: true,
  summary: 'Joins two tables by key or foreign key, and keeps the result up to date.',
  inputs: bothSides({ accepts: ['upsert'], needsEventTime: true }),
  outputs: [CHANGES, REJECTED_ROWS],
  dialects: ['kafka-streams', 'ksqldb'],
};
