import type { NodeFace } from '../../stream/node-definition.ts';
import { DIALECTS } from '../../stream/node-definition.ts';
import { ANY_CHANGES } from '../shared/inputs.ts';

export const flatMapFace: NodeFace<'flat-map'> = {
  kind: 'flat-map',
  version: 1,
  title: 'Flat map',
  group: 'transforms',
  stateful: false,
  summary: 'Gives a row for each element of an array.',
  inputs: [{ name: 'in', title: 'in', many: false, accepts: ANY_CHANGES, needsEventTime: false }],
  outputs: [{ name: 'out', title: 'out' }],
  dialects: DIALECTS,
};
