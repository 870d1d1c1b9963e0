import type { NodeFace } from '../../stream/node-definition.ts';
import { DIALECTS } from '../../stream/node-definition.ts';
import { ANY_CHANGES } from '../shared/inputs.ts';

export const assignTimestampsFace: NodeFace<'assign-timestamps'> = {
  kind: 'assign-timestamps',
  version: 1,
  title: 'Assign timestamps',
  group: 'transforms',
  stateful: true,
  summary: 'Gives rows a new event time and the stream a new watermark.',
  inputs: [{ name: 'in', title: 'in', many: false, accepts: ANY_CHANGES, needsEventTime: false }],
  outputs: [{ name: 'out', title: 'out' }],
  dialects: DIALECTS,
};
