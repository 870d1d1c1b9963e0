import { z } from 'zod';
import type { StreamType } from '../../stream/batch.ts';
import { DURATION_LIMIT_MS, durationText, formatDuration } from '../../stream/duration.ts';
import { configProblem } from '../../stream/node-definition.ts';
import type { TimeDomain } from '../../stream/node-definition.ts';
import type { Problem } from '../../stream/problem.ts';
import type { DurationMs } from '../../stream/time.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { dialectNamed } from '../dialects/dialects.ts';
import { inputOf } from '../shared/inputs.ts';
import type { BoundMatch } from '../shared/joins/bind-join.ts';
import { bindMatch, joinedFields, resultFields } from '../shared/joins/bind-join.ts';
import { matchConfig } from '../shared/joins/join-config.ts';
import { suggestedKeys } from '../shared/joins/suggested-keys.ts';
import type { BoundKey } from '../shared/key-columns.ts';
import { bindTableKey } from '../shared/key-columns.ts';
import type { OperatorDefinition } from '../operator.ts';
import { temporalJoinFace } from './face.ts';

const duration = z.number().int().min(0).max(DURATION_LIMIT_MS);

const config = z.strictObject({
  kind: z
    .enum(['inner', 'left'])
    .default('inner')
    .meta({
      title: 'Join',
      description: 'Whether a left row that finds no row of the table is left out, or comes with NULL.',
      engineNames: { 'flink-sql': 'JOIN, LEFT JOIN', 'kafka-streams': 'join, leftJoin', ksqldb: 'JOIN, LEFT JOIN' },
    }),
  ...matchConfig,
  asOf: z
    .enum(['event-time', 'arrival'])
    .default('event-time')
    .meta({
      title: 'As of',
      description:
        'Which row of the table a left row meets: the one that was valid at its event time, or the one that is there when it arrives.',
      engineNames: {
        'flink-sql': 'FOR SYSTEM_TIME AS OF rowtime, proctime',
        'kafka-streams': 'versioned state store, or the latest value',
      },
    }),
  latenessMs: duration.default(0).meta({
    title: 'Allowed lateness',
    description: 'How long left rows wait, beside the delay of their source, for changes of the table that come late.',
    unit: 'ms',
    control: 'duration',
    dialects: ['kafka-streams'],
    showWhen: { name: 'asOf', values: ['event-time'] },
    engineNames: { 'kafka-streams': 'Joined.withGracePeriod' },
  }),
});

const engine = z.strictObject({
  historyRetentionMs: duration.default(86_400_000).meta({
    title: 'History retention',
    description: 'How far back the table can be asked; changes that are older than that are dropped.',
    unit: 'ms',
    control: 'duration',
    dialects: ['kafka-streams'],
    engineNames: { 'kafka-streams': 'historyRetention' },
  }),
  minRetentionMs: duration.default(0).meta({
    title: 'State retention, at least',
    description:
      'What is kept for a key is forgotten when nothing came for so long, by the processing clock. 0 keeps it for ever.',
    unit: 'ms',
    control: 'duration',
    dialects: ['flink-sql'],
    engineNames: { 'flink-sql': 'table.exec.state.ttl' },
  }),
  maxRetentionMs: duration.default(0).meta({
    title: 'State retention, at most',
    description: 'When the clean-up comes that was set off last. 0 is one and a half of the least retention.',
    unit: 'ms',
    control: 'duration',
    dialects: ['flink-sql'],
  }),
});

export type TemporalJoinConfig = z.infer<typeof config>;
export type TemporalJoinEngine = z.infer<typeof engine>;

export interface TemporalJoinBound {
  readonly kind: 'inner' | 'left';
  readonly match: BoundMatch;
  readonly asOf: 'event-time' | 'arrival';
  /** Key of a left input whose rows replace each other, which is spelled out before it is joined; null for others. */
  readonly leftTableKey: BoundKey | null;
  /** How far the left stream time must be behind a row before it is joined; stores alone. */
  readonly graceMs: DurationMs;
  /** How far back versions can be asked; stores alone. */
  readonly historyRetentionMs: DurationMs;
  /** When what a key keeps is forgotten, by the clock; null for never. */
  readonly retention: { readonly minMs: DurationMs; readonly maxMs: DurationMs } | null;
  /** How long the clock must go on behind a row, for the retention's timers. */
  readonly clockHorizonMs: DurationMs | null;
}

/**
 * Joins each left row with the one row of a table that is right for it: the one that was valid at the row's event time, or
 * the one that is there on arrival. Changes of the table alone give nothing. The right key names the table's key.
 *
 * As of arrival. In Flink the output shows the left watermark alone. A table row replaces that of its key, −U and −D take it out; where there is none they are rejected. A left
 * row is joined at once. Flink: `TemporalProcessTimeJoinOperator`; Kafka: `KStreamKTableJoin`.
 *
 * As of event time in Flink SQL (`TemporalRowTimeJoinOperator`). Left rows wait until the watermark W has reached them and
 * meet the newest version with a time not after theirs. A key has one version for each time, the last one that came; −D is a
 * version that says there is no row; −U is passed over (`filtered`: the planner drops it). Each key with rows to be looked
 * at waits for one watermark: the smallest time of the rows, left and right, that came since its last firing, or of the left
 * rows that firing left over. Keys fire in order of these times, equal ones in the order in which they began to wait; a key
 * gives its left rows with time <= W in order of arrival and then forgets all versions but the newest with time <= W and
 * later ones. Late left rows wait for the next step of the watermark and meet what is left.
 *
 * As of event time in Kafka (`KStreamKTableJoinProcessor`, `RocksDBVersionedStore`). A left row that is older than the left
 * stream time less the grace is joined at once, others when the stream time has come to their time and the grace, in order
 * of time, the key's bytes, arrival. A version that is older than the newest one of the table less the history retention is
 * `late`. A row that is older than that finds the newest version of its key, if this is not later than the row, else none.
 *
 * State retention (Flink): each touch of a key sets a timer at now + max, unless one waits that is later than now + min; a
 * clock entry at or after it forgets all that the key keeps. As of arrival the touches are table rows and left rows that
 * find one, and −D ends the wait; as of event time all rows, and firings that leave something, while one that leaves nothing
 * ends it.
 *
 * Event time and kind of a result are the left row's. NULL in the key: a left row is without partner; an inner one at once,
 * a padded one when its turn comes (in Kafka at once, in ksqlDB never: there it is rejected, as an inner one is in both). A
 * table row with NULL in its key is rejected where the table is a store, else `unmatched`. Rows without time are rejected
 * where the time is needed. A row for which the condition fails is rejected if it is joined on arrival, else it counts as
 * not matching.
 *
 * Fates: waiting left rows and table rows that are kept, −D among the versions too, are `held`; those that leave are `used`
 * if they were in any result, else `unmatched`, and a −U or −D that takes a row out is what that row is.
 */
export const temporalJoinDefinition: OperatorDefinition<
  'join.temporal',
  TemporalJoinConfig,
  TemporalJoinBound,
  TemporalJoinEngine
> = {
  ...temporalJoinFace,
  config,
  engine,
  orderSensitive: true,
  describe: ({ kind, asOf, leftKeys, latenessMs }) =>
    [
      `${kind} · as of ${asOf === 'arrival' ? 'arrival' : 'event time'}`,
      ...(latenessMs > 0 && asOf === 'event-time' ? [`grace ${durationText(latenessMs)}`] : []),
      ...(leftKeys.length > 0 ? [`by ${leftKeys.join(', ')}`] : []),
    ].join(' · '),
  suggest: (inputs) => {
    const key = inputs[1]?.changes === 'append' ? null : (inputs[1]?.key ?? null);
    const has = (name: string): boolean => inputs[0]?.schema.fields.some((field) => field.name === name) ?? false;
    const keys = key?.every(has) === true ? { leftKeys: [...key], rightKeys: [...key] } : suggestedKeys(inputs);
    const isTimed = inputs.every(({ eventTime }) => eventTime);
    return config.parse({ ...keys, asOf: isTimed ? 'event-time' : 'arrival' });
  },
  bind: ({ config: join, engine: knobs, inputs, dialect: name, timeDomain }) => {
    const dialect = dialectNamed(name);
    const left = inputOf(inputs, 0);
    const right = inputOf(inputs, 1);
    const match = bindMatch(join, left.schema, right.schema);
    const leftTableKey = bindTableKey(left);
    const problems: Problem[] = [
      ...match.problems,
      ...leftTableKey.problems,
      ...inputProblems(dialect, left),
      ...tableProblems(dialect, right, join.rightKeys),
      ...timeProblems(join, { dialect, inputs, timeDomain }),
    ];
    const isByTime = join.asOf === 'event-time';
    const graceMs = isByTime ? dialect.windows.graceMs(left.delayMs ?? 0, join.latenessMs) : 0;
    problems.push(
      ...retentionProblems(knobs, isByTime && dialect.joins.temporal.versions === 'store' ? graceMs : null),
    );
    if (!match.ok || !leftTableKey.ok || problems.some(({ severity }) => severity === 'error')) {
      return { ok: false, problems };
    }
    const retention = dialect.joins.temporal.hasRetention ? retentionOf(knobs) : null;
    const bound: TemporalJoinBound = {
      kind: join.kind,
      match: match.value,
      asOf: join.asOf,
      leftTableKey: leftTableKey.value,
      graceMs,
      historyRetentionMs: knobs.historyRetentionMs,
      retention,
      clockHorizonMs: retention?.maxMs ?? null,
    };
    return { ok: true, value: { outputs: outputsOf(join, left, right), bound }, problems };
  },
};

function outputsOf(
  { kind, asOf }: TemporalJoinConfig,
  left: StreamType,
  right: StreamType,
): Record<string, StreamType> {
  const delayMs = asOf === 'arrival' ? (left.delayMs ?? 0) : Math.max(left.delayMs ?? 0, right.delayMs ?? 0);
  const { eventTime, windowed } = left;
  const fields = resultFields(kind, left.schema, right.schema);
  const changes = left.changes === 'append' ? 'append' : 'retract';
  const out: StreamType = {
    schema: { fields },
    changes,
    key: left.key,
    eventTime,
    delayMs,
    ...(windowed === undefined ? {} : { windowed }),
  };
  const both = joinedFields(left.schema, right.schema).map((field) => ({ ...field, nullable: true }));
  const refused: StreamType = { schema: { fields: both }, changes: 'append', key: null, eventTime, delayMs };
  return { out, late: refused, rejected: refused };
}

function inputProblems({ title, joins }: Dialect, left: StreamType): readonly Problem[] {
  if (joins.temporal.leftChanges.includes(left.changes)) return [];
  const message = `${title} joins a stream with a table here, and the left input is a table.`;
  return [configProblem('dialect-lacks', 'inputs', message, 'Join two tables with a table join.')];
}

/** The right input must be a table, whose key the right key holds. */
function tableProblems({ title, joins }: Dialect, right: StreamType, rightKeys: readonly string[]): readonly Problem[] {
  const { versions } = joins.temporal;
  if (versions === 'store' && right.changes !== 'upsert') {
    const message = `${title} joins with a table, and the right input is none.`;
    const fix = 'Give its source a key and the changes upsert, or aggregate it first.';
    return [configProblem('table-without-key', 'inputs', message, fix)];
  }
  // Of an append stream the join's key is the key (Flink: temporal table functions).
  if (right.changes === 'append') return [];
  if (right.key === null) {
    const message = 'The right input is a changelog without key: nobody can say which row a change replaces.';
    return [configProblem('table-without-key', 'inputs', message, 'Name the key columns at its source.')];
  }
  const missing = right.key.filter((name) => !rightKeys.includes(name));
  const extra = versions === 'store' ? rightKeys.filter((name) => right.key?.includes(name) !== true) : [];
  if (missing.length === 0 && extra.length === 0) return [];
  const message = `The table's key is ${right.key.join(', ') || 'empty'}, and the join goes by ${rightKeys.join(', ') || 'none'}.`;
  const fix = `Join by ${right.key.join(', ') || 'no column'} of the table.`;
  return [configProblem('table-key-differs', 'config.rightKeys', message, fix)];
}

interface Setting {
  readonly dialect: Dialect;
  readonly inputs: readonly StreamType[];
  readonly timeDomain: TimeDomain;
}

function timeProblems({ asOf }: TemporalJoinConfig, { dialect, inputs, timeDomain }: Setting): readonly Problem[] {
  if (asOf === 'arrival') return [];
  const fix = 'Join as of arrival.';
  if (!dialect.joins.temporal.hasEventTime) {
    return [configProblem('dialect-lacks', 'config.asOf', `${dialect.title} has no versioned tables.`, fix)];
  }
  if (timeDomain === 'processing') {
    const message = 'The graph runs on the processing clock, which has no versions by event time.';
    return [configProblem('event-time-missing', 'config.asOf', message, fix)];
  }
  const missing = inputs.findIndex(({ eventTime }) => !eventTime);
  if (missing < 0) return [];
  const message = `The ${missing === 0 ? 'left' : 'right'} input has no event time.`;
  return [configProblem('event-time-missing', 'config.asOf', message, `Name the time column at its source. ${fix}`)];
}

/** `graceMs`: that of a versioned store; null where there is none. */
function retentionProblems(knobs: TemporalJoinEngine, graceMs: DurationMs | null): readonly Problem[] {
  const { historyRetentionMs, minRetentionMs, maxRetentionMs } = knobs;
  // KStreamImpl.join: "history retention must be at least grace period"
  if (graceMs !== null && historyRetentionMs < graceMs) {
    const message = `The history retention ${formatDuration(historyRetentionMs)} is shorter than the grace ${formatDuration(graceMs)}.`;
    return [configProblem('retention-too-short', 'engine.historyRetentionMs', message, 'Keep history for longer.')];
  }
  if (graceMs !== null || maxRetentionMs === 0 || maxRetentionMs >= minRetentionMs) return [];
  const message = `State is kept for at least ${formatDuration(minRetentionMs)} and at most ${formatDuration(maxRetentionMs)}.`;
  return [configProblem('retention-reversed', 'engine.maxRetentionMs', message, 'Swap the two.')];
}

/** BaseTwoInputStreamOperatorWithStateRetention: retentions of 1 ms and less are none. */
function retentionOf({ minRetentionMs, maxRetentionMs }: TemporalJoinEngine): TemporalJoinBound['retention'] {
  if (minRetentionMs <= 1) return null;
  return { minMs: minRetentionMs, maxMs: maxRetentionMs === 0 ? Math.floor((minRetentionMs * 3) / 2) : maxRetentionMs };
}
