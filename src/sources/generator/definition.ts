import { z } from 'zod';
import { durationText, formatDuration } from '../../stream/duration.ts';
import type { NodeDefinition } from '../../stream/node-definition.ts';
import { bindPunctuation } from '../../expression/punctuation.ts';
import { configProblem } from '../../stream/node-definition.ts';
import type { Problem } from '../../stream/problem.ts';
import { resultOf } from '../../stream/problem.ts';
import type { SourceTimes } from '../source-times.ts';
import { generatorFace } from './face.ts';
import type { GeneratorConfig } from './generator-config.ts';
import { generatorConfig } from './generator-config.ts';
import { SHAPE_KEYS, generatorSchema } from './generator-schema.ts';

/** Everything that `GeneratorReader` needs beside the seed. */
export interface BoundGenerator extends SourceTimes {
  readonly kind: 'source.generator';
  readonly config: GeneratorConfig;
  /** Whether rows get their arrival as event time. */
  readonly timeIsArrival: boolean;
}

/** Events made up from a seed. */
export const generatorDefinition: NodeDefinition<'source.generator', GeneratorConfig, BoundGenerator> = {
  ...generatorFace,
  config: generatorConfig,
  engine: z.strictObject({}),
  orderSensitive: false,
  describe: (config) =>
    `${config.shape} · ${config.rateEventsPerSec}/s · delay ${durationText(config.watermark.delayMs)}`,
  suggest: () => generatorConfig.parse({}),
  bind: ({ config, timeDomain }) => {
    const schema = generatorSchema(config);
    const { watermark, partitions } = config;
    const { delayMs } = watermark;
    const key = SHAPE_KEYS[config.shape];
    const changes =
      key === null ? ({ changes: 'append', key: null } as const) : ({ changes: 'upsert', key: [key] } as const);
    const outputs = { out: { schema, ...changes, eventTime: true, delayMs } };
    const compiled = bindPunctuation(watermark, schema);
    const punctuation = compiled.ok ? compiled.value : null;
    const times = { watermark, punctuation, partitions, timeIsArrival: timeDomain !== 'event' };
    const bound = { kind: 'source.generator' as const, config, ...times };
    return resultOf({ outputs, bound }, [...delayProblems(config), ...partitionProblems(config), ...compiled.problems]);
  },
};

function partitionProblems({ partitions, idlePartitions }: GeneratorConfig): Problem[] {
  if (idlePartitions < partitions) return [];
  const message = `${idlePartitions} of ${partitions} partitions are idle: none is left to send.`;
  return [configProblem('empty-range', 'config.idlePartitions', message, 'Have more partitions, or fewer idle ones.')];
}

function delayProblems(config: GeneratorConfig): Problem[] {
  const { delay } = config;
  if (delay.distribution !== 'uniform' || delay.fromMs <= delay.toMs) return [];
  const message = `The delay begins at ${formatDuration(delay.fromMs)} and ends at ${formatDuration(delay.toMs)}.`;
  return [configProblem('empty-range', 'config.delay.fromMs', message, 'Swap the two.')];
}
