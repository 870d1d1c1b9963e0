import type { GraphCase } from '../adapter.ts';
import type { JsonObject, VectorCase } from '../case.ts';
import { Inexpressible } from '../case.ts';
import type { Edge, Node, SourceShape } from '../graph.ts';
import { documentOf, sinkNode, sourceNode } from '../graph.ts';
import type { StepResult } from '../run-graph.ts';
import { numberOf, objectOf, textOf } from '../fields.ts';
import { droppedBy, tableUpdate, windowNode } from './kafka-windows.ts';
import { SOURCE, recordLog, recordSource } from './record-log.ts';
import { aggregatesOf } from './window-parts.ts';

const SUPPRESSED = 'output-suppressed';
const RAW = 'output-raw';

/** What comes before the suppress: nodes from the source on, and how a row of theirs is told. */
interface Upstream {
  readonly source: SourceShape;
  readonly node: Node;
  readonly tell: (result: StepResult) => JsonObject;
}

/** `suppress` of Kafka Streams over a table. Upstream tests also look at the table before it. */
export function kafkaSuppress(given: VectorCase): GraphCase {
  const { source, node, tell } = upstreamOf(given);
  // Only upstream tests name an API here, and only they have the second sink.
  const showsRaw = given.operator['api'] !== undefined;
  const nodes = [
    sourceNode(source),
    node,
    { id: 'suppress', type: 'suppress', config: config(objectOf(given.operator, 'suppress')) },
    sinkNode(SUPPRESSED),
    ...(showsRaw ? [sinkNode(RAW)] : []),
  ];
  const edges: Edge[] = [
    [SOURCE, node.id],
    [node.id, 'suppress'],
    ['suppress', SUPPRESSED],
  ];
  if (showsRaw) edges.push([node.id, RAW]);
  const document = documentOf({ name: given.id, dialect: 'kafka-streams', nodes, edges });
  return {
    graph: recordLog(given.inputs).finish(document),
    read: (recorded) => ({
      outputs: recorded.results.map((result) => ({
        ...(showsRaw ? { output: result.node } : {}),
        ...tell(result),
      })),
      dropped: droppedBy(recorded, node.id),
    }),
  };
}

function upstreamOf({ inputs, operator }: VectorCase): Upstream {
  const upstream = objectOf(operator, 'upstream');
  const source = recordSource(inputs);
  switch (upstream['type']) {
    case 'windowAggregate': {
      const aggregates = aggregatesOf(upstream);
      return { source, node: windowNode(upstream, aggregates), tell: (result) => tableUpdate(result, aggregates) };
    }
    case 'tableCountByValue': {
      const config = { keys: ['value'], aggregates: [{ name: 'count', function: 'count' }] };
      const node = { id: 'count', type: 'aggregate', config };
      return { source: { ...source, changes: 'upsert', key: ['key'] }, node, tell: countUpdate };
    }
    default:
      throw new Inexpressible(`not available yet: ${JSON.stringify(upstream['type'])} before suppress`);
  }
}

function countUpdate({ step, row, op, ts }: StepResult): JsonObject {
  const { value, count } = row as JsonObject;
  return { step, key: value, value: op === '-D' ? null : count, ts };
}

function config(suppress: JsonObject): JsonObject {
  const kind = textOf(suppress, 'kind');
  const limits = bufferOf(suppress);
  if (kind === 'untilWindowCloses') return { until: 'window-closes', ...limits };
  if (kind === 'untilTimeLimit') return { until: 'time-limit', limitMs: numberOf(suppress, 'timeToWait'), ...limits };
  throw new Inexpressible(`there is no suppress ${kind}`);
}

/** The bounds of the buffer, wherever the case names them: beside the kind, in an object, or in words. */
function bufferOf(suppress: JsonObject): JsonObject {
  const text = JSON.stringify(suppress);
  const limit = (name: string): number | null => {
    const found = new RegExp(`${name}\\W+(\\d+)`, 'i').exec(text)?.[1];
    return found === undefined ? null : Number(found);
  };
  const rows = limit('maxRecords');
  const bytes = limit('maxBytes');
  const onFull = /shut-?down/i.test(text) ? 'shut-down' : /emit-?early/i.test(text) ? 'emit-early' : null;
  return {
    ...(rows === null ? {} : { maxRows: rows }),
    ...(bytes === null ? {} : { maxBytes: bytes }),
    ...(onFull === null ? {} : { onFull }),
  };
}
