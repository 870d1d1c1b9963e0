import { z } from 'zod';
import type { CompiledExpression } from '../../expression/compile.ts';
import { compileExpression } from '../../expression/compile.ts';
import { bindPunctuation } from '../../expression/punctuation.ts';
import { configProblem } from '../../stream/node-definition.ts';
import { durationText } from '../../stream/duration.ts';
import { typeName } from '../../stream/types.ts';
import type { WatermarkConfig } from '../../stream/watermark-config.ts';
import { watermarkConfig } from '../../stream/watermark-config.ts';
import { dialectNamed } from '../dialects/dialects.ts';
import type { OperatorDefinition } from '../operator.ts';
import { expressionProblems } from '../shared/expression-problems.ts';
import { inputOf } from '../shared/inputs.ts';
import { assignTimestampsFace } from './face.ts';

const config = z.strictObject({
  time: z.string().min(1).max(4096).meta({
    title: 'Event time',
    description: 'A TIMESTAMP, or a whole number of milliseconds since 1970. A row where it is NULL is rejected.',
    control: 'expression',
  }),
  watermark: watermarkConfig.prefault({}).meta({ title: 'Watermark', description: 'How far event time has come.' }),
});

export type AssignTimestampsConfig = z.infer<typeof config>;

export interface AssignTimestampsBound {
  readonly time: CompiledExpression;
  readonly watermark: WatermarkConfig;
  /** What makes a row state a watermark; null where none does. */
  readonly punctuation: CompiledExpression | null;
}

/** Gives rows a new event time and the stream a new watermark; of the old watermark only the end passes. */
export const assignTimestampsDefinition: OperatorDefinition<
  'assign-timestamps',
  AssignTimestampsConfig,
  AssignTimestampsBound
> = {
  ...assignTimestampsFace,
  config,
  engine: z.strictObject({}),
  orderSensitive: false,
  describe: (assign) => `${assign.time} · delay ${durationText(assign.watermark.delayMs)}`,
  suggest: (inputs) => {
    const time = inputs[0]?.schema.fields.find((field) => field.type.kind === 'TIMESTAMP');
    return { time: time?.name ?? 'ts', watermark: watermarkConfig.parse({}) };
  },
  bind: ({ config: assign, inputs, dialect }) => {
    const input = inputOf(inputs, 0);
    const compiled = compileExpression(assign.time, input.schema, dialectNamed(dialect).expressions);
    if (!compiled.ok) return { ok: false, problems: expressionProblems(compiled.problems, 'config.time') };
    const { type } = compiled.expression;
    if (type.kind !== 'TIMESTAMP' && type.kind !== 'BIGINT' && type.kind !== 'INT' && type.kind !== 'DOUBLE') {
      const message = `The event time is ${typeName(type)}, not a TIMESTAMP or a number of milliseconds.`;
      const fix = 'Cast it, for example CAST(column AS TIMESTAMP).';
      return { ok: false, problems: [configProblem('wrong-type', 'config.time', message, fix)] };
    }
    const punctuation = bindPunctuation(assign.watermark, input.schema);
    if (!punctuation.ok) return punctuation;
    const bound = { time: compiled.expression, watermark: assign.watermark, punctuation: punctuation.value };
    const delayMs = Math.max(input.delayMs ?? 0, assign.watermark.delayMs);
    return { ok: true, value: { outputs: { out: { ...input, eventTime: true, delayMs } }, bound }, problems: [] };
  },
};
