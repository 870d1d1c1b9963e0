import type { GraphCase } from '../adapter.ts';
import type { JsonObject, VectorCase } from '../case.ts';
import { Inexpressible } from '../case.ts';
import type { Edge, Node } from '../graph.ts';
import { LogWriter, documentOf, quoted, sinkNode, sourceNode } from '../graph.ts';
import type { StepResult } from '../run-graph.ts';
import { numberOf, numberOr, objectOf, textOf, timeOf, typeOfValues } from '../fields.ts';
import { flinkOutputs } from './flink-output.ts';

const SOURCE = 'source';
const ASSIGN = 'assign';

/** `assignTimestampsAndWatermarks`: rows get a new event time, the stream a watermark of its own. */
export function flinkAssigner(given: VectorCase): GraphCase {
  const isSql = given.operator['api'] === 'SQL';
  const time = isSql ? 'rowtime' : textOf(given.operator, 'timestamp');
  const strategy = objectOf(given.operator, 'strategy');
  const names = [...new Set(given.inputs.filter((input) => isRow(input, time)).flatMap((row) => Object.keys(row)))];
  const columns = names.map((name) => [name, name === time ? 'BIGINT' : columnType(given, name)] as const);
  const watermark = watermarkOf(given.operator, strategy);
  const assign: Node = { id: ASSIGN, type: 'assign-timestamps', config: { time: quoted(time), watermark } };
  const nodes = [sourceNode({ id: SOURCE, columns, time }), assign, sinkNode('results')];
  const edges: Edge[] = [
    [SOURCE, ASSIGN],
    [ASSIGN, 'results'],
  ];
  const dialect = isSql ? 'flink-sql' : 'flink-datastream';
  const document = documentOf({ name: given.id, dialect, nodes, edges });
  return {
    graph: logOf(given, time).finish(document),
    read: (recorded) => ({
      outputs: flinkOutputs(recorded, {
        inputs: given.inputs,
        node: ASSIGN,
        result: isSql ? sqlRow : streamRow,
        sideOutput: '',
        forwards: 'moved',
        tellsDrops: false,
      }),
      dropped: recorded.lastLedger(ASSIGN).rejected,
    }),
  };
}

function isRow(input: JsonObject, time: string): boolean {
  return input[time] !== undefined && input['watermark'] === undefined;
}

function columnType({ inputs }: VectorCase, name: string): string {
  return typeOfValues(inputs.map((input) => input[name]));
}

function watermarkOf(operator: JsonObject, strategy: JsonObject): JsonObject {
  const kind = textOf(strategy, 'kind');
  // The one punctuated generator of the cases: a record with its flag up states its own time.
  if (kind === 'punctuated') return { strategy: 'punctuated', punctuation: quoted('flag'), delayMs: 0 };
  if (kind === 'noWatermarks') return { strategy: 'none', delayMs: 0 };
  if (!['ascending', 'boundedOutOfOrderness', 'sqlExpression'].includes(kind)) {
    throw new Inexpressible(`there is no watermark strategy ${kind}`);
  }
  return {
    strategy: 'periodic',
    delayMs: kind === 'ascending' ? 0 : numberOf(strategy, 'delay'),
    intervalMs: numberOf(operator, 'autoWatermarkInterval'),
    idleMs: numberOr(operator, 'idleTimeout', 0),
  };
}

function logOf({ inputs }: VectorCase, time: string): LogWriter {
  const log = new LogWriter();
  // The operator registers its first timer when it is opened, at processing time 0.
  log.clock(-1, 0);
  inputs.forEach((input, step) => {
    const { watermark, processingTime, status } = input;
    if (isRow(input, time)) log.row(step, SOURCE, input);
    else if (watermark !== undefined) log.watermark(step, SOURCE, timeOf(watermark));
    else if (status !== undefined) log.status(step, SOURCE, status);
    else if (processingTime !== undefined) log.clock(step, timeOf(processingTime));
    else throw new Inexpressible(`step ${step} is ${JSON.stringify(input)}, which a log has no entry for`);
  });
  return log;
}

function streamRow({ step, ts, row }: StepResult): JsonObject {
  return { step, value: (row as JsonObject)['value'], ts };
}

function sqlRow({ step, row }: StepResult): JsonObject {
  return { step, rowtime: (row as JsonObject)['rowtime'] };
}
