import type { NodeFace } from '../../stream/node-definition.ts';
import { DIALECTS } from '../../stream/node-definition.ts';

export const windowFace: NodeFace<'window'> = {
  kind: 'window',
  version: 1,
  title: 'Window',
  group: 'windows',
  stateful: true,
  summary: 'Groups rows by key and window and computes aggregates.',
  inputs: [{ name: 'in', title: 'in', many: false, accepts: ['append', 'retract'], needsEventTime: true }],
  outputs: [
    { name: 'out', title: 'results' },
    { name: 'late', title: 'late rows' },
    { name: 'rejected', title: 'rejected rows' },
  ],
  dialects: DIALECTS,
};
