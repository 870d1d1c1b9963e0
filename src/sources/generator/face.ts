import type { NodeFace } from '../../stream/node-definition.ts';
import { DIALECTS } from '../../stream/node-definition.ts';

export const generatorFace: NodeFace<'source.generator'> = {
  kind: 'source.generator',
  version: 1,
  title: 'Generator',
  group: 'sources',
  stateful: false,
  summary:
    'Makes up clicks, purchases, payments, sensor readings, bids, or the changes of a table, with delays of your choice.',
  inputs: [],
  outputs: [{ name: 'out', title: 'out' }],
  dialects: DIALECTS,
};
