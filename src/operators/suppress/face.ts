import type { NodeFace } from '../../stream/node-definition.ts';

export const suppressFace: NodeFace<'suppress'> = {
  kind: 'suppress',
  version: 1,
  title: 'Suppress',
  group: 'windows',
  stateful: true,
  summary: 'Holds updates back until a window closes or some time has passed.',
  inputs: [{ name: 'in', title: 'updates', many: false, accepts: ['upsert'], needsEventTime: true }],
  outputs: [
    { name: 'out', title: 'latest updates' },
    { name: 'rejected', title: 'rejected rows' },
  ],
  dialects: ['kafka-streams'],
};
