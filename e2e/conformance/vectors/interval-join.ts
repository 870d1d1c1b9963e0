import type { GraphCase } from '../adapter.ts';
import type { JsonObject, VectorCase } from '../case.ts';
import { Inexpressible } from '../case.ts';
import type { Edge, Node } from '../graph.ts';
import { documentOf, sinkNode, sourceNode } from '../graph.ts';
import type { StepResult } from '../run-graph.ts';
import { numberOf, textOf, writtenTime } from '../fields.ts';
import { LATE_SINK, flinkOutputs } from './flink-output.ts';
import { recordLog, recordSource } from './record-log.ts';

const JOIN = 'join';
const SIDES = ['left', 'right'] as const;
const RULES = { watermarkShiftMs: 0, sourceOf: (input: JsonObject) => textOf(input, 'stream') };

/** `intervalJoin` of Flink's DataStream API: `left.ts + lowerBound <= right.ts <= left.ts + upperBound`. */
export function flinkIntervalJoin(given: VectorCase): GraphCase {
  const { operator } = given;
  if (operator['api'] !== 'DataStream') throw new Inexpressible('not available yet: intervalJoin of SQL');
  const hasSideOutput = operator['lateSideOutput'] === true;
  const config = {
    leftKeys: ['key'],
    rightKeys: ['key'],
    lowerMs: numberOf(operator, 'lowerBound') + (operator['lowerInclusive'] === false ? 1 : 0),
    upperMs: numberOf(operator, 'upperBound') - (operator['upperInclusive'] === false ? 1 : 0),
  };
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
    sinkNode('results'),
    ...(hasSideOutput ? [sinkNode(LATE_SINK)] : []),
  ];
  const edges: Edge[] = [
    ['left', `${JOIN}:left`],
    ['right', `${JOIN}:right`],
    [JOIN, 'results'],
  ];
  if (hasSideOutput) edges.push([`${JOIN}:late`, LATE_SINK]);
  const document = documentOf({ name: given.id, dialect: 'flink-datastream', nodes, edges });
  return {
    graph: recordLog(given.inputs, RULES).finish(document),
    read: (recorded) => ({
      outputs: flinkOutputs(recorded, {
        inputs: given.inputs,
        node: JOIN,
        result: match,
        sideOutput: 'late',
        forwards: 'moved',
        tellsDrops: false,
      }),
      // The operator has no counter of late rows.
      dropped: 0,
    }),
  };
}

function match({ step, ts, row }: StepResult): JsonObject {
  const { value: left, right_value: right } = row as JsonObject;
  return { step, left, right, ts: writtenTime(ts) };
}
