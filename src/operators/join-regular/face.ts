import type { NodeFace } from '../../stream/node-definition.ts';
import { ANY_CHANGES } from '../shared/inputs.ts';

export const regularJoinFace: NodeFace<'join.regular'> = {
  kind: 'join.regular',
  version: 1,
  title: 'Regular join',
  group: 'joins',
  stateful: true,
  summary: 'Joins two streams or changelogs over all their rows, and takes results back when rows change.',
  inputs: [
    { name: 'left', title: 'left', many: false, accepts: ANY_CHANGES, needsEventTime: false },
    { name: 'right', title: 'right', many: false, accepts: ANY_CHANGES, needsEventTime: false },
  ],
  outputs: [
    { name: 'out', title: 'changes' },
    { name: 'rejected', title: 'rejected rows' },
  ],
  dialects: ['flink-sql'],
};
