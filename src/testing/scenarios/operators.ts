import fc from 'fast-check';
import type { OperatorKind } from '../../operators/operator.ts';

/** A random configuration of one operator kind over the scenarios' columns. */
export interface OperatorArbitrary {
  readonly inputs: fc.Arbitrary<number>;
  readonly config: fc.Arbitrary<unknown>;
  /** Length of the grid that event times should crowd around. */
  readonly gridOf: (config: unknown) => number;
}

const sizes = fc.constantFrom(1, 4, 10, 25);

const predicate = fc.constantFrom(
  'n > 0',
  "k = 'a' OR d IS NULL",
  'b % 2 = 0 AND NOT (d >= 1)',
  'n / (n - 3) > 0',
  "k IN ('a', 'b') AND d BETWEEN -2 AND 3",
);

const expression = fc.constantFrom(
  'n + 1',
  'd * 2',
  'b - n',
  'k',
  "COALESCE(k, 'none')",
  '10 / n',
  'CASE WHEN n > 0 THEN d END',
);

const aggregate = fc
  .tuple(fc.constantFrom('count', 'sum', 'avg', 'min', 'max'), fc.constantFrom('n', 'b', 'd', 'm', 'k', 't', '10 / n'))
  .filter(([name, argument]) => name === 'count' || name === 'min' || name === 'max' || !['k', 't'].includes(argument))
  .map(([name, argument]) => ({ function: name, argument }));

const window = fc
  .record({
    kind: fc.constant('tumbling'),
    keys: fc.constantFrom([], ['k'], ['k', 'n'], ['b'], ['m', 'k', 'd']),
    sizeMs: sizes,
    offset: fc.integer({ min: -3, max: 3 }),
    latenessMs: fc.constantFrom(0, 0, 1, 3, 20),
    aggregates: fc.array(aggregate, { maxLength: 4 }),
  })
  .map(({ offset, aggregates, ...rest }) => ({
    ...rest,
    offsetMs: rest.sizeMs > 3 ? offset : 0,
    aggregates: [{ name: 'rows', function: 'count' }, ...aggregates.map((item, i) => ({ ...item, name: `a${i}` }))],
  }));

const join = fc
  .record({
    keys: fc.constantFrom([], ['k'], ['n'], ['k', 'n']),
    lower: fc.integer({ min: -12, max: 12 }),
    length: fc.integer({ min: 0, max: 15 }),
  })
  .map(({ keys, lower, length }) => ({ leftKeys: keys, rightKeys: keys, lowerMs: lower, upperMs: lower + length }));

/** One for every kind that has landed: the compiler names a kind that lacks its own. */
export const operatorArbitraries: Readonly<Record<OperatorKind, OperatorArbitrary>> = {
  filter: { inputs: fc.constant(1), config: predicate.map((text) => ({ predicate: text })), gridOf: () => 10 },
  map: {
    inputs: fc.constant(1),
    config: fc.record({
      columns: fc
        .uniqueArray(expression, { minLength: 1, maxLength: 3 })
        .map((list) => list.map((text, i) => ({ name: i === 0 ? 'n' : `c${i}`, expression: text }))),
      keep: fc.constantFrom('listed', 'all'),
    }),
    gridOf: () => 10,
  },
  union: { inputs: fc.integer({ min: 1, max: 3 }), config: fc.constant({}), gridOf: () => 10 },
  'assign-timestamps': {
    inputs: fc.constant(1),
    config: fc.record({
      time: fc.constantFrom('t', 'n * 10', 'b', '100 / n'),
      watermark: fc.record({
        strategy: fc.constantFrom('per-event', 'periodic', 'none'),
        delayMs: fc.constantFrom(0, 5),
        idleMs: fc.constantFrom(0, 150),
      }),
    }),
    gridOf: () => 10,
  },
  window: { inputs: fc.constant(1), config: window, gridOf: (config) => (config as { sizeMs: number }).sizeMs },
  suppress: {
    inputs: fc.constant(1),
    config: fc.constantFrom(0, 3, 12).map((limitMs) => ({ until: 'time-limit', limitMs })),
    gridOf: () => 10,
  },
  'join.interval': { inputs: fc.constant(2), config: join, gridOf: () => 10 },
  dedup: {
    inputs: fc.constant(1),
    config: fc.record({
      keys: fc.constantFrom([], ['k'], ['b', 'k'], ['d']),
      keep: fc.constantFrom('first', 'last'),
      orderBy: fc.constantFrom('event-time', 'arrival'),
    }),
    gridOf: () => 10,
  },
  sink: { inputs: fc.constant(1), config: fc.constant({ view: 'table' }), gridOf: () => 10 },
};
