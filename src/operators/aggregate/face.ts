import type { NodeFace } from '../../stream/node-definition.ts';
import { ANY_CHANGES } from '../shared/inputs.ts';

export const aggregateFace: NodeFace<'aggregate'> = {
  kind: 'aggregate',
  version: 1,
  title: 'Aggregate',
  group: 'transforms',
  stateful: true,
  summary: 'Groups rows by key and keeps aggregates over all rows so far.',
  inputs: [{ name: 'in', title: 'in', many: false, accepts: ANY_CHANGES, needsEventTime: false }],
  outputs: [
    { name: 'out', title: 'changes' },
    { name: 'rejected', title: 'rejected rows' },
  ],
  dialects: ['flink-sql', 'kafka-streams', 'ksqldb'],
};
