import type { NodeFace } from '../../stream/node-definition.ts';
import { ANY_CHANGES } from '../shared/inputs.ts';

export const temporalJoinFace: NodeFace<'join.temporal'> = {
  kind: 'join.temporal',
  version: 1,
  title: 'Temporal join',
  group: 'joins',
  stateful: true,
  summary: 'Joins each row with the row of a table that was valid at its time.',
  inputs: [
    { name: 'left', title: 'rows', many: false, accepts: ANY_CHANGES, needsEventTime: false },
    { name: 'right', title: 'table', many: false, accepts: ANY_CHANGES, needsEventTime: false },
  ],
  outputs: [
    { name: 'out', title: 'joined rows' },
    { name: 'late', title: 'late table rows' },
    { name: 'rejected', title: 'rejected rows' },
  ],
  dialects: ['flink-sql', 'kafka-streams', 'ksqldb'],
};
