import { z } from 'zod';
import { DURATION_LIMIT_MS, formatDuration } from '../../stream/duration.ts';
import { configProblem } from '../../stream/node-definition.ts';
import type { Problem } from '../../stream/problem.ts';
import type { DurationMs } from '../../stream/time.ts';
import type { Field } from '../../stream/types.ts';
import { TIMESTAMP } from '../../stream/types.ts';
import type { BoundAggregate } from '../shared/aggregates/bind-aggregate.ts';
import { aggregateConfig, bindAggregate } from '../shared/aggregates/bind-aggregate.ts';
import { inputOf } from '../shared/inputs.ts';
import type { BoundKey } from '../shared/key-columns.ts';
import { bindKey } from '../shared/key-columns.ts';
import type { OperatorDefinition } from '../operator.ts';

const config = z.strictObject({
  kind: z
    .enum(['tumbling'])
    .default('tumbling')
    .meta({
      title: 'Window',
      description: 'tumbling: windows of one length, end to end, aligned to 1970-01-01 plus the offset.',
      engineNames: { 'flink-datastream': 'TumblingEventTimeWindows' },
    }),
  keys: z
    .array(z.string().max(200))
    .max(100)
    .default([])
    .meta({
      title: 'Key',
      description: 'Columns that rows are grouped by, each value for itself; none means one group.',
      control: 'columns',
      engineNames: { 'flink-datastream': 'keyBy' },
    }),
  sizeMs: z.number().int().min(1).max(DURATION_LIMIT_MS).meta({
    title: 'Size',
    description: 'Length of a window: its start included, its end not.',
    unit: 'ms',
    control: 'duration',
  }),
  offsetMs: z.number().int().min(-DURATION_LIMIT_MS).max(DURATION_LIMIT_MS).default(0).meta({
    title: 'Offset',
    description: 'Moves all windows along the time axis; less than the size either way.',
    unit: 'ms',
    control: 'duration',
  }),
  latenessMs: z
    .number()
    .int()
    .min(0)
    .max(DURATION_LIMIT_MS)
    .default(0)
    .meta({
      title: 'Allowed lateness',
      description:
        'How long a window is kept after it fired: each row that still comes fires it again, later ones are dropped.',
      unit: 'ms',
      control: 'duration',
      engineNames: { 'flink-datastream': 'allowedLateness', 'kafka-streams': 'grace' },
    }),
  aggregates: z
    .array(aggregateConfig)
    .max(100)
    .default([{ name: 'count', function: 'count' }])
    .meta({
      title: 'Aggregates',
      description: 'What is computed for each key and window.',
      control: 'aggregates',
    }),
});

export type WindowConfig = z.infer<typeof config>;

export interface WindowBound {
  readonly sizeMs: DurationMs;
  readonly offsetMs: DurationMs;
  readonly latenessMs: DurationMs;
  readonly key: BoundKey;
  readonly aggregates: readonly BoundAggregate[];
}

/**
 * Groups rows by key and event-time window and computes aggregates.
 *
 * A window fires when the watermark completes it, then again with each row that comes within the allowed lateness; rows
 * for windows that are gone leave by `late`. Output columns: the key, `window_start`, `window_end`, the aggregates.
 */
export const windowDefinition: OperatorDefinition<'window', WindowConfig, WindowBound> = {
  kind: 'window',
  version: 1,
  title: 'Window',
  group: 'windows',
  stateful: true,
  summary: 'Groups rows by key and event-time window and computes aggregates.',
  config,
  engine: z.strictObject({}),
  inputs: [{ name: 'in', title: 'in', many: false, accepts: ['append'], needsEventTime: true }],
  outputs: [
    { name: 'out', title: 'results' },
    { name: 'late', title: 'late rows' },
  ],
  dialects: ['flink-datastream'],
  orderSensitive: false,
  describe: (window) =>
    `${window.kind} ${formatDuration(window.sizeMs)}${window.keys.length > 0 ? ` · by ${window.keys.join(', ')}` : ''}`,
  suggest: (inputs) => {
    const key = inputs[0]?.schema.fields.find((field) => field.type.kind === 'STRING')?.name;
    return config.parse({ keys: key === undefined ? [] : [key], sizeMs: 10_000 });
  },
  bind: ({ config: window, inputs, dialect }) => {
    const input = inputOf(inputs, 0);
    const problems: Problem[] = [];
    if (Math.abs(window.offsetMs) >= window.sizeMs) problems.push(offsetTooLarge(window));
    const key = bindKey(window.keys, input.schema, 'config.keys');
    problems.push(...key.problems);
    const aggregates: BoundAggregate[] = [];
    window.aggregates.forEach((aggregate, i) => {
      const bound = bindAggregate(aggregate, { schema: input.schema, path: `config.aggregates.${i}`, dialect });
      if (bound.ok) aggregates.push(bound.value);
      problems.push(...bound.problems);
    });
    const fields: readonly Field[] = [
      ...(key.ok ? key.value.fields : []),
      { name: 'window_start', type: TIMESTAMP, nullable: false },
      { name: 'window_end', type: TIMESTAMP, nullable: false },
      ...aggregates.map((aggregate) => aggregate.field),
    ];
    problems.push(...duplicateNames(fields));
    if (!key.ok || problems.length > 0) return { ok: false, problems };
    const { sizeMs, offsetMs, latenessMs } = window;
    const out = { schema: { fields }, changes: 'append' as const, key: null, eventTime: true };
    const bound = { sizeMs, offsetMs, latenessMs, key: key.value, aggregates };
    return { ok: true, value: { outputs: { out, late: input }, bound }, problems: [] };
  },
};

function offsetTooLarge(window: WindowConfig): Problem {
  const message = `The offset ${formatDuration(window.offsetMs)} is not less than the size ${formatDuration(window.sizeMs)}.`;
  return configProblem('offset-too-large', 'config.offsetMs', message, 'Choose an offset below the size.');
}

function duplicateNames(fields: readonly Field[]): readonly Problem[] {
  const seen = new Set<string>();
  return fields.flatMap((field) => {
    if (!seen.has(field.name)) {
      seen.add(field.name);
      return [];
    }
    const message = `The output would have two columns called ${field.name}.`;
    return [configProblem('duplicate-column', 'config.aggregates', message, 'Rename the aggregate.')];
  });
}
