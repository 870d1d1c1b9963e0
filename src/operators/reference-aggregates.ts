import type { CompiledExpression } from '../expression/compile.ts';
import { compareText } from '../stream/compare.ts';
import type { DialectName } from '../stream/node-definition.ts';
import type { DataType, Schema } from '../stream/types.ts';
import { DOUBLE } from '../stream/types.ts';
import type { Value } from '../stream/value.ts';
import { formatDecimal } from '../stream/value.ts';
import type { ReferenceRow } from './reference.ts';
import { evaluateExpression } from './reference-expression.ts';
import type { BoundAggregate } from './shared/aggregates/bound-aggregate.ts';

/**
 * Rows that are aggregated together; a list within the list is what a session had gathered when it was merged. Lists and
 * joined texts go by this order, the first and the last value by that of arrival.
 */
export type Gathered = readonly (ReferenceRow | Gathered)[];

export interface Aggregated {
  readonly aggregates: readonly BoundAggregate[];
  readonly schema: Schema;
  readonly dialect: DialectName;
}

/** Whether an argument or a filter of an aggregate cannot be computed for the row, so that the row is rejected. */
export function aggregatesFail({ aggregates, schema }: Aggregated, row: ReferenceRow): boolean {
  return aggregates
    .flatMap(({ argument, filter }) => [argument, filter])
    .some((expression) => expression !== null && !evaluateExpression(expression, schema, row.values).ok);
}

/** The result of each aggregate over the rows. */
export function aggregatesOf(aggregated: Aggregated, rows: Gathered): readonly Value[] {
  return aggregated.aggregates.map((aggregate) => aggregateOf(aggregate, aggregated, rows));
}

/** How many rows there are once those that take others back are counted against them. */
export function netCount(rows: Gathered): number {
  return flat(rows).reduce((count, row) => count + signOf(row), 0);
}

export function flat(rows: Gathered): readonly ReferenceRow[] {
  return rows.flatMap((item) => (isList(item) ? flat(item) : [item]));
}

function isList(item: ReferenceRow | Gathered): item is Gathered {
  return Array.isArray(item);
}

function signOf({ op }: ReferenceRow): 1 | -1 {
  return op === '-U' || op === '-D' ? -1 : 1;
}

function aggregateOf(aggregate: BoundAggregate, aggregated: Aggregated, rows: Gathered): Value {
  const { argument } = aggregate;
  const gathered = flat(rows);
  const isByArrival = aggregate.function === 'first' || aggregate.function === 'last';
  const inOrder = isByArrival ? gathered.toSorted((a, b) => a.seq - b.seq) : gathered;
  const taken = inOrder.filter((row) => isTaken(aggregate, aggregated, row));
  if (argument === null) return netCount(taken);
  const entries = taken.map((row) => ({ value: valueOf(argument, aggregated, row), sign: signOf(row) }));
  const kept = aggregate.keepsNulls ? entries : entries.filter(({ value }) => value !== null);
  if (aggregate.function === 'count' && !aggregate.distinct) return kept.reduce((count, { sign }) => count + sign, 0);
  const left = remaining(kept, aggregated.dialect);
  const values = aggregate.distinct ? remainingOnce(kept) : left;
  switch (aggregate.function) {
    case 'count':
      return values.length;
    case 'first':
    case 'last':
    case 'collect-list':
    case 'collect-set':
    case 'top-k':
    case 'top-k-distinct':
      return listed(aggregate, aggregated, values);
    case 'string-agg':
      return joined(aggregate, aggregated, rows);
    default:
      return values.length === 0 ? ofNothing(aggregate, aggregated) : computed(aggregate, argument.type, values);
  }
}

function isTaken({ filter }: BoundAggregate, aggregated: Aggregated, row: ReferenceRow): boolean {
  return filter === null || valueOf(filter, aggregated, row) === true;
}

function valueOf(expression: CompiledExpression, { schema }: Aggregated, row: ReferenceRow): Value {
  const outcome = evaluateExpression(expression, schema, row.values);
  return outcome.ok ? outcome.value : null;
}

/** Sums begin at 0 in Beam and ksqlDB, there averages and deviations too; the others at NULL. */
function ofNothing({ function: name, field }: BoundAggregate, { dialect }: Aggregated): Value {
  const beginsAtZero = dialect === 'beam' ? name === 'sum' : !['min', 'max', 'percentile'].includes(name);
  if ((dialect !== 'ksqldb' && dialect !== 'beam') || !beginsAtZero) return null;
  return field.type.kind === 'DECIMAL' ? formatDecimal(0n, field.type.scale) : 0;
}

function computed(aggregate: BoundAggregate, type: DataType, values: readonly Value[]): Value {
  const result = aggregate.field.type;
  switch (aggregate.function) {
    case 'sum':
      return sum(values, type, result);
    case 'avg':
      return average(values, type, result);
    case 'min':
      return values.reduce((best, value) => (compare(value, best, type) < 0 ? value : best));
    case 'max':
      return values.reduce((best, value) => (compare(value, best, type) > 0 ? value : best));
    case 'percentile':
      return percentile(values.map(Number), aggregate.percentile);
    default:
      // Their last digits depend on the order of summing: `shared/aggregates/aggregates.property.test.ts` bounds the difference.
      throw new Error(`${aggregate.function} is not compared digit by digit`);
  }
}

/** Interpolated between the two values around the place 1 + (n - 1) * fraction (Flink `PercentileAggFunction`). */
function percentile(values: readonly number[], fraction: number): number {
  const sorted = values.toSorted((a, b) => compare(a, b, DOUBLE));
  const place = (sorted.length - 1) * fraction + 1;
  const [lower, higher] = [Math.floor(place), Math.ceil(place)];
  const [below, above] = [sorted[lower - 1]!, sorted[higher - 1]!];
  return below === above ? below : (higher - place) * below + (place - lower) * above;
}

function listed(aggregate: BoundAggregate, { dialect }: Aggregated, values: readonly Value[]): Value {
  const { function: name, limit, argument } = aggregate;
  if ((name === 'first' || name === 'last') && limit === null) return values.at(name === 'first' ? 0 : -1) ?? null;
  if (values.length === 0) return dialect === 'flink-sql' ? null : [];
  if (name === 'first') return values.slice(0, limit ?? undefined);
  if (name === 'last') return values.slice(-limit!);
  if (limit === null) return values;
  return values.toSorted((a, b) => compare(b, a, argument!.type)).slice(0, limit);
}

/** The texts with the separator between them; what a session had joined before it was merged begins as it began then. */
function joined(aggregate: BoundAggregate, aggregated: Aggregated, rows: Gathered): Value {
  const { argument, initial, separator, distinct } = aggregate;
  const parts: Value[] = initial === null ? [] : [initial];
  const gathered = flat(rows);
  if (gathered.some((row) => signOf(row) < 0)) {
    const texts = gathered
      .filter((row) => isTaken(aggregate, aggregated, row))
      .map((row) => ({ value: valueOf(argument!, aggregated, row), sign: signOf(row) }))
      .filter(({ value }) => value !== null);
    parts.push(...(distinct ? remainingOnce(texts) : remaining(texts, aggregated.dialect)));
    return parts.length === 0 ? null : parts.join(separator);
  }
  for (const item of rows) {
    const text = isList(item)
      ? joined(aggregate, aggregated, item)
      : isTaken(aggregate, aggregated, item)
        ? valueOf(argument!, aggregated, item)
        : null;
    if (text !== null && !(distinct && parts.includes(text))) parts.push(text);
  }
  return parts.length === 0 ? null : parts.join(separator);
}

/** What is left when every row that takes another back has taken back one that is equal to it. */
function remaining(
  entries: readonly { readonly value: Value; readonly sign: 1 | -1 }[],
  dialect: DialectName,
): readonly Value[] {
  const left: Value[] = [];
  for (const { value, sign } of entries) {
    if (sign === 1) left.push(value);
    else {
      const same = (other: Value): boolean => sameValue(other, value);
      const at = dialect === 'ksqldb' ? left.findLastIndex(same) : left.findIndex(same);
      if (at >= 0) left.splice(at, 1);
    }
  }
  return left;
}

/** The same with every value once: it stands where it came first, as long as one of its rows is left. */
function remainingOnce(entries: readonly { readonly value: Value; readonly sign: 1 | -1 }[]): readonly Value[] {
  const left: { readonly value: Value; count: number }[] = [];
  for (const { value, sign } of entries) {
    const at = left.findIndex((other) => sameValue(other.value, value));
    const known = left[at];
    if (known === undefined) {
      if (sign === 1) left.push({ value, count: 1 });
    } else {
      known.count += sign;
      if (known.count === 0) left.splice(at, 1);
    }
  }
  return left.map(({ value }) => value);
}

export function sameValue(a: Value, b: Value): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item: Value, i) => sameValue(item, b[i] as Value));
  }
  return a === b || (Number.isNaN(a) && Number.isNaN(b));
}

function scaleOf(type: DataType): number {
  return type.kind === 'DECIMAL' ? type.scale : 0;
}

function sum(values: readonly Value[], type: DataType, result: DataType): Value {
  if (type.kind === 'DOUBLE') return values.reduce<number>((total, value) => total + Number(value), 0);
  const total = unscaledSum(values, type);
  if (type.kind === 'DECIMAL') return formatDecimal(total, type.scale);
  return narrowed(BigInt.asIntN(result.kind === 'INT' ? 32 : 64, total));
}

function average(values: readonly Value[], type: DataType, result: DataType): Value {
  if (type.kind === 'DOUBLE') return Number(sum(values, type, type)) / values.length;
  const total = unscaledSum(values, type);
  if (result.kind === 'DOUBLE') return Number(total) / values.length / Number(`1e${scaleOf(type)}`);
  // IntegralAvgAggFunction: the sum is a BIGINT and wraps around.
  if (result.kind !== 'DECIMAL') return narrowed(BigInt.asIntN(64, total) / BigInt(values.length));
  return formatDecimal(
    rounded(total * 10n ** BigInt(result.scale - scaleOf(type)), BigInt(values.length)),
    result.scale,
  );
}

/** The quotient, halves away from zero. */
function rounded(dividend: bigint, divisor: bigint): bigint {
  const half = (dividend < 0n ? -divisor : divisor) / 2n;
  return divisor % 2n === 0n || dividend === 0n
    ? (dividend + half) / divisor
    : (2n * dividend + (dividend < 0n ? -divisor : divisor)) / (2n * divisor);
}

function narrowed(value: bigint): Value {
  return value > 2n ** 53n || value < -(2n ** 53n) ? value : Number(value);
}

function unscaledSum(values: readonly Value[], type: DataType): bigint {
  return values.reduce<bigint>((total, value) => total + unscaled(value, type), 0n);
}

function unscaled(value: Value, type: DataType): bigint {
  return type.kind === 'DECIMAL' ? BigInt(String(value).replace('.', '')) : BigInt(value as number | bigint);
}

export function compare(a: Value, b: Value, type: DataType): number {
  if (type.kind === 'STRING') return compareText(String(a), String(b));
  if (type.kind === 'DECIMAL') return Number(unscaled(a, type) - unscaled(b, type));
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : 1;
  if (Number.isNaN(b)) return -1;
  return a! < b! ? -1 : a! > b! ? 1 : 0;
}
