import type { Actual, GraphCase } from '../adapter.ts';
import type { JsonObject, VectorCase } from '../case.ts';
import { Inexpressible, isObject } from '../case.ts';
import type { Edge, Node } from '../graph.ts';
import { documentOf, sinkNode, sourceNode } from '../graph.ts';
import type { Recorded, StepResult } from '../run-graph.ts';
import { numberOr, objectOf, textOf, writtenTime } from '../fields.ts';
import { LATE_SINK, flinkOutputs } from './flink-output.ts';
import { SOURCE, recordLog, recordSource } from './record-log.ts';
import { triggerOf } from './triggers.ts';
import type { Aggregates } from './window-parts.ts';
import { aggregatesOf, gapEngine, windowFigures } from './window-parts.ts';

const WINDOW = 'window';
const GROUP_WINDOW = 'SQL group window (legacy)';

/** `windowAggregate` of Flink: the DataStream API, the window table functions and the older group windows of SQL. */
export function flinkWindows(given: VectorCase): GraphCase {
  const { operator } = given;
  const aggregates = aggregatesOf(operator);
  const isSql = operator['api'] !== 'DataStream';
  const hasSideOutput = operator['lateSideOutput'] === true;
  const nodes: Node[] = [
    sourceNode(recordSource(given.inputs)),
    { id: WINDOW, type: 'window', config: config(operator, aggregates), engine: engine(operator, aggregates) },
    sinkNode('results'),
    ...(hasSideOutput ? [sinkNode(LATE_SINK)] : []),
  ];
  const edges: Edge[] = [
    [SOURCE, WINDOW],
    [WINDOW, 'results'],
  ];
  if (hasSideOutput) edges.push([`${WINDOW}:late`, LATE_SINK]);
  const timeDomain = operator['timeDomain'] === 'processing' ? 'processing' : 'event';
  const dialect = isSql ? 'flink-sql' : 'flink-datastream';
  const document = documentOf({ name: given.id, dialect, timeDomain, nodes, edges });
  const result = isSql
    ? (row: StepResult): JsonObject => sqlResult(row, aggregates, operator['api'] === GROUP_WINDOW)
    : (row: StepResult): JsonObject => streamResult(row, aggregates);
  return {
    graph: recordLog(given.inputs).finish(document),
    read: (recorded) => readWindows(given, recorded, result),
  };
}

function config(operator: JsonObject, { config: aggregates }: Aggregates): JsonObject {
  return {
    ...windowFigures(objectOf(operator, 'window')),
    keys: ['key'],
    latenessMs: numberOr(operator, 'allowedLateness', 0),
    ...(operator['api'] === GROUP_WINDOW ? panesOf(operator) : {}),
    aggregates,
  };
}

function engine(operator: JsonObject, { engine: initials }: Aggregates): JsonObject {
  const { trigger } = operator;
  return {
    ...gapEngine(objectOf(operator, 'window')),
    ...(trigger === undefined || operator['api'] === GROUP_WINDOW
      ? {}
      : { trigger: triggerOf(objectOf(operator, 'trigger')) }),
    ...(operator['api'] === GROUP_WINDOW ? { api: 'group-window' } : {}),
    ...localTime(operator),
    ...initials,
  };
}

/** The session's time zone as its distance from UTC; one that changes its own cannot be expressed. */
export function localTime({ timeZone }: JsonObject): JsonObject {
  if (typeof timeZone !== 'string' || timeZone === 'UTC') return {};
  const offsets = [0, 6].map((month) => offsetMs(timeZone, Date.UTC(2024, month)));
  if (offsets[0] !== offsets[1]) throw new Inexpressible(`the zone ${timeZone} has summer time`);
  return { localOffsetMs: offsets[0] };
}

function offsetMs(timeZone: string, instantMs: number): number {
  const name = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(instantMs)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(name ?? '') ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** SQL has no triggers, but panes before and after the end of a window: every so long, or with each row. */
function panesOf({ trigger }: JsonObject): JsonObject {
  if (!isObject(trigger) || textOf(trigger, 'kind') !== 'afterEndOfWindow') return {};
  const early = isObject(trigger['early']) ? everyOf(trigger['early']) : {};
  const late = isObject(trigger['late']) ? everyOf(trigger['late']) : {};
  return {
    emission: 'panes',
    earlyEveryMs: early.ms ?? 0,
    earlyEveryRows: early.rows ?? 0,
    lateEveryMs: late.ms ?? 0,
  };
}

function everyOf(trigger: JsonObject): { readonly ms?: number; readonly rows?: number } {
  const figure = (names: readonly string[]): number | undefined =>
    names.map((name) => trigger[name]).find((value) => typeof value === 'number');
  const ms = figure(['interval', 'delay', 'every', 'ms', 'intervalMs', 'delayMs']);
  return ms === undefined ? { rows: figure(['n', 'count', 'rows']) ?? 1 } : { ms };
}

function readWindows(given: VectorCase, recorded: Recorded, result: (row: StepResult) => JsonObject): Actual {
  const hasSideOutput = given.operator['lateSideOutput'] === true;
  const outputs = flinkOutputs(recorded, {
    inputs: given.inputs,
    node: WINDOW,
    result,
    sideOutput: sideOutputName(given),
    forwards: 'every',
    tellsDrops: !hasSideOutput,
  });
  return { outputs, dropped: droppedBy(recorded, hasSideOutput) };
}

/** Flink counts a late row, or hands it to the side output, never both; and rows without a time. */
export function droppedBy(recorded: Recorded, hasSideOutput: boolean): number {
  const { late, rejected } = recorded.lastLedger(WINDOW);
  return (hasSideOutput ? 0 : late) + rejected;
}

/** The recorded cases have two names for it: that of the upstream test, and that of the generator. */
function sideOutputName({ source }: VectorCase): string {
  return typeof source === 'string' && source.startsWith('generated') ? 'late' : 'late-output';
}

function streamResult({ step, key, window, ts, row }: StepResult, aggregates: Aggregates): JsonObject {
  const value = aggregates.read(row);
  const bounds = window === null ? {} : { window };
  return { step, key: (key as JsonObject | null)?.['key'], value, ...bounds, ts: writtenTime(ts) };
}

function sqlResult(result: StepResult, aggregates: Aggregates, hasRowtime: boolean): JsonObject {
  const { step, op, key, window, ts, row } = result;
  const value = aggregates.read(row);
  const rowtime = hasRowtime ? { rowtime: ts } : {};
  return { step, op, key: (key as JsonObject | null)?.['key'], value, window, ...rowtime };
}

/** `windowTableFunction`: every row with the columns of its windows. */
export function flinkWindowRows(given: VectorCase): GraphCase {
  const figures = windowFigures(objectOf(given.operator, 'window'));
  const nodes: Node[] = [
    sourceNode(recordSource(given.inputs)),
    {
      id: WINDOW,
      type: 'window',
      config: { ...figures, keys: ['key'], result: 'rows' },
      engine: localTime(given.operator),
    },
    sinkNode('results'),
  ];
  const timeDomain = given.operator['timeDomain'] === 'processing' ? 'processing' : 'event';
  const edges: Edge[] = [
    [SOURCE, WINDOW],
    [WINDOW, 'results'],
  ];
  const document = documentOf({ name: given.id, dialect: 'flink-sql', timeDomain, nodes, edges });
  return {
    graph: recordLog(given.inputs).finish(document),
    read: (recorded) => readWindows(given, recorded, windowRow),
  };
}

function windowRow({ step, op, row }: StepResult): JsonObject {
  const { key, value, ts, window_start: start, window_end: end, window_time: rowtime } = row as JsonObject;
  return { step, op, key, value, rowTs: ts, window: [start ?? null, end ?? null], rowtime };
}
