import { z } from 'zod';
import { DURATION_LIMIT_MS, durationText, formatDuration } from '../../stream/duration.ts';
import { TICK_MS } from '../../stream/log-slice.ts';
import type { BindRequest, TimeDomain } from '../../stream/node-definition.ts';
import { configProblem } from '../../stream/node-definition.ts';
import type { Problem } from '../../stream/problem.ts';
import { hasErrors } from '../../stream/problem.ts';
import type { DurationMs } from '../../stream/time.ts';
import { sameType } from '../../stream/types.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { dialectNamed } from '../dialects/dialects.ts';
import { inputOf } from '../shared/inputs.ts';
import type { BoundMatch } from '../shared/joins/bind-join.ts';
import { bindMatch, joinedFields, resultFields } from '../shared/joins/bind-join.ts';
import { matchConfig, nullSafeConfig } from '../shared/joins/join-config.ts';
import type { OperatorDefinition } from '../operator.ts';
import { intervalJoinFace } from './face.ts';

const duration = z.number().int().min(-DURATION_LIMIT_MS).max(DURATION_LIMIT_MS);

const config = z.strictObject({
  kind: z
    .enum(['inner', 'left', 'right', 'full'])
    .default('inner')
    .meta({
      title: 'Join',
      description:
        'inner: matches alone. left, right, full: rows of that side, or of both, that can find no partner any more come out too, the other side NULL.',
      engineNames: { 'flink-sql': 'JOIN, LEFT JOIN, RIGHT JOIN, FULL JOIN' },
    }),
  leftKeys: matchConfig.leftKeys,
  rightKeys: matchConfig.rightKeys,
  ...nullSafeConfig,
  residual: matchConfig.residual,
  lowerMs: duration.meta({
    title: 'From',
    description: 'A right row matches from this long after the left row on (before it, when negative). Included.',
    unit: 'ms',
    control: 'duration',
    meaning: { text: 'left {±}', atZero: 'with the left row' },
    engineNames: { 'flink-datastream': 'between(lowerBound, …)', 'flink-sql': 'right.ts >= left.ts + …' },
  }),
  upperMs: duration.meta({
    title: 'To',
    description: 'A right row matches until this long after the left row. Included.',
    unit: 'ms',
    control: 'duration',
    meaning: { text: 'left {±}', atZero: 'with the left row' },
    engineNames: { 'flink-datastream': 'between(…, upperBound)', 'flink-sql': 'right.ts <= left.ts + …' },
  }),
  resultTime: z
    .enum(['larger', 'left', 'right'])
    .default('larger')
    .meta({
      title: 'Time of results',
      description:
        'The event time of a joined row: the larger of the two, or that of one side, which a row has none of where that side is NULL.',
      engineNames: { 'flink-sql': 'the rowtime column that goes on' },
      dialects: ['flink-sql'],
    }),
});

export type IntervalJoinConfig = z.infer<typeof config>;

const engine = z.strictObject({
  minCleanupMs: z
    .number()
    .int()
    .min(0)
    .max(DURATION_LIMIT_MS)
    .default(0)
    .meta({
      title: 'Clean-up interval',
      description:
        'How much longer rows are kept, so that many are forgotten at once. Rows without partner come out that much later, and a window behind may drop them.',
      unit: 'ms',
      control: 'duration',
      engineNames: { 'flink-sql': 'table.exec.interval-join.min-cleanup-interval' },
      dialects: ['flink-sql'],
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
        'How much longer rows are kept for partners that come late; the watermark behind the join waits as long.',
      unit: 'ms',
      control: 'duration',
      engineNames: { 'flink-sql': 'allowedLateness of RowTimeIntervalJoin' },
      dialects: ['flink-sql'],
    }),
});

export type IntervalJoinEngine = z.infer<typeof engine>;

export interface IntervalJoinBound extends BoundMatch {
  readonly kind: IntervalJoinConfig['kind'];
  readonly lowerMs: DurationMs;
  /** Below `lowerMs` where the dialect takes an interval that no pair of rows is in. */
  readonly upperMs: DurationMs;
  readonly resultTime: IntervalJoinConfig['resultTime'];
  readonly minCleanupMs: DurationMs;
  readonly latenessMs: DurationMs;
  readonly timeDomain: TimeDomain;
  /** How long the clock must go on after a row, ms; null where no clock is needed. */
  readonly clockHorizonMs: DurationMs | null;
}

type Request = BindRequest<IntervalJoinConfig, IntervalJoinEngine>;

/**
 * Joins rows of two streams that have the same key and whose times are near: right.ts is in
 * [left.ts + lowerMs, left.ts + upperMs], both ends in. On the processing clock a row's time is that of its arrival.
 *
 * Output: the left columns, then the right ones; a right column whose name the left has is called `right_name`. Late rows
 * leave by `late`, and those that the further condition fails for by `rejected`, in the same columns, the other side NULL.
 *
 * Flink SQL holds the watermark of the output back by the longer side of the interval and the lateness, so that results
 * are never late behind the join.
 */
export const intervalJoinDefinition: OperatorDefinition<
  'join.interval',
  IntervalJoinConfig,
  IntervalJoinBound,
  IntervalJoinEngine
> = {
  ...intervalJoinFace,
  config,
  engine,
  orderSensitive: false,
  describe: (join) =>
    `${join.kind === 'inner' ? '' : `${join.kind} · `}${durationText(join.lowerMs)} to ${durationText(join.upperMs)}${join.leftKeys.length > 0 ? ` · by ${join.leftKeys.join(', ')}` : ''}`,
  suggest: (inputs) => {
    const shared = inputs[0]?.schema.fields.find((field) =>
      inputs[1]?.schema.fields.some(
        (other) => other.name === field.name && field.type.kind === 'STRING' && sameType(other.type, field.type),
      ),
    )?.name;
    const keys = shared === undefined ? [] : [shared];
    return config.parse({ leftKeys: keys, rightKeys: keys, lowerMs: 0, upperMs: 60_000 });
  },
  bind: (request) => {
    const { config: join, engine: knobs, inputs, timeDomain } = request;
    const left = inputOf(inputs, 0);
    const right = inputOf(inputs, 1);
    const dialect = dialectNamed(request.dialect);
    const match = bindMatch(join, left.schema, right.schema);
    const problems = [...match.problems, ...lacking(request, dialect), ...boundsProblems(join, dialect)];
    if (!match.ok || hasErrors(problems)) return { ok: false, problems };
    const { kind, lowerMs, upperMs, resultTime } = join;
    const waitMs = Math.max(-lowerMs, upperMs, 0) + knobs.minCleanupMs + knobs.latenessMs + 1;
    const bound: IntervalJoinBound = {
      ...match.value,
      ...{ kind, lowerMs, upperMs, resultTime, timeDomain },
      ...{ minCleanupMs: knobs.minCleanupMs, latenessMs: knobs.latenessMs },
      clockHorizonMs: timeDomain === 'processing' ? waitMs + TICK_MS : null,
    };
    const delayMs = Math.max(left.delayMs ?? 0, right.delayMs ?? 0);
    const stream = { changes: 'append' as const, key: null, eventTime: true, delayMs };
    const fields = joinedFields(left.schema, right.schema).map((field) => ({ ...field, nullable: true }));
    const passed = { ...stream, schema: { fields } };
    const out = { ...stream, schema: { fields: resultFields(kind, left.schema, right.schema) } };
    return { ok: true, value: { outputs: { out, late: passed, rejected: passed }, bound }, problems };
  },
};

/** What the dialect's engine cannot do. */
function lacking({ config: join, timeDomain }: Request, { title, joins }: Dialect): readonly Problem[] {
  const { kinds, hasNullSafeKeys, hasProcessingTime } = joins.interval;
  const problems: Problem[] = [];
  const lacks = (path: string, what: string, fix: string): void => {
    problems.push(configProblem('dialect-lacks', path, `${title} has no ${what}.`, fix));
  };
  if (!kinds.includes(join.kind)) {
    lacks('config.kind', `${join.kind} interval joins`, `Choose ${kinds.join(', ')}, or Flink SQL.`);
  }
  if (join.nullSafeKeys.length > 0 && !hasNullSafeKeys) {
    lacks(
      'config.nullSafeKeys',
      'keys in which NULL equals NULL',
      'Replace NULL in a map before, or choose Flink SQL.',
    );
  }
  if (timeDomain === 'processing' && !hasProcessingTime) {
    lacks('config.lowerMs', 'interval joins on the processing clock', 'Choose event time or ingestion time.');
  }
  return problems;
}

/** Flink SQL warns of an interval that ends before it begins, and matches nothing; the DataStream API refuses it. */
function boundsProblems(join: IntervalJoinConfig, { joins }: Dialect): readonly Problem[] {
  if (join.lowerMs <= join.upperMs) return [];
  const message = `The interval ends (${formatDuration(join.upperMs)}) before it begins (${formatDuration(join.lowerMs)}): no two rows match.`;
  const problem = configProblem('interval-reversed', 'config.upperMs', message, 'Swap From and To.');
  return [joins.interval.takesReversed ? { ...problem, severity: 'warning' } : problem];
}
