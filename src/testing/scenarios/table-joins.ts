import fc from 'fast-check';
import { BOOLEAN, INT, STRING, field } from '../../stream/types.ts';
import type { Choice, ChosenSource } from './choice.ts';

/** Joins of which a side is a table or a changelog. */

const JOIN_KINDS = ['inner', 'left', 'right', 'full', 'semi', 'anti'] as const;

/** The last two may fail for some pairs of rows. */
const residual = fc.constantFrom('', '', '', 'n <= right_n', "k = 'a' OR right_d > 0", 'n / (right_n - 1) < 3');

const upsert = (...key: string[]): ChosenSource => ({ changes: 'upsert', key, hasUnknown: true });
const keyedRetract = (...key: string[]): ChosenSource => ({ changes: 'retract', key, hasUnknown: true });
const retract: ChosenSource = { changes: 'retract', hasUnknown: true };
const append: ChosenSource = {};

const flinkTemporalJoin: fc.Arbitrary<Choice> = fc
  .record({
    kind: fc.constantFrom('inner', 'left'),
    asOf: fc.constantFrom('event-time', 'event-time', 'arrival'),
    keys: fc.constantFrom(['k'], ['k'], ['k', 'n']),
    residual,
    left: fc.constantFrom(append, append, retract, upsert('n'), keyedRetract('n')),
    right: fc.constantFrom(append, upsert('k'), upsert('k'), keyedRetract('k')),
    minRetentionMs: fc.constantFrom(0, 0, 0, 100, 300),
    maxRetentionMs: fc.constantFrom(0, 300, 500),
  })
  .map(({ keys, left, right, minRetentionMs, maxRetentionMs, ...config }) => ({
    dialect: 'flink-sql',
    needsClock: minRetentionMs > 0,
    sources: [left, right],
    config: { ...config, leftKeys: keys, rightKeys: keys },
    engine: minRetentionMs > 0 ? { minRetentionMs, maxRetentionMs } : {},
  }));

const kafkaTemporalJoin: fc.Arbitrary<Choice> = fc
  .record({
    dialect: fc.constantFrom('kafka-streams' as const, 'kafka-streams' as const, 'ksqldb' as const),
    kind: fc.constantFrom('inner', 'left'),
    asOf: fc.constantFrom('event-time', 'event-time', 'arrival'),
    keys: fc.constantFrom(['k'], ['k'], ['k', 'n']),
    residual,
    latenessMs: fc.constantFrom(0, 5, 30),
    // No shorter than the grace, which has the delay of the source in it.
    historyRetentionMs: fc.constantFrom(50, 80, 1000),
  })
  .map(({ dialect, asOf, keys, historyRetentionMs, latenessMs, ...config }) => ({
    dialect,
    sources: [append, upsert(...keys)],
    config: {
      ...config,
      asOf: dialect === 'ksqldb' ? 'arrival' : asOf,
      latenessMs,
      leftKeys: keys,
      rightKeys: keys,
    },
    engine: { historyRetentionMs },
  }));

export const temporalJoin = fc.oneof(
  { weight: 3, arbitrary: flinkTemporalJoin },
  { weight: 2, arbitrary: kafkaTemporalJoin },
);

const side = fc.constantFrom(
  append,
  retract,
  retract,
  upsert('k'),
  upsert('k', 'n'),
  keyedRetract('k'),
  keyedRetract('n'),
);

const regularMatch = {
  keys: fc.constantFrom(['k'], ['k'], ['k', 'n'], []),
  isNullSafe: fc.boolean(),
  residual,
};

const anyRegularJoin = fc.record({
  ...regularMatch,
  kind: fc.constantFrom(...JOIN_KINDS),
  left: side,
  right: side,
  leftTtlMs: fc.constantFrom(0, 0, 0, 150, 400),
  rightTtlMs: fc.constantFrom(0, 0, 0, 150, 400),
});

/** With so few columns that many rows are equal. */
const narrow: ChosenSource = {
  schema: { fields: [field('k', STRING), field('n', INT, false), field('t', BOOLEAN)] },
};

/** Of streams whose rows are kept for ever. */
const growingJoin = fc.record({
  ...regularMatch,
  keys: fc.constantFrom([], [], ['k'], ['k', 'n']),
  // The last one fails for a third of the right rows.
  residual: fc.constantFrom('', 'n <= right_n', 'n / MOD(right_n, 3) < 3'),
  kind: fc.constant('inner' as const),
  left: fc.constantFrom(append, narrow, narrow),
  right: fc.constantFrom(append, narrow, narrow),
  leftTtlMs: fc.constant(0),
  rightTtlMs: fc.constant(0),
});

export const regularJoin: fc.Arbitrary<Choice> = fc
  .oneof({ weight: 3, arbitrary: anyRegularJoin }, { weight: 1, arbitrary: growingJoin })
  .map(({ kind, keys, isNullSafe, residual: text, left, right, leftTtlMs, rightTtlMs }) => ({
    dialect: 'flink-sql',
    needsClock: leftTtlMs + rightTtlMs > 0,
    sources: [left, right],
    config: { kind, leftKeys: keys, rightKeys: keys, nullSafeKeys: isNullSafe ? keys : [], residual: text },
    engine: { leftTtlMs, rightTtlMs },
  }));

interface LookedUp {
  readonly leftKeys: readonly string[];
  readonly rightKeys: readonly string[];
  readonly table: unknown;
}

const lookedUp: readonly LookedUp[] = [
  {
    leftKeys: ['k'],
    rightKeys: ['key'],
    table: {
      columns: [{ name: 'key' }, { name: 'label' }, { name: 'n', type: 'INT' }],
      rows: [
        ['a', 'first', 1],
        ['b', null, -3],
        [null, 'nobody', 0],
        ['ä', 'umlaut', null],
      ],
    },
  },
  {
    leftKeys: ['k'],
    rightKeys: ['key'],
    table: {
      columns: [{ name: 'key' }, { name: 'n', type: 'INT' }],
      rows: [
        ['a', 1],
        ['b', 2],
        ['a', 3],
        ['', 1],
      ],
    },
  },
  {
    leftKeys: ['m', 'k'],
    rightKeys: ['price', 'key'],
    table: {
      columns: [{ name: 'price', type: 'DECIMAL(10, 2)' }, { name: 'key' }, { name: 'n', type: 'INT' }],
      rows: [
        ['0.00', 'a', 1],
        ['1.50', 'b', 1],
      ],
    },
  },
];

const lookupJoinOf = (source: fc.Arbitrary<ChosenSource>): fc.Arbitrary<Choice> =>
  fc
    .record({
      dialect: fc.constantFrom('flink-datastream', 'flink-sql', 'flink-sql', 'kafka-streams', 'ksqldb', 'beam'),
      kind: fc.constantFrom('inner', 'left'),
      lookup: fc.constantFrom(...lookedUp),
      residual: fc.constantFrom('', '', 'n > right_n', 'n / (right_n - 1) < 3'),
      source,
    })
    .map(({ dialect, lookup, source: chosen, ...config }) => ({
      dialect,
      source: chosen,
      config: { ...config, ...lookup },
    }));

export const lookupJoin = lookupJoinOf(
  fc.constantFrom(append, append, retract, upsert('k'), upsert('n'), keyedRetract('n')),
);

/** Which rows are taken back goes by the order of arrival. */
export const finalLookupJoin = lookupJoinOf(fc.constant(append));
