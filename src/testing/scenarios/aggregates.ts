import fc from 'fast-check';

const anyColumn = fc.constantFrom('n', 'b', 'd', 'm', 'k', 't', '10 / n');
const number = fc.constantFrom('n', 'b', 'd', 'm', '10 / n');
const filter = fc.constantFrom('n > 0', "k = 'a'", 'd IS NOT NULL');
const named = <const Name extends string>(...names: readonly Name[]): fc.Arbitrary<Name> => fc.constantFrom(...names);

/** Functions whose result is the same whatever the order of the rows. */
const orderly = fc.oneof(
  fc.record({ function: named('count', 'min', 'max'), argument: anyColumn }),
  fc.record({ function: named('sum', 'avg'), argument: number }),
  fc.record({ function: named('count'), argument: anyColumn, distinct: fc.constant(true) }),
);

const ordered = fc.oneof(
  fc.record({ function: named('first', 'last', 'collect-list', 'collect-set'), argument: anyColumn }),
  fc.record({ function: named('first', 'last'), argument: anyColumn, nulls: named('keep', 'skip') }),
  fc.record({ function: named('top-k', 'top-k-distinct'), argument: number, limit: fc.constantFrom(1, 2) }),
  fc.record({ function: named('string-agg'), argument: fc.constant('k'), separator: named('+', '') }),
);

type Aggregate = Readonly<Record<string, unknown>>;

function list(aggregate: fc.Arbitrary<Aggregate>): fc.Arbitrary<readonly unknown[]> {
  const filtered = fc.tuple(aggregate, fc.option(filter, { freq: 4, nil: undefined }));
  return fc.array(filtered, { maxLength: 3 }).map((items) => [
    { name: 'rows', function: 'count' },
    ...items.map(([item, where], i) => ({
      ...item,
      ...(where === undefined ? {} : { filter: where }),
      name: `a${i}`,
    })),
  ]);
}

export const orderlyAggregates: fc.Arbitrary<readonly unknown[]> = list(orderly);

export const aggregates: fc.Arbitrary<readonly unknown[]> = list(fc.oneof(orderly, ordered));

/** Counts, sums and extrema without filters: alone, a count and a sum, or several. */
export const summingAggregates: fc.Arbitrary<readonly unknown[]> = fc
  .array(fc.record({ function: named('count', 'sum', 'avg', 'min', 'max'), argument: named('n', 'n', 'b', 'd') }), {
    maxLength: 2,
  })
  .chain((items) =>
    fc.constantFrom<readonly Aggregate[]>(
      [{ name: 'sum', function: 'sum', argument: 'd' }],
      items.map((item, i) => ({ ...item, name: `a${i}` })),
    ),
  )
  .map((items) => [{ name: 'rows', function: 'count' }, ...items]);
