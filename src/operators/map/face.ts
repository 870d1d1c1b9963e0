import type { NodeFace } from '../../stream/node-definition.ts';
import { DIALECTS } from '../../stream/node-definition.ts';
import { ANY_CHANGES } from '../shared/inputs.ts';

export const mapFace: NodeFace<'map'> = {
  kind: 'map',
  version: 1,
  title: 'Map',
  group: 'transforms',
  stateful: false,
  summary: 'Computes columns with SQL expressions.',
  inputs: [{ name: 'in', title: 'in', many: false, accepts: ANY_CHANGES, needsEventTime: false }],
  outputs: [{ name: 'out', title: 'out' }],
  dialects: DIALECTS,
};
