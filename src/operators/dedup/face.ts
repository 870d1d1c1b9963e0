import type { NodeFace } from '../../stream/node-definition.ts';
import { ANY_CHANGES } from '../shared/inputs.ts';

export const dedupFace: NodeFace<'dedup'> = {
  kind: 'dedup',
  version: 1,
  title: 'Deduplicate',
  group: 'transforms',
  stateful: true,
  summary: 'Keeps the first or the last row of each key.',
  inputs: [{ name: 'in', title: 'in', many: false, accepts: ANY_CHANGES, needsEventTime: false }],
  outputs: [
    { name: 'out', title: 'out' },
    { name: 'late', title: 'late rows' },
    { name: 'rejected', title: 'rejected rows' },
  ],
  dialects: ['flink-datastream', 'flink-sql'],
};
