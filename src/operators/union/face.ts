import type { NodeFace } from '../../stream/node-definition.ts';
import { DIALECTS } from '../../stream/node-definition.ts';
import { ANY_CHANGES } from '../shared/inputs.ts';

export const unionFace: NodeFace<'union'> = {
  kind: 'union',
  version: 1,
  title: 'Union',
  group: 'transforms',
  stateful: false,
  summary: 'Puts streams of the same columns into one.',
  inputs: [{ name: 'in', title: 'in', many: true, accepts: ANY_CHANGES, needsEventTime: false }],
  outputs: [{ name: 'out', title: 'out' }],
  dialects: DIALECTS,
};
