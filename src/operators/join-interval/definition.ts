import { z } from 'zod';
import { DURATION_LIMIT_MS, formatDuration } from '../../stream/duration.ts';
import { configProblem } from '../../stream/node-definition.ts';
import type { Problem } from '../../stream/problem.ts';
import type { DurationMs } from '../../stream/time.ts';
import type { Field, Schema } from '../../stream/types.ts';
import { sameType, typeName } from '../../stream/types.ts';
import { inputOf } from '../shared/inputs.ts';
import type { BoundKey } from '../shared/key-columns.ts';
import { bindKey } from '../shared/key-columns.ts';
import type { OperatorDefinition } from '../operator.ts';

const duration = z.number().int().min(-DURATION_LIMIT_MS).max(DURATION_LIMIT_MS);

const config = z.strictObject({
  leftKeys: z.array(z.string().max(200)).max(100).default([]).meta({
    title: 'Left key',
    description: 'Columns of the left input that must equal those of the right, in the same order.',
    control: 'columns',
    input: 'left',
  }),
  rightKeys: z.array(z.string().max(200)).max(100).default([]).meta({
    title: 'Right key',
    description: 'Columns of the right input, as many as on the left.',
    control: 'columns',
    input: 'right',
  }),
  lowerMs: duration.meta({
    title: 'From',
    description: 'A right row matches from this long after the left row on (before it, when negative). Included.',
    unit: 'ms',
    control: 'duration',
    engineNames: { 'flink-datastream': 'between(lowerBound, …)' },
  }),
  upperMs: duration.meta({
    title: 'To',
    description: 'A right row matches until this long after the left row. Included.',
    unit: 'ms',
    control: 'duration',
    engineNames: { 'flink-datastream': 'between(…, upperBound)' },
  }),
});

export type IntervalJoinConfig = z.infer<typeof config>;

export interface IntervalJoinBound {
  readonly lowerMs: DurationMs;
  readonly upperMs: DurationMs;
  readonly leftKey: BoundKey;
  readonly rightKey: BoundKey;
}

/**
 * Joins rows of two streams that have the same key and whose times are near: right.ts is in
 * [left.ts + lowerMs, left.ts + upperMs], both ends in. Inner: rows without partner leave as `unmatched`.
 *
 * Output: the left columns, then the right ones; a right column whose name the left has is called `right_name`. Late rows
 * leave by `late` in the same columns, the other side NULL.
 */
export const intervalJoinDefinition: OperatorDefinition<'join.interval', IntervalJoinConfig, IntervalJoinBound> = {
  kind: 'join.interval',
  version: 1,
  title: 'Interval join',
  group: 'joins',
  stateful: true,
  summary: 'Joins rows of two streams with the same key and near event times.',
  config,
  engine: z.strictObject({}),
  inputs: [
    { name: 'left', title: 'left', many: false, accepts: ['append'], needsEventTime: true },
    { name: 'right', title: 'right', many: false, accepts: ['append'], needsEventTime: true },
  ],
  outputs: [
    { name: 'out', title: 'matches' },
    { name: 'late', title: 'late rows' },
  ],
  dialects: ['flink-datastream'],
  orderSensitive: false,
  describe: (join) =>
    `${formatDuration(join.lowerMs)} to ${formatDuration(join.upperMs)}${join.leftKeys.length > 0 ? ` · by ${join.leftKeys.join(', ')}` : ''}`,
  suggest: (inputs) => {
    const shared = inputs[0]?.schema.fields.find((field) =>
      inputs[1]?.schema.fields.some(
        (other) => other.name === field.name && field.type.kind === 'STRING' && sameType(other.type, field.type),
      ),
    )?.name;
    const keys = shared === undefined ? [] : [shared];
    return { leftKeys: keys, rightKeys: keys, lowerMs: 0, upperMs: 60_000 };
  },
  bind: ({ config: join, inputs }) => {
    const left = inputOf(inputs, 0);
    const right = inputOf(inputs, 1);
    const leftKey = bindKey(join.leftKeys, left.schema, 'config.leftKeys');
    const rightKey = bindKey(join.rightKeys, right.schema, 'config.rightKeys');
    const problems = [...leftKey.problems, ...rightKey.problems, ...boundsProblems(join)];
    if (leftKey.ok && rightKey.ok) problems.push(...keyTypeProblems(leftKey.value.fields, rightKey.value.fields));
    if (!leftKey.ok || !rightKey.ok || problems.length > 0) return { ok: false, problems };
    const { lowerMs, upperMs } = join;
    const bound = { lowerMs, upperMs, leftKey: leftKey.value, rightKey: rightKey.value };
    const fields = joinedFields(left.schema, right.schema);
    const delayMs = Math.max(left.delayMs ?? 0, right.delayMs ?? 0);
    const stream = { changes: 'append' as const, key: null, eventTime: true, delayMs };
    const late = { ...stream, schema: { fields: fields.map((field) => ({ ...field, nullable: true })) } };
    return { ok: true, value: { outputs: { out: { ...stream, schema: { fields } }, late }, bound }, problems: [] };
  },
};

function boundsProblems(join: IntervalJoinConfig): readonly Problem[] {
  if (join.lowerMs <= join.upperMs) return [];
  const message = `The interval ends (${formatDuration(join.upperMs)}) before it begins (${formatDuration(join.lowerMs)}).`;
  return [configProblem('interval-reversed', 'config.upperMs', message, 'Swap From and To.')];
}

function keyTypeProblems(left: readonly Field[], right: readonly Field[]): readonly Problem[] {
  if (left.length !== right.length) {
    const message = `The left key has ${left.length} columns, the right key ${right.length}.`;
    return [configProblem('key-columns-differ', 'config.rightKeys', message, 'Give both keys as many columns.')];
  }
  return left.flatMap((field, i) => {
    const other = right[i];
    if (other === undefined || sameType(field.type, other.type)) return [];
    const message = `${field.name} is ${typeName(field.type)} and ${other.name} is ${typeName(other.type)}: they are never equal.`;
    return [
      configProblem('key-types-differ', 'config.rightKeys', message, 'Cast one of them in a map before the join.'),
    ];
  });
}

function joinedFields(left: Schema, right: Schema): readonly Field[] {
  const names = new Set(left.fields.map((field) => field.name));
  const rest = right.fields.map((field) => {
    let name = field.name;
    while (names.has(name)) name = `right_${name}`;
    names.add(name);
    return { ...field, name };
  });
  return [...left.fields, ...rest];
}
