import type { NodeFace } from '../../stream/node-definition.ts';
import { bothSides, CHANGES, REJECTED_ROWS } from '../shared/joins/join-ports.ts';
import { ANY_CHANGES } from '../shared/inputs.ts';

export const regularJoinFace: NodeFace<'join.regular'> = {
  kind: 'join.regular',
  version: 1,
  title: 'Regular join',
  group: 'joins',
  stateful: true,
  summary: 'Joins two streams or changelogs over all their rows, and takes results back when rows change.',
  inputs: bothSides({ accepts: ANY_CHANGES, needsEventTime: false }),
  outputs: [CHANGES, REJECTED_ROWS],
  dialects: ['flink-sql'],
};
