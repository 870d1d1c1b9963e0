import type { Json, JsonObject } from '../case.ts';
import { Inexpressible, isObject } from '../case.ts';
import { listOf, numberOr, objectOf, timeOf } from '../fields.ts';
import type { Graph, SourceShape } from '../graph.ts';
import { LogWriter, sourceNode } from '../graph.ts';
import { HAS_VALUE, ROWTIME, WINDOWEND, WINDOWSTART } from './hidden.ts';
import type { Pipeline } from './relation.ts';

interface Stream {
  readonly name: string;
  readonly columns: readonly (readonly [name: string, type: string])[];
  readonly hidden: readonly string[];
  /** Whether a record without a value deletes. */
  readonly isTable: boolean;
}

/** Makes a source of every stream. */
export function addStreams(pipeline: Pipeline): readonly Stream[] {
  return Object.entries(objectOf(pipeline.given.pipeline, 'streams')).map(([name, stream]) => {
    if (!isObject(stream)) throw new Inexpressible(`the stream ${name} is no object`);
    return addStream(pipeline, name, stream);
  });
}

function addStream(pipeline: Pipeline, name: string, stream: JsonObject): Stream {
  const declared = listOf(stream, 'columns').map((column): readonly [string, string] => {
    const [columnName, type] = column as readonly string[];
    return [columnName ?? '', columnType(type ?? '')];
  });
  const time = stream['time'];
  const ownTime =
    isObject(time) && time['column'] !== 'recordTimestamp'
      ? { column: String(time['column']), unit: unitOf(time) }
      : null;
  const hidden = hiddenColumns(pipeline, name, { stream, hasOwnTime: ownTime !== null });
  const columns = [...declared, ...hidden];
  const source: SourceShape = {
    id: name,
    columns,
    time: ownTime ?? { column: ROWTIME, unit: 'ms' },
    watermark: watermarkOf(stream, pipeline.isKsql),
    ...changesOf(pipeline, stream),
  };
  pipeline.add(sourceNode(source));
  const hiddenNames = hidden.map(([column]) => column);
  pipeline.define(name, {
    node: name,
    columns: declared.map(([column]) => column),
    hidden: hiddenNames,
    window: null,
    ...(source.key === undefined ? {} : { tableKey: source.key }),
  });
  return { name, columns, hidden: hiddenNames, isTable: stream['kind'] === 'table' };
}

/** A table of ksqlDB replaces by key; a changelog of Flink does so, or takes back what it replaces. */
function changesOf({ isKsql }: Pipeline, { kind, key, changelog }: JsonObject): Pick<SourceShape, 'changes' | 'key'> {
  const isUpsert = isKsql ? kind === 'table' : changelog === 'UA,D';
  const isRetract = !isKsql && typeof changelog === 'string' && changelog !== 'I' && !isUpsert;
  if (!isUpsert && !isRetract) return {};
  const names = Array.isArray(key) ? (key as readonly Json[]).map(String) : typeof key === 'string' ? [key] : [];
  return { changes: isUpsert ? 'upsert' : 'retract', key: names };
}

function unitOf(time: JsonObject): string {
  return typeof time['format'] === 'string' ? time['format'] : 'ms';
}

interface Declared {
  readonly stream: JsonObject;
  readonly hasOwnTime: boolean;
}

/** What every record has beside its columns, as far as the pipeline may ask for it. */
function hiddenColumns(
  { given, isKsql }: Pipeline,
  name: string,
  { stream, hasOwnTime }: Declared,
): readonly (readonly [string, string])[] {
  const records = given.inputs.filter((input) => input['stream'] === name);
  return [
    ...(hasOwnTime ? [] : [[ROWTIME, 'BIGINT'] as const]),
    ...(isKsql && stream['kind'] !== 'table' && records.some(({ row }) => row === null)
      ? [[HAS_VALUE, 'BOOLEAN'] as const]
      : []),
    ...(stream['windowed'] === undefined ? [] : [[WINDOWSTART, 'BIGINT'] as const, [WINDOWEND, 'BIGINT'] as const]),
  ];
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  FLOAT: 'DOUBLE',
  REAL: 'DOUBLE',
  VARCHAR: 'STRING',
  CHAR: 'STRING',
  TINYINT: 'INT',
  SMALLINT: 'INT',
  INTEGER: 'INT',
  STRUCT: 'ROW',
};

/** Quoted names, names of types with a length that is left away, and names of types. */
const TYPE_WORDS = /"(?:[^"]|"")*"|`[^`]*`|\b(TIMESTAMP|TIME|VARCHAR|CHAR)\(\d+\)|\b([A-Z]+)\b(?=\s*(?:[<>(,]|$))/g;

/** A type of the cases as a column of a file has it. */
function columnType(type: string): string {
  return type.replace(TYPE_WORDS, (word: string, long: string | undefined, short: string | undefined) => {
    const name = long ?? short;
    return name === undefined ? word : (TYPE_NAMES[name] ?? name);
  });
}

function watermarkOf(stream: JsonObject, isKsql: boolean): JsonObject {
  if (isKsql) return { strategy: 'per-event', delayMs: 0 };
  if (stream['watermarkEmit'] === 'after-each-record') {
    return { strategy: 'per-event', delayMs: numberOr(stream, 'watermarkDelayMs', 0) };
  }
  return { strategy: 'none', delayMs: 0 };
}

/** The inputs as a log. */
export function logOf(pipeline: Pipeline, streams: readonly Stream[], document: JsonObject): Graph {
  const log = new LogWriter();
  pipeline.given.inputs.forEach((input, step) => {
    const stream = streams.find(({ name }) => name === input['stream']);
    if (stream === undefined) throw new Inexpressible(`step ${step} names no stream of the pipeline`);
    if (input['watermark'] !== undefined) log.watermark(step, stream.name, timeOf(input['watermark']));
    else log.row(step, stream.name, rowOf(stream, input), stream.isTable && input['row'] === null ? '-D' : input['op']);
  });
  return log.finish(document);
}

function rowOf({ columns, hidden }: Stream, input: JsonObject): JsonObject {
  const { key, row, ts, window } = input;
  const named: JsonObject = { ...(isObject(key) ? key : {}), ...(isObject(row) ? row : {}) };
  const [start, end] = Array.isArray(window) ? (window as readonly Json[]) : [null, null];
  const known: JsonObject = { [ROWTIME]: ts, [HAS_VALUE]: row !== null, [WINDOWSTART]: start, [WINDOWEND]: end };
  const cells = columns.map(([name, type]): [string, Json | undefined] => [
    name,
    hidden.includes(name) ? known[name] : written(named[name], type),
  ]);
  return Object.fromEntries(cells);
}

/** Cases write a DATE as days, logs as a day; also in collections of nothing but dates. */
function written(value: Json | undefined, type: string): Json | undefined {
  if (!/^(ARRAY<|MAP<STRING, )*DATE>*$/.test(type)) return value;
  if (typeof value === 'number') return new Date(value * 86_400_000).toISOString().slice(0, 10);
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => written(item, 'DATE') ?? null);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, written(item, 'DATE')]));
}
