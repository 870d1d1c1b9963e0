import type { NodeFace } from '../../stream/node-definition.ts';
import { LATE_ROWS, MATCHES, REJECTED_ROWS, TIMED_SIDES } from '../shared/joins/join-ports.ts';

export const windowJoinFace: NodeFace<'join.window'> = {
  kind: 'join.window',
  version: 1,
  title: 'Window join',
  group: 'joins',
  stateful: true,
  summary: 'Joins rows of two streams with the same key in the same window.',
  inputs: TIMED_SIDES,
  outputs: [MATCHES, LATE_ROWS, REJECTED_ROWS],
  dialects: ['flink-datastream', 'flink-sql'],
};
