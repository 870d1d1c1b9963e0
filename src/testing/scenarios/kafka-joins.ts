import fc from 'fast-check';
import type { Choice } from './choice.ts';

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
  })
  .map(({ dialect, keys, residual, graceMs, padding, emitIntervalMs, ...figures }) => ({
    dialect,
    config: { leftKeys: keys, rightKeys: keys, residual: figures.kind === 'inner' ? residual : '', ...figures },
    engine: { padding, emitIntervalMs, ...(graceMs === undefined ? {} : { graceMs }) },
  }));

export const tableJoin: fc.Arbitrary<Choice> = fc
  .record({
    dialect: fc.constantFrom('kafka-streams' as const, 'ksqldb' as const),
    kind: fc.constantFrom('inner', 'left', 'right', 'full'),
    // The left table's key, what is matched on the left, the right table's key and what is matched there.
    keys: fc.constantFrom(
      [['k'], ['k'], ['k'], ['k']],
      [
        ['k', 'n'],
        ['n', 'k'],
        ['k', 'n'],
        ['n', 'k'],
      ],
      [['n'], ['k'], ['k'], ['k']],
      [['k', 'n'], ['n'], ['n'], ['n']],
      [
        ['b', 'k'],
        ['k', 'n'],
        ['n', 'k'],
        ['k', 'n'],
      ],
    ),
    leftHistoryRetentionMs: fc.option(fc.constantFrom(0, 10, 60), { nil: undefined }),
    rightHistoryRetentionMs: fc.option(fc.constantFrom(0, 10, 60), { nil: undefined }),
    hasUnknown: fc.boolean(),
  })
  .map(({ dialect, kind, keys: [key, leftKeys, otherKey, rightKeys], hasUnknown, ...history }) => ({
    dialect,
    config: { kind, leftKeys, rightKeys },
    engine: Object.fromEntries(Object.entries(history).filter(([, value]) => value !== undefined)),
    sources: [key, otherKey].map((columns) => ({ changes: 'upsert' as const, key: columns, hasUnknown })),
  }));
