import fc from 'fast-check';
import { BOOLEAN, INT, STRING, field } from '../../stream/types.ts';
import { aggregates } from './aggregates.ts';
import type { Choice } from './choice.ts';
import { windowedSchema } from './entries.ts';

/** Random configurations of what ranks rows or looks back at them: top-N, dedup, over. All of Flink SQL. */

const dialect = 'flink-sql' as const;
const keys = fc.constantFrom([], ['k'], ['b', 'k'], ['d']);
const ttlMs = fc.constantFrom(0, 0, 1, 200, 500);

/** Rows with the columns of a window, some of the same end and another start. */
const windowedSource: Choice['source'] = {
  schema: windowedSchema,
  windowed: { isMerging: false, closesAfterMs: 0, startColumn: 'window_start', endColumn: 'window_end' },
};
const localOffsetMs = fc.constantFrom(0, 0, 0, 5);

const order = fc.uniqueArray(
  fc.record({ column: fc.constantFrom('n', 'k', 'd', 'm', 'b', 't'), descending: fc.boolean() }),
  { maxLength: 2, selector: ({ column }) => column },
);

const ranks = fc
  .tuple(fc.constantFrom(1, 1, 1, 2, 3), fc.constantFrom(0, 0, 1, 1, 2, 3), fc.constantFrom('', '', '', 'n', 'b'))
  .map(([from, more, toColumn]) => ({ from: toColumn === '' ? from : 1, to: from + more, toColumn }));

const changing = fc.constantFrom<Pick<Choice, 'source'>>(
  {},
  {},
  { source: { changes: 'retract' } },
  { source: { changes: 'retract' } },
  { source: { changes: 'retract', key: ['k', 'n'] } },
  { source: { changes: 'upsert', key: ['k'] } },
  { source: { changes: 'upsert', key: ['k', 'n'] } },
);

const runningTopN: fc.Arbitrary<Choice> = fc
  .record({
    keys: fc.oneof({ weight: 3, arbitrary: fc.constantFrom([], ['k']) }, { weight: 1, arbitrary: keys }),
    orderBy: order,
    ranks,
    rankColumn: fc.constantFrom('', 'place'),
    source: changing,
    engine: fc.record({
      generateUpdateBefore: fc.boolean(),
      strategy: fc.constantFrom('retract', 'update-fast'),
      ttlMs,
    }),
  })
  .map(({ ranks: figures, source, engine, ...config }) => ({
    dialect,
    needsClock: engine.ttlMs > 0,
    config: { ...config, ...figures },
    engine,
    ...source,
  }));

const windowTopN: fc.Arbitrary<Choice> = fc
  .record({ keys, orderBy: order, ranks, rankColumn: fc.constantFrom('', 'place'), localOffsetMs })
  .map(({ ranks: { from, to }, localOffsetMs: offsetMs, ...config }) => ({
    dialect,
    config: { ...config, from, to, perWindow: true },
    engine: { localOffsetMs: offsetMs },
    source: windowedSource,
  }));

export const topNChoice: fc.Arbitrary<Choice> = fc.oneof(
  { weight: 3, arbitrary: runningTopN },
  { weight: 1, arbitrary: windowTopN },
);

/** So few columns that rows of a key are equal. */
const narrowSource: Choice['source'] = {
  schema: { fields: [field('k', STRING), field('n', INT, false), field('t', BOOLEAN)] },
};

const dedupConfig = fc.record({
  keys,
  keep: fc.constantFrom('first', 'last'),
  orderBy: fc.constantFrom('event-time', 'arrival'),
  timeColumn: fc.constantFrom('', '', 't'),
});

export const dedupChoice: fc.Arbitrary<Choice> = fc.oneof(
  fc
    .record({
      config: dedupConfig,
      engine: fc.record({ generateUpdateBefore: fc.boolean(), generateInsert: fc.boolean(), ttlMs }),
    })
    .map(({ config, engine }) => ({ dialect, config, engine, needsClock: engine.ttlMs > 0 })),
  fc
    .record({ keys, changes: changing, generateUpdateBefore: fc.boolean(), ttlMs })
    .map(({ keys: columns, changes, ...engine }) => ({
      dialect,
      config: { keys: columns, keep: 'last', orderBy: 'arrival' },
      engine,
      needsClock: engine.ttlMs > 0,
      ...changes,
    })),
  fc
    .record({ keys: fc.constantFrom(['k'], ['k', 'n']), generateUpdateBefore: fc.boolean(), ttlMs })
    .map(({ keys: columns, ...engine }) => ({
      dialect,
      config: { keys: columns, keep: 'last', orderBy: 'arrival' },
      engine,
      needsClock: engine.ttlMs > 0,
      source: narrowSource,
    })),
  fc.record({ config: dedupConfig, localOffsetMs }).map(({ config, localOffsetMs: offsetMs }) => ({
    dialect,
    config: { ...config, perWindow: true },
    engine: { localOffsetMs: offsetMs },
    source: windowedSource,
  })),
);

const lags = fc.array(
  fc.constantFrom(
    { argument: 'n', offset: 1, default: '-1' },
    { argument: 'k', offset: 2 },
    { argument: '10 / n', offset: 0 },
    { argument: 'm', offset: 1, default: '0.5' },
  ),
  { maxLength: 2 },
);

/** Most times are after 1970, where the time that came out last begins to count. */
export const overChoice: fc.Arbitrary<Choice> = fc
  .record({
    keys: fc.constantFrom([], ['k'], ['k'], ['d']),
    orderBy: fc.constantFrom('event-time', 'event-time', 'arrival'),
    frame: fc.constantFrom('rows-unbounded', 'rows', 'range-unbounded', 'range'),
    precedingRows: fc.constantFrom(0, 1, 2),
    precedingMs: fc.constantFrom(0, 3, 10, 10, 10, 250),
    aggregates,
    lags,
    ttlMs: fc.constantFrom(0, 0, 1, 200, 500),
  })
  .map(({ ttlMs: lifeMs, lags: earlier, ...config }) => ({
    dialect,
    needsClock: true,
    config: {
      ...config,
      lags:
        config.frame === 'rows' || config.frame === 'range' ? [] : earlier.map((lag, i) => ({ ...lag, name: `l${i}` })),
    },
    engine: { ttlMs: lifeMs },
  }));
