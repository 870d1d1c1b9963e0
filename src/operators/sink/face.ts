import type { NodeFace } from '../../stream/node-definition.ts';
import { DIALECTS } from '../../stream/node-definition.ts';
import { ANY_CHANGES } from '../shared/inputs.ts';

export const sinkFace: NodeFace<'sink'> = {
  kind: 'sink',
  version: 1,
  title: 'Sink',
  group: 'sinks',
  stateful: false,
  summary: 'Collects results for the charts, the table and the output file.',
  inputs: [{ name: 'in', title: 'in', many: false, accepts: ANY_CHANGES, needsEventTime: false }],
  outputs: [],
  dialects: DIALECTS,
};
