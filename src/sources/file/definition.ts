import { z } from 'zod';
import { durationText } from '../../stream/duration.ts';
import type { NodeDefinition } from '../../stream/node-definition.ts';
import type { BoundFile } from './bind-file.ts';
import { bindFile } from './bind-file.ts';
import { fileFace } from './face.ts';
import type { FileConfig } from './file-config.ts';
import { fileConfig } from './file-config.ts';

/** Events of a file that the user hands in. What the configuration leaves open is found in the file, see `detect.ts`. */
export const fileDefinition: NodeDefinition<'source.file', FileConfig, BoundFile> = {
  ...fileFace,
  config: fileConfig,
  engine: z.strictObject({}),
  orderSensitive: false,
  describe: (config) => {
    const name = config.fileName === '' ? 'no file yet' : config.fileName;
    return `${name} · delay ${durationText(config.watermark.delayMs)}`;
  },
  suggest: () => fileConfig.parse({}),
  bind: ({ config, timeDomain }) => {
    const result = bindFile(config, timeDomain);
    if (!result.ok) return result;
    const { schema, time, timeIsArrival } = result.value;
    const { changes, watermark } = config;
    const key = changes === 'append' || config.key.length === 0 ? null : config.key;
    const eventTime = time !== null || timeIsArrival;
    const out = { schema, changes, key, eventTime, delayMs: watermark.delayMs };
    return { ok: true, value: { outputs: { out }, bound: result.value }, problems: result.problems };
  },
};
