import fc from 'fast-check';
import type { Choice } from './choice.ts';

const names = ['a_', 'b_', 'c_', 'd_'];

/** Conditions that many rows fulfil, several of them at once. `before` is the step before, if it takes rows. */
function condition(before: string | null): fc.Arbitrary<string> {
  const plain = ['TRUE', 'n > 0', 'n <= 2', "k = 'a' OR n < 0", 'b >= 0', '10 / (n - 3) > -4'];
  const asking =
    before === null
      ? []
      : [`n >= ${before}.n`, `${before}.d IS NULL OR d <> ${before}.d`, `10 / (n - ${before}.n) > 0`];
  return fc.constantFrom(...plain, ...asking);
}

/** Rows that match and are passed over all the same double the beginnings: few patterns, and short ones, do that. */
const contiguity = fc.constantFrom('strict', 'strict', 'strict', 'relaxed', 'relaxed', 'relaxed', 'relaxed-any');
const repeatContiguity = fc.constantFrom('strict', 'relaxed');

const repetition = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.record({
      minTimes: fc.constantFrom(1, 2),
      maxTimes: fc.constantFrom(2, 3),
      greedy: fc.boolean(),
      repeatContiguity: contiguity,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ minTimes: fc.constantFrom(1, 2), orMore: fc.constant(true), greedy: fc.boolean() }),
  },
);

type Step = { readonly negated?: boolean; readonly optional?: boolean };

/** Whether it is a pattern in the DataStream API. */
function isPattern(steps: readonly Step[]): boolean {
  return steps.every(({ negated }, i) => negated !== true || (i > 0 && steps[i - 1]?.optional !== true));
}

function step(i: number, isNegated: (i: number) => boolean): fc.Arbitrary<unknown> {
  const before = i > 0 && !isNegated(i - 1) ? names[i - 1]! : null;
  const common = { name: fc.constant(names[i]!), condition: condition(before) };
  if (isNegated(i))
    return fc.record({ ...common, negated: fc.constant(true), contiguity: fc.constantFrom('strict', 'relaxed') });
  return fc
    .tuple(
      fc.record({ ...common, contiguity, repeatContiguity, optional: fc.boolean() }),
      repetition,
      fc.nat({ max: 3 }),
    )
    .map(([plain, repeats, chance]) => ({ ...plain, ...repeats, optional: plain.optional && chance === 0 }));
}

const steps = fc
  .tuple(fc.constantFrom(1, 2, 2, 3, 3, 4), fc.integer({ min: 0, max: 8 }))
  .chain(([length, negated]) => {
    const isNegated = (i: number): boolean => i > 0 && i === negated;
    return fc.tuple(...Array.from({ length }, (_, i) => step(i, isNegated)));
  })
  .filter((list) => isPattern(list as readonly Step[]));

const measures = fc.constantFrom<readonly unknown[]>(
  [],
  [
    { name: 'rows', function: 'count' },
    { name: 'sum', function: 'sum', argument: 'n', step: 'a_' },
    { name: 'list', function: 'collect-list', argument: 'k' },
    { name: 'first', function: 'first', argument: '10 / n', step: 'a_' },
    { name: 'last', function: 'last', argument: 'd' },
  ],
);

const skip = fc.constantFrom(
  { skip: 'no-skip' },
  { skip: 'to-next' },
  { skip: 'past-last' },
  { skip: 'to-first', skipStep: 'a_' },
  { skip: 'to-last', skipStep: 'a_' },
);

const config = fc
  .record({
    keys: fc.constantFrom([], ['k']),
    steps,
    withinMs: fc.constantFrom(2, 3, 3, 8),
    skip,
    timeouts: fc.boolean(),
    measures,
    isEndless: fc.nat({ max: 4 }),
  })
  .map(({ skip: chosen, isEndless, withinMs, ...rest }) => ({
    ...rest,
    ...chosen,
    ...(isEndless === 0 && chosen.skip === 'past-last' ? {} : { withinMs }),
  }));

/** Patterns of both dialects, by event time and by the clock; what a dialect does not know is left out by who asks. */
export const patternChoice: fc.Arbitrary<Choice> = fc
  .record({
    config,
    dialect: fc.constantFrom('flink-datastream' as const, 'flink-datastream' as const, 'flink-sql' as const),
    timeDomain: fc.constantFrom('event' as const, 'event' as const, 'processing' as const),
  })
  .map((choice) => ({
    ...choice,
    config: choice.dialect === 'flink-sql' ? strictly(choice.config) : choice.config,
    ...(choice.timeDomain === 'processing' ? { needsClock: true } : {}),
  }));

/** The same with all rows in direct succession, as MATCH_RECOGNIZE has them. */
function strictly<T extends { readonly steps: readonly unknown[] }>(given: T): T {
  const strict = { contiguity: 'strict', repeatContiguity: 'strict' };
  return { ...given, timeouts: false, steps: given.steps.map((each) => ({ ...(each as object), ...strict })) };
}
