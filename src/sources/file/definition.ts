import { z } from 'zod';
import { formatDuration } from '../../stream/duration.ts';
import type { NodeDefinition } from '../../stream/node-definition.ts';
import { DIALECTS } from '../../stream/node-definition.ts';
import type { BoundFile } from './bind-file.ts';
import { bindFile } from './bind-file.ts';
import type { FileConfig } from './file-config.ts';
import { fileConfig } from './file-config.ts';

/** Events of a file that the user hands in. What the configuration leaves open is found in the file, see `detect.ts`. */
export const fileDefinition: NodeDefinition<'source.file', FileConfig, BoundFile> = {
  kind: 'source.file',
  version: 1,
  title: 'File',
  group: 'sources',
  stateful: false,
  summary: 'Reads events from a CSV, NDJSON, JSON or GeoJSON file, gzipped or not.',
  config: fileConfig,
  engine: z.strictObject({}),
  inputs: [],
  outputs: [{ name: 'out', title: 'out' }],
  dialects: DIALECTS,
  orderSensitive: false,
  describe: (config) => {
    const name = config.fileName === '' ? 'no file yet' : config.fileName;
    return `${name} · delay ${formatDuration(config.watermark.delayMs)}`;
  },
  suggest: () => fileConfig.parse({}),
  bind: ({ config, timeDomain }) => {
    const result = bindFile(config, timeDomain);
    if (!result.ok) return result;
    const eventTime = result.value.time !== null || result.value.ingestionTime;
    const { delayMs } = config.watermark;
    const out = { schema: result.value.schema, changes: 'append' as const, key: null, eventTime, delayMs };
    return { ok: true, value: { outputs: { out }, bound: result.value }, problems: result.problems };
  },
};
