import { z } from 'zod';
import { DURATION_LIMIT_MS, durationText, formatDuration } from '../../stream/duration.ts';
import type { BindRequest } from '../../stream/node-definition.ts';
import { configProblem } from '../../stream/node-definition.ts';
import type { Problem, Result } from '../../stream/problem.ts';
import { hasErrors } from '../../stream/problem.ts';
import type { DurationMs } from '../../stream/time.ts';
import type { Schema } from '../../stream/types.ts';
import { fieldIndex } from '../../stream/types.ts';
import { dialectNamed } from '../dialects/dialects.ts';
import { inputOf } from '../shared/inputs.ts';
import type { BoundMatch } from '../shared/joins/bind-join.ts';
import { bindMatch, joinedFields, resultFields } from '../shared/joins/bind-join.ts';
import { matchConfig, padsSide } from '../shared/joins/join-config.ts';
import { suggestedKeys } from '../shared/joins/suggested-keys.ts';
import type { OperatorDefinition } from '../operator.ts';
import { streamJoinFace } from './face.ts';

const duration = z.number().int().min(0).max(DURATION_LIMIT_MS);

const config = z.strictObject({
  kind: z
    .enum(['inner', 'left', 'right', 'full'])
    .default('inner')
    .meta({
      title: 'Join',
      description:
        'inner: matches alone. left, right, full: rows of that side, or of both, that found no partner come out too, the other side NULL.',
      engineNames: { 'kafka-streams': 'join, leftJoin, outerJoin', ksqldb: 'JOIN, LEFT JOIN, RIGHT JOIN, FULL JOIN' },
    }),
  leftKeys: matchConfig.leftKeys,
  rightKeys: matchConfig.rightKeys,
  residual: matchConfig.residual,
  beforeMs: duration.meta({
    title: 'Before',
    description: 'How long before the left row a right row may be to match. Included.',
    unit: 'ms',
    control: 'duration',
    meaning: { text: 'left − {}', atZero: 'with the left row' },
    engineNames: { 'kafka-streams': 'JoinWindows.before', ksqldb: 'WITHIN (before, …)' },
  }),
  afterMs: duration.meta({
    title: 'After',
    description: 'How long after the left row a right row may be to match. Included.',
    unit: 'ms',
    control: 'duration',
    meaning: { text: 'left + {}', atZero: 'with the left row' },
    engineNames: { 'kafka-streams': 'JoinWindows.after', ksqldb: 'WITHIN (…, after)' },
  }),
  latenessMs: duration.default(0).meta({
    title: 'Allowed lateness',
    description:
      'How long after the end of its time a row without partner is still waited for, and rows are kept for partners that come late.',
    unit: 'ms',
    control: 'duration',
    engineNames: {
      'kafka-streams': 'grace, with the watermark delay added',
      ksqldb: 'GRACE PERIOD, with the watermark delay added',
    },
  }),
});

export type StreamJoinConfig = z.infer<typeof config>;

function valueColumn(title: string): z.ZodDefault<z.ZodString> {
  return z
    .string()
    .max(200)
    .default('')
    .meta({
      title,
      description:
        'Column that is the value of the record. A row with NULL in it is dropped and counted, and moves stream time all the same. Empty: every row is a record.',
      control: 'column',
      engineNames: { 'kafka-streams': 'record value', ksqldb: 'record value' },
    });
}

const engine = z.strictObject({
  graceMs: duration.optional().meta({
    title: 'Grace',
    description: 'Takes the place of the grace that follows from the watermark delay and the allowed lateness.',
    unit: 'ms',
    control: 'duration',
    engineNames: { 'kafka-streams': 'JoinWindows.grace', ksqldb: 'GRACE PERIOD' },
  }),
  padding: z
    .enum(['on-close', 'eager'])
    .default('on-close')
    .meta({
      title: 'Rows without partner',
      description:
        'on-close: come out when stream time says that no partner can come. eager: at once, and a match may follow all the same.',
      engineNames: {
        'kafka-streams': 'JoinWindows.ofTimeDifferenceAndGrace, of',
        ksqldb: 'with or without GRACE PERIOD',
      },
    }),
  leftValue: valueColumn('Left value'),
  rightValue: valueColumn('Right value'),
  emitIntervalMs: duration.default(0).meta({
    title: 'Emit interval',
    description:
      'Processing time that must go by between two looks for rows without partner; the engine itself waits 1 s.',
    unit: 'ms',
    control: 'duration',
    engineNames: { 'kafka-streams': '__emit.interval.ms.kstreams.outer.join.spurious.results.fix__' },
  }),
});

export type StreamJoinEngine = z.infer<typeof engine>;

export interface StreamJoinBound extends Omit<BoundMatch, 'nullSafe'> {
  readonly kind: StreamJoinConfig['kind'];
  /** A right row matches when its time is in [left − beforeMs, left + afterMs]: as the dialect reads the document's figures. */
  readonly beforeMs: DurationMs;
  readonly afterMs: DurationMs;
  readonly graceMs: DurationMs;
  /**
   * How long a side keeps a row behind the newest one that it took. Not a knob: the engine refuses stores with any other
   * retention (`KStreamImplJoin.assertWindowSettings`).
   */
  readonly retentionMs: DurationMs;
  readonly padding: StreamJoinEngine['padding'];
  readonly emitIntervalMs: DurationMs;
  /** Column of each side that is its records' value; null where every row is a record. */
  readonly valueColumns: readonly [left: number | null, right: number | null];
}

type Request = BindRequest<StreamJoinConfig, StreamJoinEngine>;

/**
 * Joins rows of two streams that have the same key and near times, by the stream time that both sides share:
 *
 * ```
 *   left row at t         [t − before ...... t ...... t + after]               right rows in there match, both ends in
 *   no match so far       comes out padded once stream time > t + after + grace  (a right row: > t + before + grace)
 * ```
 *
 * A row that comes when its own time is already over is padded at once, grace or not. Nothing is late: an old row is joined
 * with what the other side still keeps, which is what came within before + after + grace of that side's newest row.
 *
 * Output: the left columns, then the right ones; a right column whose name the left has is called `right_name`. The event
 * time of a match is the larger one. Rows without a time, without a value, and without a key where the dialect drops them,
 * leave by `rejected` in the same columns, the other side NULL.
 */
export const streamJoinDefinition: OperatorDefinition<
  'join.stream',
  StreamJoinConfig,
  StreamJoinBound,
  StreamJoinEngine
> = {
  ...streamJoinFace,
  config,
  engine,
  orderSensitive: true,
  describe: ({ kind, beforeMs, afterMs, leftKeys }) => {
    const near = beforeMs === afterMs ? `within ${durationText(afterMs)}` : figures(beforeMs, afterMs);
    return `${kind === 'inner' ? '' : `${kind} · `}${near}${leftKeys.length > 0 ? ` · by ${leftKeys.join(', ')}` : ''}`;
  },
  suggest: (inputs) => config.parse({ ...suggestedKeys(inputs), beforeMs: 60_000, afterMs: 60_000 }),
  bind: (request) => {
    const { config: join, engine: knobs, inputs } = request;
    const left = inputOf(inputs, 0);
    const right = inputOf(inputs, 1);
    const match = bindMatch(join, left.schema, right.schema);
    const leftValue = valueOf(knobs.leftValue, left.schema, 'engine.leftValue');
    const rightValue = valueOf(knobs.rightValue, right.schema, 'engine.rightValue');
    const problems = [...match.problems, ...joinProblems(request), ...leftValue.problems, ...rightValue.problems];
    if (!match.ok || !leftValue.ok || !rightValue.ok || hasErrors(problems)) return { ok: false, problems };
    const { leftKey, rightKey, residual } = match.value;
    const valueColumns = [leftValue.value, rightValue.value] as const;
    const bound = { ...figuresOf(request), kind: join.kind, leftKey, rightKey, residual, valueColumns };
    const stream = {
      changes: 'append' as const,
      eventTime: true,
      delayMs: Math.max(left.delayMs ?? 0, right.delayMs ?? 0),
    };
    const fields = joinedFields(left.schema, right.schema);
    const names = (columns: readonly number[], from: number): readonly string[] =>
      columns.flatMap((column) => fields[from + column]?.name ?? []);
    const keyOf = {
      inner: names(leftKey.columns, 0),
      left: names(leftKey.columns, 0),
      right: names(rightKey.columns, left.schema.fields.length),
      full: null,
    };
    const out = {
      ...stream,
      key: keyOf[join.kind],
      schema: { fields: resultFields(join.kind, left.schema, right.schema) },
    };
    const rejected = {
      ...stream,
      key: null,
      schema: { fields: fields.map((field) => ({ ...field, nullable: true })) },
    };
    return { ok: true, value: { outputs: { out, rejected }, bound: { ...bound, ...paddingOf(knobs) } }, problems };
  },
};

function figures(beforeMs: DurationMs, afterMs: DurationMs): string {
  return `${durationText(beforeMs)} before to ${durationText(afterMs)} after`;
}

/** Index of the column that is the records' value; null where none is named. */
function valueOf(name: string, schema: Schema, path: string): Result<number | null> {
  if (name === '') return { ok: true, value: null, problems: [] };
  const index = fieldIndex(schema, name);
  if (index >= 0) return { ok: true, value: index, problems: [] };
  const known = schema.fields.map((field) => field.name).join(', ');
  const problem = configProblem('unknown-column', path, `There is no column ${name}.`, `Choose one of: ${known}.`);
  return { ok: false, problems: [problem] };
}

function paddingOf({ padding, emitIntervalMs }: StreamJoinEngine): Pick<StreamJoinBound, 'padding' | 'emitIntervalMs'> {
  return { padding, emitIntervalMs };
}

function figuresOf({
  config: { kind, beforeMs, afterMs, latenessMs },
  engine: knobs,
  inputs,
  dialect: name,
}: Request): Pick<StreamJoinBound, 'beforeMs' | 'afterMs' | 'graceMs' | 'retentionMs'> {
  const dialect = dialectNamed(name);
  const delayMs = Math.max(...inputs.map((input) => input.delayMs ?? 0));
  const graceMs = knobs.graceMs ?? dialect.windows.graceMs(delayMs, latenessMs);
  const retentionMs = beforeMs + afterMs + graceMs;
  const isTurned = kind === 'right' && dialect.joins.stream?.rightJoinTurnsBounds === true;
  return isTurned
    ? { beforeMs: afterMs, afterMs: beforeMs, graceMs, retentionMs }
    : { beforeMs, afterMs, graceMs, retentionMs };
}

function joinProblems({
  config: { kind, leftKeys, residual, beforeMs, afterMs },
  dialect: name,
}: Request): readonly Problem[] {
  const { title, joins } = dialectNamed(name);
  const problems: Problem[] = [];
  if (leftKeys.length === 0) {
    const message = `${title} joins records of the same key, and no key is named.`;
    problems.push(configProblem('no-key', 'config.leftKeys', message, 'Name a column of each side.'));
  }
  const pads = padsSide(kind);
  if (residual.trim() !== '' && (pads.left || pads.right)) {
    const message = `${title} joins by key and time alone: a further condition can only be a filter behind an inner join.`;
    problems.push(
      configProblem('dialect-lacks', 'config.residual', message, 'Leave it away, or make it an inner join.'),
    );
  }
  if (kind === 'right' && joins.stream?.rightJoinTurnsBounds === true && beforeMs !== afterMs) {
    const message = `${title} runs a right join with the sides changed but not the times: a right row matches from ${formatDuration(afterMs)} before the left row to ${formatDuration(beforeMs)} after it.`;
    const problem = configProblem('bounds-turned', 'config.kind', message, 'Exchange before and after.');
    problems.push({ ...problem, severity: 'warning' });
  }
  return problems;
}
