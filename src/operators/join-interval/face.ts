import type { NodeFace } from '../../stream/node-definition.ts';
import { LATE_ROWS, MATCHES, REJECTED_ROWS, TIMED_SIDES } from '../shared/joins/join-ports.ts';

export const intervalJoinFace: NodeFace<'join.interval'> = {
  kind: 'join.interval',
  version: 1,
  title: 'Interval join',
  group: 'joins',
  stateful: true,
  summary: 'Joins rows of two streams with the same key and near event times.',
  inputs: TIMED_SIDES,
  outputs: [MATCHES, LATE_ROWS, REJECTED_ROWS],
  dialects: ['flink-datastream', 'flink-sql'],
};
