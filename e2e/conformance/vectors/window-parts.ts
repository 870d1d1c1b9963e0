import type { Json, JsonObject } from '../case.ts';
import { Inexpressible, isObject } from '../case.ts';
import { literal, quoted } from '../graph.ts';
import { listOf, numberOf, numberOr, objectOf, textOf } from '../fields.ts';

/** The part of a window node's configuration that says which windows there are. */
export function windowFigures(window: JsonObject): JsonObject {
  const kind = textOf(window, 'kind');
  const offset = numberOr(window, 'offset', 0);
  const offsetMs = offset === 0 ? {} : { offsetMs: offset };
  switch (kind) {
    case 'tumbling':
      return { kind, sizeMs: numberOf(window, 'size'), ...offsetMs };
    case 'hopping': {
      const every = window['slide'] === undefined ? 'advance' : 'slide';
      return { kind, sizeMs: numberOf(window, 'size'), advanceMs: numberOf(window, every), ...offsetMs };
    }
    case 'cumulate':
      return { kind, sizeMs: numberOf(window, 'maxSize'), stepMs: numberOf(window, 'step'), ...offsetMs };
    case 'session':
      return window['gap'] === 'dynamic' ? { kind } : { kind, gapMs: numberOf(window, 'gap') };
    case 'sliding':
      return { kind, sizeMs: numberOf(window, 'timeDifference') };
    case 'count': {
      const everyRows = window['slide'] === undefined ? {} : { everyRows: numberOf(window, 'slide') };
      return { kind, countRows: numberOf(window, 'size'), ...everyRows };
    }
    case 'global':
      return { kind };
    default:
      throw new Inexpressible(`there are no ${kind} windows`);
  }
}

/** The gap of each element as an expression, where a case looks it up by rules of which the first that fits counts. */
export function gapEngine(window: JsonObject): JsonObject {
  if (window['gap'] !== 'dynamic') return {};
  const rules = listOf(window, 'gapRule').filter(isObject);
  const branches = rules.map((rule) => {
    const tests = ['key', 'value'].flatMap((name) => {
      const wanted = rule[name];
      return wanted === undefined ? [] : [`${quoted(name)} = ${literal(wanted)}`];
    });
    return `WHEN ${tests.length === 0 ? 'TRUE' : tests.join(' AND ')} THEN ${numberOf(rule, 'gap')}`;
  });
  return { gap: `CASE ${branches.join(' ')} END` };
}

export interface Aggregates {
  readonly config: readonly JsonObject[];
  readonly engine: JsonObject;
  /** The value that the case's format writes for a row of results. */
  read(row: JsonObject): Json;
}

const TEXT = 'text';

/** The aggregates that a case's `aggregate` stands for. */
export function aggregatesOf(operator: JsonObject): Aggregates {
  const aggregate = objectOf(operator, 'aggregate');
  const fn = textOf(aggregate, 'fn');
  const argument = quoted('value');
  switch (fn) {
    case 'sum':
    case 'min':
    case 'max':
    case 'avg':
      return single({ name: fn, function: fn, argument });
    case 'count':
      return single({ name: 'count', function: 'count' });
    case 'collect':
      return single({ name: 'list', function: 'collect-list', argument });
    case 'sum+count': {
      const config = [
        { name: 'sum', function: 'sum', argument },
        { name: 'count', function: 'count' },
      ];
      return { config, engine: {}, read: (row) => ({ sum: row['sum'], count: row['count'] }) };
    }
    case 'concat': {
      const text = single({ name: TEXT, function: 'string-agg', argument, separator: textOf(aggregate, 'separator') });
      return { ...text, engine: { initials: { [TEXT]: textOf(aggregate, 'init') } } };
    }
    case 'reduceConcat':
      return single({ name: TEXT, function: 'string-agg', argument, separator: textOf(aggregate, 'separator') });
    default:
      throw new Inexpressible(`there is no aggregate ${fn}`);
  }
}

function single(config: JsonObject & { readonly name: string }): Aggregates {
  return { config: [config], engine: {}, read: (row) => row[config.name] ?? null };
}
