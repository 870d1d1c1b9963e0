import { z } from 'zod';
import { durationText } from '../../stream/duration.ts';
import type { NodeDefinition } from '../../stream/node-definition.ts';
import { bindPunctuation } from '../../expression/punctuation.ts';
import { resultOf } from '../../stream/problem.ts';
import type { SourceTimes } from '../source-times.ts';
import { delayPart } from './delay-config.ts';
import { generatorFace } from './face.ts';
import type { GeneratorConfig } from './generator-config.ts';
import { generatorConfig } from './generator-config.ts';
import { generatorProblems } from './generator-problems.ts';
import { SHAPE_KEYS, generatorSchema } from './generator-schema.ts';

/** Everything that `GeneratorReader` needs beside the seed. */
export interface BoundGenerator extends SourceTimes {
  readonly kind: 'source.generator';
  readonly config: GeneratorConfig;
  /** Whether rows get their arrival as event time. */
  readonly timeIsArrival: boolean;
}

function rateText({ rateEventsPerSec, profile }: GeneratorConfig): string {
  const kind = profile.kind === 'constant' ? (profile.steps.length > 0 ? 'steps' : '') : profile.kind;
  return `${rateEventsPerSec}/s ${kind}`.trimEnd();
}

/** A mixture that was just chosen: most events as before, one in ten far behind them. */
const FIRST_PARTS = [
  { distribution: 'exponential', weight: 90, meanMs: 1_000 },
  { distribution: 'lognormal', weight: 10, medianMs: 30_000 },
] as const;

function withParts(config: GeneratorConfig): GeneratorConfig {
  const { delay } = config;
  if (delay.distribution !== 'mixture' || delay.parts.length > 0) return config;
  return { ...config, delay: { ...delay, parts: FIRST_PARTS.map((part) => delayPart.parse(part)) } };
}

/** Events made up from a seed. */
export const generatorDefinition: NodeDefinition<'source.generator', GeneratorConfig, BoundGenerator> = {
  ...generatorFace,
  config: generatorConfig,
  engine: z.strictObject({}),
  orderSensitive: false,
  describe: (config) => `${config.shape} · ${rateText(config)} · delay ${durationText(config.watermark.delayMs)}`,
  suggest: () => generatorConfig.parse({}),
  fill: withParts,
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
    return resultOf({ outputs, bound }, [...generatorProblems(config), ...compiled.problems]);
  },
};
