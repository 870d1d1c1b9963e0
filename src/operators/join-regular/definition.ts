import { z } from 'zod';
import { DURATION_LIMIT_MS } from '../../stream/duration.ts';
import type { Problem, Result } from '../../stream/problem.ts';
import type { DurationMs } from '../../stream/time.ts';
import type { StreamType } from '../../stream/batch.ts';
import { inputOf } from '../shared/inputs.ts';
import type { BoundMatch } from '../shared/joins/bind-join.ts';
import { bindMatch, joinedFields, resultFields } from '../shared/joins/bind-join.ts';
import type { JoinKind } from '../shared/joins/join-config.ts';
import { JOIN_KINDS, matchConfig, nullSafeConfig, padsSide } from '../shared/joins/join-config.ts';
import { suggestedKeys } from '../shared/joins/suggested-keys.ts';
import type { BoundKey } from '../shared/key-columns.ts';
import { bindKey, bindTableKey } from '../shared/key-columns.ts';
import type { OperatorDefinition } from '../operator.ts';
import { regularJoinFace } from './face.ts';

const config = z.strictObject({
  kind: z
    .enum(JOIN_KINDS)
    .default('inner')
    .meta({
      title: 'Join',
      description:
        'What becomes of rows without partner. Semi and anti give left rows alone: those with a partner, those without.',
      engineNames: { 'flink-sql': 'INNER, LEFT, RIGHT, FULL JOIN, EXISTS, NOT EXISTS' },
    }),
  ...matchConfig,
  ...nullSafeConfig,
});

const ttlMs = z.number().int().min(0).max(DURATION_LIMIT_MS).default(0);

const engine = z.strictObject({
  leftTtlMs: ttlMs.meta({
    title: 'Left state time to live',
    description:
      'A left row is forgotten this long after it was last written, by the processing clock. 0 keeps it for ever.',
    unit: 'ms',
    control: 'duration',
    engineNames: { 'flink-sql': 'STATE_TTL' },
  }),
  rightTtlMs: ttlMs.meta({
    title: 'Right state time to live',
    description:
      'A right row is forgotten this long after it was last written, by the processing clock. 0 keeps it for ever.',
    unit: 'ms',
    control: 'duration',
    engineNames: { 'flink-sql': 'STATE_TTL' },
  }),
});

export type RegularJoinConfig = z.infer<typeof config>;
export type RegularJoinEngine = z.infer<typeof engine>;

/** One input of the join. */
export interface RegularJoinSide {
  /** Key of an input whose rows replace each other, which is spelled out before it is joined; null for others. */
  readonly tableKey: BoundKey | null;
  /** Columns that tell the kept rows apart: a row takes the place of the one that has the same. Null: only equal rows are one. */
  readonly uniqueKey: BoundKey | null;
  /** How long after its last writing a kept row is forgotten; 0 for never. */
  readonly ttlMs: DurationMs;
}

export interface RegularJoinBound {
  readonly kind: JoinKind;
  readonly match: BoundMatch;
  readonly sides: readonly [RegularJoinSide, RegularJoinSide];
}

/**
 * Joins two streams or changelogs over all that they ever held, and takes results back when rows go. Flink:
 * `StreamingJoinOperator`, `StreamingSemiAntiJoinOperator`.
 *
 * Each row is joined on arrival with the rows that the other side keeps, in order of their first arrival, and then kept. A
 * row without partner on a padded side comes out with NULL; that result is taken back (−D) before the row's first partner is
 * joined and given again (+I) when its last one has gone. A result has the kind of the row that caused it where both sides
 * are inner, +I and −D where its own side is padded, +I where the other one is and a row comes. Semi and anti give left rows
 * with their own kind, and let them come and go with the first and last right partner.
 *
 * State that was not written for its time to live is forgotten without a word, at the next row or clock entry.
 *
 * Equal rows are counted; one that is taken back is the earliest of them. An input with a unique key (a changelog's `key`)
 * keeps one row a key: another takes its place without a word. Keyed inputs without −U are spelled out first.
 *
 * Event time of a result: the later of its rows, a padded one its own; a row that is taken back has the time that it came
 * with.
 *
 * NULL in a key that is not null-safe matches nothing: such a row is padded where its side is, given by anti, else
 * `unmatched` and not kept. −U or −D of a row that is not there is rejected, unless the side has a time to live: then it may
 * have been forgotten, and its results are taken back. A row for which the condition fails is rejected before anything else.
 *
 * Fates: kept rows are `held`. One that leaves, taken back, replaced or forgotten, is `used` if it was in any result, else
 * `unmatched`; the row that takes it back is so too. One that takes back a forgotten row is `used` if it gave results. A right
 * row of a semi or anti join is `used` if it had a partner.
 */
export const regularJoinDefinition: OperatorDefinition<
  'join.regular',
  RegularJoinConfig,
  RegularJoinBound,
  RegularJoinEngine
> = {
  ...regularJoinFace,
  config,
  engine,
  orderSensitive: true,
  describe: ({ kind, leftKeys }) => `${kind}${leftKeys.length > 0 ? ` · by ${leftKeys.join(', ')}` : ''}`,
  suggest: (inputs) => config.parse(suggestedKeys(inputs)),
  grows: ({ engine: { leftTtlMs, rightTtlMs } }) => {
    if (leftTtlMs > 0 && rightTtlMs > 0) return null;
    const what =
      leftTtlMs > 0
        ? 'every row of the right input'
        : rightTtlMs > 0
          ? 'every row of the left input'
          : 'every row of both inputs';
    const fix = 'Give state a time to live under Engine, or join within windows or an interval.';
    return { by: 'rows', what, fix };
  },
  bind: ({ config: join, engine: knobs, inputs }) => {
    const left = inputOf(inputs, 0);
    const right = inputOf(inputs, 1);
    const match = bindMatch(join, left.schema, right.schema);
    const problems: Problem[] = [...match.problems];
    const sides = [left, right].map((input, i) => bindSide(input, i === 0 ? knobs.leftTtlMs : knobs.rightTtlMs));
    for (const side of sides) problems.push(...side.problems);
    const [leftSide, rightSide] = sides;
    if (!match.ok || leftSide?.ok !== true || rightSide?.ok !== true) return { ok: false, problems };
    const fields = resultFields(join.kind, left.schema, right.schema);
    const both = joinedFields(left.schema, right.schema);
    const isInsertOnly = left.changes === 'append' && (join.kind === 'semi' || join.kind === 'inner');
    const changes = isInsertOnly && right.changes === 'append' ? 'append' : 'retract';
    const eventTime = left.eventTime && right.eventTime;
    const stream = { eventTime, delayMs: Math.max(left.delayMs ?? 0, right.delayMs ?? 0) };
    const key = changes === 'append' ? null : resultKey(join, left, right);
    const out: StreamType = { ...stream, schema: { fields }, changes, key };
    const rejected: StreamType = {
      ...stream,
      schema: { fields: both.map((field) => ({ ...field, nullable: true })) },
      changes: 'append',
      key: null,
    };
    const bound: RegularJoinBound = { kind: join.kind, match: match.value, sides: [leftSide.value, rightSide.value] };
    return { ok: true, value: { outputs: { out, rejected }, bound }, problems };
  },
};

function bindSide(input: StreamType, keepMs: DurationMs): Result<RegularJoinSide> {
  const tableKey = bindTableKey(input);
  if (!tableKey.ok) return tableKey;
  const declared =
    input.changes === 'retract' && input.key !== null ? bindKey(input.key, input.schema, 'inputs') : null;
  const uniqueKey = declared?.ok === true ? declared.value : tableKey.value;
  return { ok: true, value: { tableKey: tableKey.value, uniqueKey, ttlMs: keepMs }, problems: [] };
}

/**
 * Columns that tell the results apart, as far as those of the inputs say so. A side that has at most one row for a join key
 * leaves the other side's key unique. Flink: `JoinUtil`, `FlinkRelMdUniqueKeys`.
 */
function resultKey(
  { kind, leftKeys, rightKeys }: RegularJoinConfig,
  left: StreamType,
  right: StreamType,
): Names | null {
  const leftKey = left.changes === 'append' ? null : left.key;
  if (kind === 'semi' || kind === 'anti') return leftKey;
  const names = joinedFields(left.schema, right.schema).map(({ name }) => name);
  const rightKey = right.changes === 'append' || right.key === null ? null : right.key.map(renamed);
  const pads = padsSide(kind);
  if (leftKey !== null && !pads.right && isWithin(right, rightKeys)) return leftKey;
  if (rightKey !== null && !pads.left && isWithin(left, leftKeys)) return rightKey;
  return leftKey === null || rightKey === null || kind !== 'inner' ? null : [...leftKey, ...rightKey];

  function renamed(name: string): string {
    const at = right.schema.fields.findIndex((field) => field.name === name);
    return names[left.schema.fields.length + at] ?? name;
  }
}

type Names = readonly string[];

/** Whether a join key can have one row of this input at most. */
function isWithin({ changes, key }: StreamType, joinKey: Names): boolean {
  return changes !== 'append' && key !== null && key.every((name) => joinKey.includes(name));
}
