import type { GraphCase } from '../adapter.ts';
import type { Json, JsonObject, VectorCase } from '../case.ts';
import { numberOf, numberOr, textOf, typeOfValues, writtenTime } from '../fields.ts';
import type { Edge, Node, SourceShape } from '../graph.ts';
import { documentOf, sinkNode, sourceNode } from '../graph.ts';
import type { StepResult } from '../run-graph.ts';
import { LATE_SINK, flinkOutputs } from './flink-output.ts';
import { recordLog, recordSource } from './record-log.ts';

const JOIN = 'join';
const SIDES = ['left', 'right'] as const;
const RULES = { watermarkShiftMs: 0, sourceOf: (input: JsonObject) => textOf(input, 'stream') };

/** `intervalJoin` of Flink's DataStream API and of its SQL, whose bounds have the other sign. */
export function flinkIntervalJoin(given: VectorCase): GraphCase {
  return given.operator['api'] === 'SQL' ? sqlJoin(given) : streamJoin(given);
}

/** `left.ts + lowerBound <= right.ts <= left.ts + upperBound`. */
function streamJoin(given: VectorCase): GraphCase {
  const { operator } = given;
  const hasSideOutput = operator['lateSideOutput'] === true;
  const config = {
    leftKeys: ['key'],
    rightKeys: ['key'],
    lowerMs: numberOf(operator, 'lowerBound') + (operator['lowerInclusive'] === false ? 1 : 0),
    upperMs: numberOf(operator, 'upperBound') - (operator['upperInclusive'] === false ? 1 : 0),
  };
  const sinks = hasSideOutput ? [sinkNode('results'), sinkNode(LATE_SINK)] : [sinkNode('results')];
  const nodes: Node[] = [
    ...SIDES.map((side) =>
      sourceNode(
        recordSource(
          given.inputs.filter(({ stream }) => stream === side),
          side,
        ),
      ),
    ),
    { id: JOIN, type: 'join.interval', config },
    ...sinks,
  ];
  const lateEdge: readonly Edge[] = hasSideOutput ? [[`${JOIN}:late`, LATE_SINK]] : [];
  const document = documentOf({ name: given.id, dialect: 'flink-datastream', nodes, edges: [...EDGES, ...lateEdge] });
  return {
    graph: recordLog(given.inputs, RULES).finish(document),
    read: (recorded) => ({
      outputs: flinkOutputs(recorded, { ...OUTPUT_RULES, inputs: given.inputs, result: match }),
      // The operator has no counter of late rows.
      dropped: 0,
    }),
  };
}

const EDGES: readonly Edge[] = [
  ['left', `${JOIN}:left`],
  ['right', `${JOIN}:right`],
  [JOIN, 'results'],
];
const OUTPUT_RULES = { node: JOIN, sideOutput: 'late', forwards: 'moved' as const, tellsDrops: false };

function match({ step, ts, row }: StepResult): JsonObject {
  const { value: left, right_value: right } = row as JsonObject;
  return { step, left, right, ts: writtenTime(ts) };
}

/** `right.ts + lowerBound <= left.ts <= right.ts + upperBound`. */
function sqlJoin(given: VectorCase): GraphCase {
  const { operator } = given;
  const layout = layoutOf(operator);
  const inputs = given.inputs.map((input) => named(input, layout));
  const config = {
    kind: textOf(operator, 'join'),
    leftKeys: ['key'],
    rightKeys: ['key'],
    lowerMs: -(numberOf(operator, 'upperBound') - (operator['upperInclusive'] === false ? 1 : 0)),
    upperMs: -(numberOf(operator, 'lowerBound') + (operator['lowerInclusive'] === false ? 1 : 0)),
  };
  const engine = {
    minCleanupMs: numberOr(operator, 'minCleanUpInterval', 0),
    latenessMs: numberOr(operator, 'allowedLateness', 0),
  };
  const nodes: Node[] = [
    ...SIDES.map((side) => sourceNode(sqlSource(inputs, side, layout))),
    { id: JOIN, type: 'join.interval', config, engine },
    sinkNode('results'),
  ];
  const timeDomain = operator['timeDomain'] === 'processing' ? 'processing' : 'event';
  const document = documentOf({ name: given.id, dialect: 'flink-sql', timeDomain, nodes, edges: EDGES });
  return {
    graph: recordLog(inputs, RULES).finish(document),
    read: (recorded) => ({
      outputs: flinkOutputs(recorded, {
        ...OUTPUT_RULES,
        inputs,
        result: operator['rowLayout'] === undefined ? pair : (result) => whole(result, layout),
      }),
      // Nor has this one.
      dropped: 0,
    }),
  };
}

/** The columns of a record, `[ts,key]` where the case writes rows. */
function layoutOf({ rowLayout }: JsonObject): readonly string[] {
  return typeof rowLayout === 'string' ? rowLayout.replace(/[[\]\s]/g, '').split(',') : ['key', 'value', 'ts'];
}

/** A record that is written as a row, its values by name. */
function named(input: JsonObject, layout: readonly string[]): JsonObject {
  const { row, ...rest } = input;
  if (!Array.isArray(row)) return input;
  const values = row as readonly Json[];
  return { ...rest, ...Object.fromEntries(layout.map((name, i) => [name, values[i] ?? null])) };
}

function sqlSource(inputs: readonly JsonObject[], side: string, layout: readonly string[]): SourceShape {
  const records = inputs.filter((input) => input['stream'] === side);
  const typeOf = (name: string): string => typeOfValues(records.map((record) => record[name]));
  const source = recordSource(records, side);
  const others = layout.filter((name) => !['key', 'value', 'ts'].includes(name));
  return { ...source, columns: [...source.columns, ...others.map((name) => [name, typeOf(name)] as const)] };
}

/** Left and right as `[key, value]`, null for a side that is padded. */
function pair({ step, op, row }: StepResult): JsonObject {
  const { key, value, right_key: rightKey, right_value: rightValue } = row as JsonObject;
  const side = (...values: readonly (Json | undefined)[]): Json =>
    values.every((each) => each === null) ? null : (values as readonly Json[]);
  return { step, op, left: side(key, value), right: side(rightKey, rightValue) };
}

function whole({ step, op, row }: StepResult, layout: readonly string[]): JsonObject {
  const cells = row as JsonObject;
  return { step, op, row: ['', 'right_'].flatMap((prefix) => layout.map((name) => cells[`${prefix}${name}`] ?? null)) };
}
