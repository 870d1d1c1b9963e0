import { z } from 'zod';
import { formatDuration } from '../../stream/duration.ts';
import type { NodeDefinition } from '../../stream/node-definition.ts';
import { DIALECTS, configProblem } from '../../stream/node-definition.ts';
import type { Problem } from '../../stream/problem.ts';
import { resultOf } from '../../stream/problem.ts';
import type { GeneratorConfig } from './generator-config.ts';
import { generatorConfig } from './generator-config.ts';
import { generatorSchema } from './generator-schema.ts';

/** Everything that `GeneratorReader` needs beside the seed. */
export interface BoundGenerator {
  readonly kind: 'source.generator';
  readonly config: GeneratorConfig;
  readonly watermark: GeneratorConfig['watermark'];
}

/** Events made up from a seed. */
export const generatorDefinition: NodeDefinition<'source.generator', GeneratorConfig, BoundGenerator> = {
  kind: 'source.generator',
  version: 1,
  title: 'Generator',
  group: 'sources',
  stateful: false,
  summary: 'Makes up clicks, or the purchases of the same users, with delays of your choice.',
  config: generatorConfig,
  engine: z.strictObject({}),
  inputs: [],
  outputs: [{ name: 'out', title: 'out' }],
  dialects: DIALECTS,
  orderSensitive: false,
  describe: (config) =>
    `${config.shape} · ${config.rateEventsPerSec}/s · delay ${formatDuration(config.watermark.delayMs)}`,
  suggest: () => generatorConfig.parse({}),
  bind: ({ config }) => {
    const schema = generatorSchema(config);
    const { delayMs } = config.watermark;
    const outputs = { out: { schema, changes: 'append' as const, key: null, eventTime: true, delayMs } };
    const bound = { kind: 'source.generator' as const, config, watermark: config.watermark };
    return resultOf({ outputs, bound }, delayProblems(config));
  },
};

function delayProblems(config: GeneratorConfig): Problem[] {
  const { delay } = config;
  if (delay.distribution !== 'uniform' || delay.fromMs <= delay.toMs) return [];
  const message = `The delay begins at ${formatDuration(delay.fromMs)} and ends at ${formatDuration(delay.toMs)}.`;
  return [configProblem('empty-range', 'config.delay.fromMs', message, 'Swap the two.')];
}
