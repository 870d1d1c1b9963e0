import type { Json, JsonObject } from '../case.ts';
import { Inexpressible, isObject } from '../case.ts';
import { listOf, textOf } from '../fields.ts';
import { quoted } from '../graph.ts';
import { fromKsql } from './ksql-expression.ts';
import type { Pipeline } from './relation.ts';

const SAME_EVERYWHERE: Readonly<Record<string, string>> = {
  COUNT: 'count',
  SUM: 'sum',
  AVG: 'avg',
  MIN: 'min',
  MAX: 'max',
  STDDEV_POP: 'stddev-pop',
  STDDEV_SAMPLE: 'stddev-samp',
  VAR_POP: 'var-pop',
  VAR_SAMP: 'var-samp',
  COLLECT_LIST: 'collect-list',
  COLLECT_SET: 'collect-set',
};

/** The aggregates of a step as the document writes them. */
export function aggregatesOf({ isKsql }: Pipeline, step: JsonObject): readonly JsonObject[] {
  return listOf(step, 'aggregates')
    .filter(isObject)
    .flatMap((aggregate) => composedOf(aggregate)?.parts ?? [aggregateOf(aggregate, isKsql)]);
}

/** The columns that the aggregates of a step have in the end. */
export function aggregateNames(step: JsonObject): readonly string[] {
  return listOf(step, 'aggregates')
    .filter(isObject)
    .map((aggregate) => textOf(aggregate, 'as'));
}

/** Puts behind an aggregation what is computed from several aggregates. */
export function withComposed(pipeline: Pipeline, node: string, step: JsonObject): string {
  const columns = listOf(step, 'aggregates')
    .filter(isObject)
    .flatMap((aggregate) => {
      const composed = composedOf(aggregate);
      return composed === null ? [] : [{ name: textOf(aggregate, 'as'), expression: composed.expression }];
    });
  return columns.length === 0 ? node : pipeline.compute(`${node}-composed`, node, columns);
}

interface Composed {
  readonly parts: readonly JsonObject[];
  readonly expression: string;
}

/** Aggregates of ksqlDB that are expressions over others; null for those that are one by themselves. */
function composedOf(aggregate: JsonObject): Composed | null {
  const [x = '', y = ''] = argumentsOf(aggregate).map((argument) => fromKsql(argument));
  const as = textOf(aggregate, 'as');
  if (aggregate['fn'] === 'ATTR') {
    // The one value that all rows of the group have.
    const set = quoted(`${as} set`);
    return {
      parts: [{ name: `${as} set`, function: 'collect-set', argument: x, nulls: 'keep' }],
      expression: `CASE WHEN CARDINALITY(${set}) = 1 THEN ${set}[1] END`,
    };
  }
  return aggregate['fn'] === 'CORRELATION' ? correlation(as, `CAST(${x} AS DOUBLE)`, `CAST(${y} AS DOUBLE)`) : null;
}

/** Pearson's coefficient from the sums over the rows that have both values. */
function correlation(as: string, x: string, y: string): Composed {
  const part = (name: string, argument: string): JsonObject => ({
    name: `${as} ${name}`,
    function: name === 'n' ? 'count' : 'sum',
    argument,
    filter: `${x} IS NOT NULL AND ${y} IS NOT NULL`,
  });
  const parts = [
    part('n', x),
    part('x', x),
    part('y', y),
    part('xx', `${x} * ${x}`),
    part('yy', `${y} * ${y}`),
    part('xy', `${x} * ${y}`),
  ];
  const [n = '', sx = '', sy = '', xx = '', yy = '', xy = ''] = parts.map(({ name }) => quoted(String(name)));
  const below = `SQRT((${n} * ${xx} - ${sx} * ${sx}) * (${n} * ${yy} - ${sy} * ${sy}))`;
  const above = `(${n} * ${xy} - ${sx} * ${sy})`;
  return { parts, expression: `CASE WHEN ${below} = 0 THEN CAST('NaN' AS DOUBLE) ELSE ${above} / ${below} END` };
}

function aggregateOf(aggregate: JsonObject, isKsql: boolean): JsonObject {
  const fn = textOf(aggregate, 'fn');
  const spoken = argumentsOf(aggregate);
  const args = isKsql ? spoken.map(fromKsql) : spoken;
  const common = { name: textOf(aggregate, 'as'), ...modifiers(aggregate) };
  const argument = args[0] === undefined ? {} : { argument: args[0] };
  const same = SAME_EVERYWHERE[fn];
  if (same !== undefined && args.length <= 1) return { ...common, function: same, ...argument };
  switch (fn) {
    case 'STDDEV_SAMP':
      // StandardDeviationSampUdaf of ksqlDB takes no root, which is why it has STDDEV_SAMPLE.
      return { ...common, function: isKsql ? 'var-samp' : 'stddev-samp', ...argument };
    case 'COUNT_DISTINCT':
      return { ...common, function: 'count', ...argument, distinct: true };
    case 'LISTAGG':
    case 'STRING_AGG':
      return { ...common, function: 'string-agg', ...argument, separator: String(aggregate['separator'] ?? ',') };
    case 'FIRST_VALUE':
    case 'LAST_VALUE':
      return { ...common, function: fn === 'FIRST_VALUE' ? 'first' : 'last', ...argument };
    case 'TOPK':
    case 'TOPKDISTINCT':
      if (args.length < 2 || (args.length > 2 && fn !== 'TOPK')) break;
      return { ...common, function: fn === 'TOPK' ? 'top-k' : 'top-k-distinct', ...topOf(args) };
    case 'EARLIEST_BY_OFFSET':
    case 'LATEST_BY_OFFSET':
      return { ...common, function: fn === 'LATEST_BY_OFFSET' ? 'last' : 'first', ...argument, ...byOffset(args) };
    default:
  }
  throw new Inexpressible(`there is no aggregate ${fn} of ${args.length} arguments`);
}

/** `TOPK(column [, more columns], how many)`: with more columns the result is rows. */
function topOf(args: readonly string[]): JsonObject {
  const [column = '', ...more] = args.slice(0, -1);
  const fields = [`${column} AS sort_col`, ...more.map((each, i) => `${each} AS col${i}`)];
  return { argument: more.length === 0 ? column : `ROW(${fields.join(', ')})`, limit: Number(args.at(-1)) };
}

/** `BY_OFFSET(column [, how many] [, ignore nulls])`: nulls are passed over unless it says FALSE. */
function byOffset([, ...rest]: readonly string[]): JsonObject {
  const limit = rest.find((argument) => /^\d+$/.test(argument));
  const keepsNulls = rest.some((argument) => argument.toUpperCase() === 'FALSE');
  return { nulls: keepsNulls ? 'keep' : 'skip', ...(limit === undefined ? {} : { limit: Number(limit) }) };
}

function argumentsOf({ arg, args }: JsonObject): readonly string[] {
  if (Array.isArray(args)) return (args as readonly Json[]).map(String);
  return typeof arg === 'string' ? [arg] : [];
}

function modifiers({ distinct, filter }: JsonObject): JsonObject {
  return { ...(distinct === true ? { distinct } : {}), ...(typeof filter === 'string' ? { filter } : {}) };
}
