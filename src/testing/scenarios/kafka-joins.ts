import fc from 'fast-check';
import type { Schema } from '../../stream/types.ts';
import { INT, STRING, TIMESTAMP, field } from '../../stream/types.ts';
import type { Choice } from './choice.ts';

/** Records with a negative time are dropped: some logs have none. */
const startMs = fc.constantFrom(0, 40, 40);

export const streamJoin: fc.Arbitrary<Choice> = fc
  .record({
    dialect: fc.constantFrom('kafka-streams' as const, 'ksqldb' as const),
    kind: fc.constantFrom('inner', 'left', 'right', 'full'),
    keys: fc.constantFrom(['k'], ['n'], ['k', 'n'], ['b']),
    residual: fc.constantFrom('', 'n <= right_n', 'n / (right_n - 1) < 3'),
    beforeMs: fc.constantFrom(0, 3, 10, 40),
    afterMs: fc.constantFrom(0, 5, 10, 25),
    latenessMs: fc.constantFrom(0, 4, 30),
    graceMs: fc.option(fc.constantFrom(0, 7), { nil: undefined }),
    padding: fc.constantFrom('on-close', 'on-close', 'eager'),
    emitIntervalMs: fc.constantFrom(0, 0, 50),
    values: fc.constantFrom({}, {}, { leftValue: 'b' }, { rightValue: 'b' }, { leftValue: 'b', rightValue: 'k' }),
    startMs,
  })
  .map(({ dialect, keys, residual, graceMs, padding, emitIntervalMs, values, startMs: start, ...figures }) => ({
    dialect,
    startMs: start,
    config: { leftKeys: keys, rightKeys: keys, residual: figures.kind === 'inner' ? residual : '', ...figures },
    engine: { padding, emitIntervalMs, ...values, ...(graceMs === undefined ? {} : { graceMs }) },
  }));

/** Few values in columns that may be keys, so that tables meet. */
const tableSchema: Schema = {
  fields: [field('k', STRING), field('s', STRING), field('n', INT, false), field('t', TIMESTAMP)],
};

/** The left table's key, what is matched on the left, the right table's key and what is matched there. */
const tableKeys = fc.constantFrom<readonly (readonly string[])[]>(
  [['k'], ['k'], ['k'], ['k']],
  [['k'], ['k'], ['s'], ['s']],
  [
    ['k', 's'],
    ['s', 'k'],
    ['k', 's'],
    ['s', 'k'],
  ],
  [['s'], ['k'], ['k'], ['k']],
  [['n'], ['k'], ['k'], ['k']],
  [['k', 's'], ['s'], ['k'], ['k']],
  [
    ['n', 'k'],
    ['k', 's'],
    ['s', 'k'],
    ['s', 'k'],
  ],
);

export const tableJoin: fc.Arbitrary<Choice> = fc
  .record({
    dialect: fc.constantFrom('kafka-streams' as const, 'ksqldb' as const),
    kind: fc.constantFrom('inner', 'inner', 'left', 'left', 'right', 'full'),
    keys: tableKeys,
    leftHistoryRetentionMs: fc.constantFrom(undefined, undefined, 0, 30, 500),
    rightHistoryRetentionMs: fc.constantFrom(undefined, undefined, 0, 30, 500),
    hasUnknown: fc.boolean(),
    startMs,
  })
  .map(({ dialect, kind, keys: [key = [], leftKeys = [], otherKey = [], rightKeys = []], ...rest }) => {
    const { hasUnknown, startMs: start, ...history } = rest;
    return {
      dialect,
      config: { kind, leftKeys, rightKeys },
      engine: Object.fromEntries(Object.entries(history).filter(([, value]) => value !== undefined)),
      startMs: start,
      sources: [key, otherKey].map((columns) => {
        return { schema: tableSchema, changes: 'upsert' as const, key: columns, hasUnknown };
      }),
    };
  });
