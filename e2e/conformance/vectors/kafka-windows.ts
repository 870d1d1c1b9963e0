import type { GraphCase } from '../adapter.ts';
import type { Json, JsonObject, VectorCase } from '../case.ts';
import type { Edge, Node } from '../graph.ts';
import { documentOf, sinkNode, sourceNode } from '../graph.ts';
import type { Recorded, StepResult } from '../run-graph.ts';
import { numberOf, numberOr, objectOf, textOf } from '../fields.ts';
import { SOURCE, recordLog, recordSource } from './record-log.ts';
import type { Aggregates } from './window-parts.ts';
import { aggregatesOf, windowFigures } from './window-parts.ts';

const WINDOW = 'window';

/** `windowAggregate` of Kafka Streams. */
export function kafkaWindows(given: VectorCase): GraphCase {
  const aggregates = aggregatesOf(given.operator);
  const nodes = [sourceNode(recordSource(given.inputs)), windowNode(given.operator, aggregates), sinkNode('results')];
  const edges: Edge[] = [
    [SOURCE, WINDOW],
    [WINDOW, 'results'],
  ];
  const document = documentOf({ name: given.id, dialect: 'kafka-streams', nodes, edges });
  return {
    graph: recordLog(given.inputs).finish(document),
    read: (recorded) => ({
      outputs: recorded.results.map((result) => tableUpdate(result, aggregates)),
      dropped: droppedBy(recorded, WINDOW),
    }),
  };
}

export function windowNode(operator: JsonObject, aggregates: Aggregates): Node {
  const retention = operator['retention'];
  const engine: JsonObject = {
    ...(retention === undefined ? {} : { retentionMs: numberOf(operator, 'retention') }),
    emitIntervalMs: numberOr(operator, 'emitIntervalMs', 0),
    ...aggregates.engine,
  };
  const config: JsonObject = {
    ...windowFigures(objectOf(operator, 'window')),
    keys: ['key'],
    latenessMs: numberOr(operator, 'grace', 0),
    emission: textOf(operator, 'emit') === 'onClose' ? 'on-close' : 'each-event',
    aggregates: aggregates.config,
  };
  return { id: WINDOW, type: 'window', config, engine };
}

/** Row × window pairs that came too late, and records that could not be used. */
export function droppedBy(recorded: Recorded, node: string): number {
  const { lateWindows, rejected } = recorded.lastLedger(node);
  return lateWindows + rejected;
}

/** An update of a table of windows; a tombstone has no value. */
export function tableUpdate(result: StepResult, aggregates: Aggregates): JsonObject {
  const { step, key, window, ts, op, row } = result;
  const value: Json = op === '-D' ? null : aggregates.read(row);
  return { step, key: (key as JsonObject | null)?.['key'], window, value, ts };
}
