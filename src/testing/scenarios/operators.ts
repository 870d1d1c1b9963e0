import fc from 'fast-check';
import type { OperatorKind } from '../../operators/operator.ts';
import type { DialectName } from '../../stream/node-definition.ts';
import { aggregates } from './aggregates.ts';
import type { Choice, OperatorArbitrary } from './choice.ts';
import { windowedSchema } from './entries.ts';
import { finalIntervalJoin, finalWindowJoin, intervalJoin, windowJoin } from './joins.ts';
import { dedupChoice, overChoice, topNChoice } from './rankings.ts';
import { finalLookupJoin, lookupJoin, regularJoin, temporalJoin } from './table-joins.ts';
import { streamJoin, tableJoin } from './kafka-joins.ts';
import { patternChoice } from './patterns.ts';
import { finalWindow, windowChoice } from './windows.ts';

const predicate = fc.constantFrom(
  'n > 0',
  "k = 'a' OR d IS NULL",
  'b % 2 = 0 AND NOT (d >= 1)',
  'n / (n - 3) > 0',
  "k IN ('a', 'b') AND d BETWEEN -2 AND 3",
  'd > 0 AND 10 / (n % 3) > 1',
  "UPPER(k) = 'A' OR 3 >= d",
  '0.5 * n < 1.25 AND d * 2 + 1 <> 3',
);

const expression = fc.constantFrom(
  'n + 1',
  'd * 2',
  'b - n',
  'k',
  "COALESCE(k, 'none')",
  '10 / n',
  'CASE WHEN n > 0 THEN d END',
  'd * 2 + 1',
  'b * 3000000000 % 7',
  "UPPER(k || 'x')",
  "CASE WHEN d > 0 THEN k WHEN n > 2 THEN 'high' ELSE UPPER(k) END",
  'CAST(n * 7 AS DECIMAL(1, 0)) + 0.5 * b',
);

const assignTimestamps = fc.record({
  // The last is near the processing times, which begin at 1000.
  time: fc.constantFrom('t', 'n * 10', 'b', '100 / n', '1000 + n * 10'),
  watermark: fc.record({
    strategy: fc.constantFrom('per-event', 'periodic', 'punctuated', 'none'),
    delayMs: fc.constantFrom(0, 5),
    idleMs: fc.constantFrom(0, 150),
    punctuation: fc.constantFrom('n > 2', 't', '10 / n > 2'),
    maxAheadMs: fc.constantFrom(0, 20, 50),
  }),
});

const suppress: fc.Arbitrary<Choice> = fc.oneof(
  fc
    .record({
      limitMs: fc.constantFrom(0, 3, 12),
      maxRows: fc.option(fc.constantFrom(1, 2, 4), { nil: undefined }),
    })
    .map(({ limitMs, maxRows }) => ({
      config: { until: 'time-limit', limitMs, ...(maxRows === undefined ? {} : { maxRows }) },
      source: { changes: 'upsert' as const, key: ['k', 'n'] },
    })),
  fc.tuple(fc.constantFrom(0, 2, 10), fc.boolean()).map(([closesAfterMs, isMerging]) => ({
    config: { until: 'window-closes' },
    source: {
      schema: windowedSchema,
      changes: 'upsert' as const,
      key: ['k', 'window_start', 'window_end'],
      windowed: { isMerging, closesAfterMs, startColumn: 'window_start', endColumn: 'window_end' },
    },
  })),
);

/** What arrives: new rows, rows that others take back, or rows by key. */
const changes: fc.Arbitrary<Pick<Choice, 'source'>> = fc.constantFrom<Pick<Choice, 'source'>>(
  {},
  { source: { changes: 'retract' } },
  { source: { changes: 'upsert', key: ['k'] } },
  { source: { changes: 'upsert', key: ['k', 'n'] } },
  { source: { changes: 'upsert', key: [] } },
);

/** The configurations over every kind of stream that the dialects have. */
function withChanges(config: fc.Arbitrary<unknown>, dialects: readonly DialectName[]): fc.Arbitrary<Choice> {
  return fc
    .tuple(config, changes, fc.constantFrom('flink-datastream' as const, ...dialects))
    .map(([chosen, source, dialect]) => ({ config: chosen, dialect, ...source }));
}

/** The same over new rows alone. */
function appending(config: fc.Arbitrary<unknown>): fc.Arbitrary<Choice> {
  return config.map((chosen) => ({ config: chosen, dialect: 'flink-datastream' }));
}

const filter = predicate.map((text) => ({ predicate: text }));

const map = fc.record(
  {
    columns: fc
      .uniqueArray(expression, { minLength: 1, maxLength: 3 })
      .map((list) => list.map((text, i) => ({ name: i === 0 ? 'n' : `c${i}`, expression: text }))),
    keep: fc.constantFrom('listed', 'all'),
    key: fc.constantFrom(['n'], ['k'], []),
  },
  { requiredKeys: ['columns', 'keep'] },
);

const flatMap = fc.record({
  columns: fc
    .uniqueArray(
      fc.constantFrom(
        "SPLIT(k, '')",
        "ARRAY['x', k]",
        'ARRAY[n, 10 / n]',
        'CASE WHEN n > 0 THEN ARRAY[d, d * 2, NULL] END',
      ),
      { minLength: 1, maxLength: 3 },
    )
    .map((list) => list.map((text, i) => ({ name: i === 0 ? 'n' : `c${i}`, expression: text }))),
  keep: fc.constantFrom('listed', 'all'),
  ordinality: fc.constantFrom('', 'place'),
  keepEmpty: fc.boolean(),
});

const of = (config: fc.Arbitrary<unknown>): fc.Arbitrary<Choice> => config.map((chosen) => ({ config: chosen }));

const COUNT = [{ name: 'rows', function: 'count' }] as const;

/** One for every kind that has landed: the compiler names a kind that lacks its own. */
export const operatorArbitraries: Readonly<Record<OperatorKind, OperatorArbitrary>> = {
  filter: {
    inputs: fc.constant(1),
    choice: withChanges(filter, ['flink-sql', 'kafka-streams', 'ksqldb', 'beam']),
    final: appending(filter),
  },
  map: { inputs: fc.constant(1), choice: withChanges(map, ['flink-sql', 'kafka-streams']), final: appending(map) },
  union: {
    inputs: fc.integer({ min: 1, max: 3 }),
    choice: withChanges(fc.constant({}), ['flink-sql']),
    final: appending(fc.constant({})),
  },
  'assign-timestamps': { inputs: fc.constant(1), choice: of(assignTimestamps) },
  window: { inputs: fc.constant(1), choice: windowChoice, final: finalWindow },
  suppress: {
    inputs: fc.constant(1),
    choice: suppress,
  },
  'join.table': { inputs: fc.constant(2), choice: tableJoin },
  'join.stream': { inputs: fc.constant(2), choice: streamJoin },
  'join.interval': { inputs: fc.constant(2), choice: intervalJoin, final: finalIntervalJoin },
  'join.window': { inputs: fc.constant(2), choice: windowJoin, final: finalWindowJoin },
  'join.regular': { inputs: fc.constant(2), choice: regularJoin },
  'join.temporal': { inputs: fc.constant(2), choice: temporalJoin },
  'join.lookup': { inputs: fc.constant(1), choice: lookupJoin, final: finalLookupJoin },
  pattern: { inputs: fc.constant(1), choice: patternChoice },
  split: {
    inputs: fc.constant(1),
    choice: withChanges(filter, ['flink-sql', 'kafka-streams', 'ksqldb', 'beam']),
    final: appending(filter),
  },
  'flat-map': {
    inputs: fc.constant(1),
    choice: withChanges(flatMap, ['flink-sql', 'kafka-streams', 'beam']),
    final: appending(flatMap),
  },
  dedup: { inputs: fc.constant(1), choice: dedupChoice },
  'top-n': { inputs: fc.constant(1), choice: topNChoice },
  over: { inputs: fc.constant(1), choice: overChoice },
  aggregate: {
    inputs: fc.constant(1),
    choice: fc
      .record({
        dialect: fc.constantFrom('flink-sql' as const, 'kafka-streams' as const, 'ksqldb' as const),
        keys: fc.constantFrom([], ['k'], ['b', 'k'], ['d']),
        aggregates,
        source: changes,
        ttlMs: fc.constantFrom(0, 0, 7, 200),
      })
      .map(({ dialect, keys, aggregates: list, source, ttlMs }) => ({
        // Behind a group that was forgotten, a row may be taken back from one that it never was in: only counts are then told.
        config: { keys, aggregates: ttlMs > 0 && source.source !== undefined ? COUNT : list },
        engine: { ttlMs },
        dialect,
        ...source,
      })),
  },
  sink: { inputs: fc.constant(1), choice: of(fc.constant({ view: 'table' })) },
};
