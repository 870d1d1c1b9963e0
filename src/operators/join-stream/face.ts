import type { NodeFace } from '../../stream/node-definition.ts';
import { MATCHES, REJECTED_ROWS, TIMED_SIDES } from '../shared/joins/join-ports.ts';

export const streamJoinFace: NodeFace<'join.stream'> = {
  kind: 'join.stream',
  version: 1,
  title: 'Stream join',
  group: 'joins',
  stateful: true,
  summary: 'Joins rows of two streams with the same key and near event times, by stream time.',
  inputs: TIMED_SIDES,
  outputs: [MATCHES, REJECTED_ROWS],
  dialects: ['kafka-streams', 'ksqldb'],
};
