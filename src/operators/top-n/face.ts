import type { NodeFace } from '../../stream/node-definition.ts';
import { ANY_CHANGES } from '../shared/inputs.ts';

export const topNFace: NodeFace<'top-n'> = {
  kind: 'top-n',
  version: 1,
  title: 'Top N',
  group: 'transforms',
  stateful: true,
  summary: 'Ranks the rows of each key, or of each window, and keeps the best.',
  inputs: [{ name: 'in', title: 'in', many: false, accepts: ANY_CHANGES, needsEventTime: false }],
  outputs: [
    { name: 'out', title: 'ranked rows' },
    { name: 'late', title: 'late rows' },
    { name: 'rejected', title: 'rejected rows' },
  ],
  dialects: ['flink-sql'],
};
