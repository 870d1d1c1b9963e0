import type { NodeFace } from '../../stream/node-definition.ts';
import { DIALECTS } from '../../stream/node-definition.ts';
import { ANY_CHANGES } from '../shared/inputs.ts';

export const splitFace: NodeFace<'split'> = {
  kind: 'split',
  version: 1,
  title: 'Split',
  group: 'transforms',
  stateful: false,
  summary: 'Sends rows for which a condition holds one way, the others another.',
  inputs: [{ name: 'in', title: 'in', many: false, accepts: ANY_CHANGES, needsEventTime: false }],
  outputs: [
    { name: 'out', title: 'matching rows' },
    { name: 'rejected', title: 'others' },
  ],
  dialects: DIALECTS,
};
