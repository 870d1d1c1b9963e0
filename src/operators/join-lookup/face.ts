import type { NodeFace } from '../../stream/node-definition.ts';
import { ANY_CHANGES } from '../shared/inputs.ts';

export const lookupJoinFace: NodeFace<'join.lookup'> = {
  kind: 'join.lookup',
  version: 1,
  title: 'Lookup join',
  group: 'joins',
  stateful: false,
  summary: 'Enriches each row with what a fixed table knows of its key.',
  inputs: [{ name: 'in', title: 'rows', many: false, accepts: ANY_CHANGES, needsEventTime: false }],
  outputs: [
    { name: 'out', title: 'joined rows' },
    { name: 'rejected', title: 'rejected rows' },
  ],
  dialects: ['flink-datastream', 'flink-sql', 'kafka-streams', 'ksqldb', 'beam'],
};
