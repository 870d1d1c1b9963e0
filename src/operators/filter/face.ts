import type { NodeFace } from '../../stream/node-definition.ts';
import { DIALECTS } from '../../stream/node-definition.ts';
import { ANY_CHANGES } from '../shared/inputs.ts';

export const filterFace: NodeFace<'filter'> = {
  kind: 'filter',
  version: 1,
  title: 'Filter',
  group: 'transforms',
  stateful: false,
  summary: 'Keeps the rows for which a condition holds.',
  inputs: [{ name: 'in', title: 'in', many: false, accepts: ANY_CHANGES, needsEventTime: false }],
  outputs: [{ name: 'out', title: 'out' }],
  dialects: DIALECTS,
};
