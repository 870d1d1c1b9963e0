import { z } from 'zod';
import { DURATION_LIMIT_MS, formatDuration } from '../../stream/duration.ts';
import { configProblem } from '../../stream/node-definition.ts';
import type { Problem } from '../../stream/problem.ts';
import type { DurationMs } from '../../stream/time.ts';
import { sameType } from '../../stream/types.ts';
import { inputOf } from '../shared/inputs.ts';
import { bindMatch, joinedFields } from '../shared/joins/bind-join.ts';
import { matchConfig } from '../shared/joins/join-config.ts';
import type { BoundKey } from '../shared/key-columns.ts';
import type { OperatorDefinition } from '../operator.ts';

const duration = z.number().int().min(-DURATION_LIMIT_MS).max(DURATION_LIMIT_MS);

const config = z.strictObject({
  leftKeys: matchConfig.leftKeys,
  rightKeys: matchConfig.rightKeys,
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
    const match = bindMatch({ ...join, residual: '' }, left.schema, right.schema);
    const problems = [...match.problems, ...boundsProblems(join)];
    if (!match.ok || problems.length > 0) return { ok: false, problems };
    const { lowerMs, upperMs } = join;
    const bound = { lowerMs, upperMs, leftKey: match.value.leftKey, rightKey: match.value.rightKey };
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
