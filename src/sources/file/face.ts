import type { NodeFace } from '../../stream/node-definition.ts';
import { DIALECTS } from '../../stream/node-definition.ts';

export const fileFace: NodeFace<'source.file'> = {
  kind: 'source.file',
  version: 1,
  title: 'File',
  group: 'sources',
  stateful: false,
  summary: 'Reads events from a CSV, NDJSON, JSON or GeoJSON file, gzipped or not.',
  inputs: [],
  outputs: [{ name: 'out', title: 'out' }],
  dialects: DIALECTS,
};
