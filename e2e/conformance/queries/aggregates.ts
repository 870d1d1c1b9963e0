import type { Json, JsonObject } from '../case.ts';
import { Inexpressible, isObject } from '../case.ts';
import { listOf, textOf } from '../fields.ts';
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
    .map((aggregate) => aggregateOf(aggregate, isKsql));
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
      if (args.length !== 2) break;
      return { ...common, function: fn === 'TOPK' ? 'top-k' : 'top-k-distinct', ...argument, limit: Number(args[1]) };
    case 'EARLIEST_BY_OFFSET':
    case 'LATEST_BY_OFFSET':
      return { ...common, function: fn === 'LATEST_BY_OFFSET' ? 'last' : 'first', ...argument, ...byOffset(args) };
    default:
  }
  throw new Inexpressible(`there is no aggregate ${fn} of ${args.length} arguments`);
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
