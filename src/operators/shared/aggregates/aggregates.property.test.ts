import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Asked } from '../../../testing/aggregate-run.ts';
import { AggregateRun, batchOf, boundAggregate } from '../../../testing/aggregate-run.ts';
import { compareText } from '../../../stream/compare.ts';
import type { DialectName } from '../../../stream/node-definition.ts';
import { DIALECTS } from '../../../stream/node-definition.ts';
import type { DataType, Schema } from '../../../stream/types.ts';
import { BIGINT, BOOLEAN, DOUBLE, INT, STRING, decimal, field } from '../../../stream/types.ts';
import type { Value } from '../../../stream/value.ts';
import { formatDecimal } from '../../../stream/value.ts';
import type { AggregateFunction } from './functions.ts';
import { AGGREGATE_FUNCTIONS, AGGREGATE_FUNCTION_INFO } from './functions.ts';

/*
 * Random values, filters, retractions, merges and a restart in the middle, against lists: every cell keeps the rows that it
 * holds and those that it owes, and each result is computed from them.
 */

interface Held {
  readonly value: Value;
  readonly at: number;
}

interface List {
  held: Held[];
  owed: Value[];
}

interface Step {
  readonly do: 'add' | 'retract' | 'merge' | 'restart';
  readonly cell: number;
  readonly other: number;
  readonly value: Value;
  readonly chosen: boolean | null;
}

interface Case {
  readonly asked: Asked;
  readonly type: DataType;
  readonly dialect: DialectName;
  readonly takesChanges: boolean;
  readonly steps: readonly Step[];
}

const CELLS = [0, 1, 2];
const STEPS = ['add', 'add', 'add', 'merge', 'restart'] as const;

const VALUES: readonly (readonly [DataType, fc.Arbitrary<Value>])[] = [
  [INT, fc.integer({ min: -3, max: 3 })],
  [BIGINT, fc.oneof({ weight: 8, arbitrary: fc.integer({ min: -3, max: 3 }) }, fc.constant(2n ** 60n))],
  [DOUBLE, fc.integer({ min: -3, max: 3 }).map((n) => n / 4)],
  [decimal(8, 2), fc.integer({ min: -3, max: 3 }).map((n) => BigInt(n * 133))],
  [STRING, fc.constantFrom('', 'a', 'b', 'ab', '\u{1f600}', '\u{ffee}')],
];

const STATISTICS: ReadonlySet<AggregateFunction> = new Set([
  'sum',
  'avg',
  'stddev-pop',
  'stddev-samp',
  'var-pop',
  'var-samp',
  'percentile',
]);

function fits(name: AggregateFunction, type: DataType): boolean {
  if (name === 'string-agg') return type.kind === 'STRING';
  return type.kind !== 'STRING' || !STATISTICS.has(name);
}

const cases: fc.Arbitrary<Case> = fc
  .tuple(
    fc.constantFrom(...AGGREGATE_FUNCTIONS),
    fc.constantFrom(...VALUES),
    fc.constantFrom(...DIALECTS),
    fc.boolean(),
  )
  .filter(([name, [type]]) => fits(name, type))
  .chain(([name, [type, values], any, takesChanges]) => {
    const { takes } = AGGREGATE_FUNCTION_INFO[name];
    const dialect = takesChanges ? 'flink-sql' : any;
    const asked = fc.record({
      function: fc.constant(name),
      argument: fc.constant('x'),
      filter: fc.constantFrom(undefined, 'chosen'),
      distinct: takes.includes('distinct') ? fc.constantFrom(undefined, true) : fc.constant(undefined),
      nulls: takes.includes('nulls') ? fc.constantFrom(undefined, 'keep', 'skip') : fc.constant(undefined),
      percentile: takes.includes('percentile') ? fc.constantFrom(0, 0.25, 0.5, 0.9, 1) : fc.constant(undefined),
      separator: takes.includes('separator') ? fc.constantFrom(undefined, '; ') : fc.constant(undefined),
      limit: takes.includes('limit') ? fc.integer({ min: 1, max: 3 }) : fc.constant(undefined),
    });
    const step: fc.Arbitrary<Step> = fc.record({
      do: fc.constantFrom(...STEPS, takesChanges ? 'retract' : 'add', takesChanges ? 'retract' : 'merge'),
      cell: fc.constantFrom(...CELLS),
      other: fc.constantFrom(...CELLS),
      value: fc.option(values, { freq: 6 }),
      chosen: fc.constantFrom(true, true, false, null),
    });
    return fc.record({
      asked,
      type: fc.constant(type),
      dialect: fc.constant(dialect),
      takesChanges: fc.constant(takesChanges),
      steps: fc.array(step, { maxLength: 40, size: 'large' }),
    });
  });

function keepsNulls({ function: name, nulls }: Asked, dialect: DialectName): boolean {
  if (nulls !== undefined) return nulls === 'keep';
  return (name === 'collect-list' || name === 'collect-set') && (dialect === 'flink-sql' || dialect === 'ksqldb');
}

function add(list: List, held: Held): void {
  const at = list.owed.findIndex((value) => value === held.value);
  if (at >= 0) list.owed.splice(at, 1);
  else list.held.push(held);
}

function takeBack(list: List, value: Value): void {
  const at = list.held.findIndex((held) => held.value === value);
  if (at >= 0) list.held.splice(at, 1);
  else list.owed.push(value);
}

function mergeInto(list: List, other: List, byArrival: boolean): void {
  for (const held of other.held) add(list, held);
  for (const value of other.owed) takeBack(list, value);
  if (byArrival) list.held.sort((a, b) => a.at - b.at);
}

function apply({ asked, dialect }: Case, step: Step, at: number, lists: readonly List[]): void {
  const list = lists[step.cell]!;
  const byArrival = asked.function === 'first' || asked.function === 'last';
  if (step.do === 'merge' && step.cell !== step.other) mergeInto(list, lists[step.other]!, byArrival);
  if (step.do !== 'add' && step.do !== 'retract') return;
  if (asked.filter !== undefined && step.chosen !== true) return;
  if (step.value === null && !keepsNulls(asked, dialect)) return;
  if (step.do === 'add') add(list, { value: step.value, at });
  else takeBack(list, step.value);
}

/** Numbers of a type as doubles. */
function asNumber(value: Value, type: DataType): number {
  return Number(value) / (type.kind === 'DECIMAL' ? 10 ** type.scale : 1);
}

function order(a: Value, b: Value): number {
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  return a! < b! ? -1 : a! > b! ? 1 : 0;
}

/** How a value is told at the edge of the system. */
function told(value: Value, type: DataType): Value {
  return type.kind === 'DECIMAL' && typeof value === 'bigint' ? formatDecimal(value, type.scale) : value;
}

interface Signed {
  readonly value: Value;
  readonly sign: 1 | -1;
}

function expected({ asked, type, dialect }: Case, { held, owed }: List): Value {
  const { function: name, limit } = asked;
  const isDistinct = asked.distinct === true || name === 'collect-set' || name === 'top-k-distinct';
  const all = held.map(({ value }) => value);
  const values = isDistinct ? [...new Set(all)] : all;
  const signed: readonly Signed[] = [
    ...values.map((value): Signed => ({ value, sign: 1 })),
    ...(isDistinct ? [] : owed.map((value): Signed => ({ value, sign: -1 }))),
  ];
  const none = dialect === 'flink-sql' ? null : [];
  const array = (items: readonly Value[]): Value => (items.length === 0 ? none : items.map((item) => told(item, type)));
  const sorted = values.filter((value) => value !== null).sort(order);
  switch (name) {
    case 'count':
      return signed.reduce((sum, { sign }) => sum + sign, 0);
    case 'min':
      return told(sorted[0] ?? null, type);
    case 'max':
      return told(sorted.at(-1) ?? null, type);
    case 'first':
      return array(values.slice(0, limit));
    case 'last':
      return array(values.slice(-limit!));
    case 'collect-list':
    case 'collect-set':
      return array(values);
    case 'top-k':
    case 'top-k-distinct':
      return array(sorted.reverse().slice(0, limit));
    case 'string-agg':
      return values.length === 0 ? null : values.join(asked.separator ?? ',');
    case 'percentile':
      return percentileOf(
        sorted.map((value) => asNumber(value, type)),
        asked.percentile!,
      );
    default:
      return statistic(name, signed, { type, dialect });
  }
}

function percentileOf(ascending: readonly number[], fraction: number): Value {
  if (ascending.length === 0) return null;
  const place = (ascending.length - 1) * fraction;
  const below = ascending[Math.floor(place)]!;
  return below + (ascending[Math.ceil(place)]! - below) * (place - Math.floor(place));
}

interface Kind {
  readonly type: DataType;
  readonly dialect: DialectName;
}

function statistic(name: AggregateFunction, signed: readonly Signed[], { type, dialect }: Kind): Value {
  const count = signed.reduce((sum, { sign }) => sum + sign, 0);
  const empty = dialect === 'ksqldb' || (dialect === 'beam' && name === 'sum') ? 0 : null;
  const keepsType = dialect === 'flink-sql' || (dialect === 'ksqldb' && name === 'sum');
  const isWhole = type.kind === 'INT' || type.kind === 'BIGINT';
  const scale = type.kind === 'DECIMAL' ? type.scale : 0;
  const digits = (unscaled: bigint): Value =>
    type.kind === 'DECIMAL' ? formatDecimal(unscaled, scale) : told(narrow(unscaled), type);
  if (name === 'sum') {
    // More taken back than came: nothing, but for sums that begin at 0.
    if (count < 0 && empty === null) return null;
    if (count === 0) return empty === null ? null : type.kind === 'DECIMAL' ? formatDecimal(0n, scale) : 0;
    if (type.kind === 'DOUBLE') return signed.reduce((sum, { value, sign }) => sum + sign * Number(value), 0);
    const exact = signed.reduce((sum, { value, sign }) => sum + BigInt(sign) * BigInt(value as number | bigint), 0n);
    return digits(type.kind === 'INT' ? exact : BigInt.asIntN(64, exact));
  }
  const sample = name.endsWith('samp');
  if (count === 0 || (sample && count === 1)) return empty;
  const mean = signed.reduce((sum, { value, sign }) => sum + sign * asNumber(value, type), 0) / count;
  if (name === 'avg') return keepsType && isWhole ? Math.trunc(mean) + 0 : mean;
  const sum = mean * count;
  const squares = signed.reduce((total, { value, sign }) => total + sign * asNumber(value, type) ** 2, 0);
  const cut = keepsType && isWhole ? Math.trunc : (x: number): number => x;
  const variance = cut((squares - cut((sum * sum) / count)) / (sample ? count - 1 : count));
  return name.startsWith('stddev') ? cut(Math.sqrt(variance)) : variance;
}

function narrow(value: bigint): Value {
  return value > 2n ** 53n || value < -(2n ** 53n) ? value : Number(value);
}

/** Sums of large whole numbers lose digits in the plain code, sets lose the order in which values came back. */
function comparable(value: Value, { asked, takesChanges }: Case): unknown {
  const isUnordered = takesChanges && (asked.distinct === true || asked.function === 'collect-set');
  if (!isUnordered) return value;
  if (Array.isArray(value)) return (value as readonly Value[]).map(String).sort();
  return asked.function === 'string-agg' && typeof value === 'string'
    ? value.split(asked.separator ?? ',').sort()
    : value;
}

function expectSame(actual: Value, wanted: Value, the: Case): void {
  // Owed values can make a variance negative: there is no root of it.
  if (Number.isNaN(wanted)) return;
  if (wanted === null || actual === null || !STATISTICS.has(the.asked.function) || the.asked.function === 'sum') {
    expect(comparable(actual, the)).toEqual(comparable(wanted, the));
    return;
  }
  const [got, want] = [Number(actual), Number(wanted)];
  // Six digits behind the point of a DECIMAL; sixteen of a double.
  expect(Math.abs(got - want)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(want)));
}

const isHuge = (value: Value): boolean => typeof value === 'bigint' && value > 2n ** 53n;

describe('aggregates', () => {
  test('equal a computation from lists, whatever is filtered, taken back, merged and restored', () => {
    fc.assert(
      fc.property(cases, (the) => {
        const { asked, type, dialect, takesChanges } = the;
        const spread =
          asked.function.startsWith('var') || asked.function.startsWith('stddev') || asked.function === 'avg';
        const steps = spread ? the.steps.filter(({ value }) => !isHuge(value)) : the.steps;
        const schema: Schema = { fields: [field('x', type), field('chosen', BOOLEAN)] };
        const batch = batchOf(
          schema,
          steps.map(({ value, chosen }) => [value, chosen]),
        );
        const bound = boundAggregate(asked, { schema, dialect, takesChanges });
        let run = new AggregateRun(bound, batch);
        CELLS.forEach((cell) => expect(run.cells.take()).toBe(cell));
        const lists: readonly List[] = CELLS.map(() => ({ held: [], owed: [] }));
        steps.forEach((step, i) => {
          if (step.do === 'add') run.cells.add(step.cell, i);
          if (step.do === 'retract') run.cells.retract(step.cell, i);
          if (step.do === 'merge' && step.cell !== step.other) run.cells.merge(step.cell, step.other);
          if (step.do === 'restart') run = restarted(run, new AggregateRun(bound, batch));
          apply(the, step, i, lists);
          expectSame(run.result(step.cell), expected(the, lists[step.cell]!), the);
        });
        for (const cell of CELLS) run.cells.release(cell);
        expect(run.cells.bytes).toBe(0);
      }),
      { numRuns: 1500, seed: 11 },
    );
  });
});

function restarted(run: AggregateRun, fresh: AggregateRun): AggregateRun {
  const bytes = run.snapshot(CELLS);
  for (const _ of CELLS) fresh.cells.take();
  fresh.restore(bytes, CELLS);
  expect(fresh.snapshot(CELLS)).toEqual(bytes);
  expect(fresh.cells.bytes).toBe(run.cells.bytes);
  return fresh;
}
